/// Where in the machine a secret lies that an officer's card opens; nothing in it is secret, and no key in it either.
package struct CardSlot: Hashable, Sendable, Codable {
    /// The chip's own number of the place (an NV index).
    package let index: UInt32
    /// Platform registers that must not have changed.
    package let measurements: [Int]
    /// What the chip makes of each card's key: a digest of the policy that it fulfils.
    package let branches: [[UInt8]]

    package init(index: UInt32, measurements: [Int], branches: [[UInt8]]) {
        self.index = index
        self.measurements = measurements
        self.branches = branches
    }
}
