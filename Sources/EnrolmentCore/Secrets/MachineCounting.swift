/// What a machine can count with so that nobody takes it back: the counters of a TPM 2.0.
package protocol MachineCounting: Sendable {
    /// Makes a counter that only goes up, and that no copy of the disk takes back.
    func makeCounter() throws(MachineSafeError) -> MachineCounter
    func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64
    /// Counts one further; returns what it is then.
    func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64
    func destroy(_ counter: MachineCounter) throws(MachineSafeError)
}

/// Where in the machine a counter lies.
package struct MachineCounter: Hashable, Sendable, Codable {
    package let index: UInt32

    package init(index: UInt32) { self.index = index }
}
