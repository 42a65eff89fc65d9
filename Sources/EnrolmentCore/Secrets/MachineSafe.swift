/// What a machine can keep a secret in so that it does not leave that machine: a TPM 2.0.
///
/// The secret lies in the chip, not on the disk, so that a copy of the disk taken before `destroy` opens
/// nothing after it. Calls wait for the chip, at most some hundred milliseconds: from a thread that may wait.
package protocol MachineSafe: Sendable {
    /// Puts 32 bytes away under a new name.
    ///
    /// - Parameters:
    ///   - authorisation: 32 bytes made from what an officer knows; wrong ones count against the chip's own limit.
    ///   - measurements: numbers of the platform registers (PCRs) that must be then as they are now; empty binds
    ///     to the machine alone.
    func keep(
        _ secret: SecretBytes, under authorisation: SecretBytes, bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineSlot

    /// Lends what `keep` put away.
    func open(_ slot: MachineSlot, with authorisation: SecretBytes) throws(MachineSafeError) -> SecretBytes

    /// Removes the secret from the chip for good; one that is gone already is as good as removed.
    func destroy(_ slot: MachineSlot) throws(MachineSafeError)

    /// Asks the chip itself whether it still holds the slot.
    func holds(_ slot: MachineSlot) throws(MachineSafeError) -> Bool

    /// Makes a counter that only goes up, and that no copy of the disk takes back.
    func makeCounter() throws(MachineSafeError) -> MachineCounter
    func value(of counter: MachineCounter) throws(MachineSafeError) -> UInt64
    /// Counts one further; returns what it is then.
    func advance(_ counter: MachineCounter) throws(MachineSafeError) -> UInt64
    func destroy(_ counter: MachineCounter) throws(MachineSafeError)
}

/// Where in the machine a secret lies; nothing in it is secret.
package struct MachineSlot: Hashable, Sendable, Codable {
    /// The chip's own number of the place (an NV index).
    package let index: UInt32
    /// Platform registers that must not have changed.
    package let measurements: [Int]

    package init(index: UInt32, measurements: [Int]) {
        self.index = index
        self.measurements = measurements
    }
}

/// Where in the machine a counter lies.
package struct MachineCounter: Hashable, Sendable, Codable {
    package let index: UInt32

    package init(index: UInt32) { self.index = index }
}

/// Why the machine does not give or take a secret. No case carries a secret.
package enum MachineSafeError: Error, Hashable, Sendable {
    /// There is no such chip, or nothing answers.
    case absent
    case wrongAuthorisation
    /// After too many wrong ones the chip waits, which restarting does not shorten.
    case lockedOut
    /// What the machine started is not what it was when the secret was put away.
    case measurementsChanged
    /// The chip does not know the place: another machine, or a chip that was cleared.
    case unknownSlot
    case full
    /// Anything else, by the chip's own response code (TPM 2.0 Part 2, section 6.6).
    case failed(code: UInt32)
}
