/// Where in the machine a secret lies that an officer's card opens; nothing in it is secret, and no key in it either.
package struct MachineCardSlot: Hashable, Sendable, Codable {
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

/// A secret that is being opened by a card: the chip has drawn a number, and waits for a signature over it.
///
/// It may wait as long as an officer needs to find a card and type a PIN. A signature that is refused can be
/// followed by another. Letting go of it ends it in the chip.
package protocol MachineOpening: AnyObject, Sendable {
    /// What the card is to sign: RSA over its SHA-256, P-384 over its SHA-384. Drawn for this opening alone, so
    /// that no earlier signature fits.
    var message: [UInt8] { get }

    /// Lends the secret for a signature of the card's.
    ///
    /// - Parameter signature: for P-384 its two numbers of 48 bytes, one after the other.
    /// - Throws: `wrongAuthorisation` for a wrong signature, or for a card that the secret was not kept for.
    func open(with signature: [UInt8], of key: CardKey) throws(MachineSafeError) -> SecretBytes
}
