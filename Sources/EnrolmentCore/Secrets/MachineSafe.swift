/// What a machine can keep a secret in so that it does not leave that machine: a TPM 2.0.
///
/// The secret lies in the chip, not on the disk, so that a copy of the disk taken before `destroy` opens
/// nothing after it. Calls wait for the chip, at most some hundred milliseconds: from a thread that may wait.
package protocol MachineSafe: MachineCounting {
    /// What this machine's chip is known by, to be noted where a key is locked to it.
    func name() throws(MachineSafeError) -> ChipName

    /// The same safe, which takes a chip of another name for another machine's: that one is given no
    /// authorisation and no secret, and told apart as `otherChip`.
    func expecting(_ name: ChipName) -> any MachineSafe

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

    /// What the chip makes of a card's key: the digest of the policy "signed by this key". Nothing leads back
    /// from it to the card.
    ///
    /// - Throws: `unknownCurve` where the chip cannot check signatures of such a key at all.
    func branch(of key: CardKey) throws(MachineSafeError) -> [UInt8]

    /// Puts 32 bytes away for whoever holds one of some cards and knows its PIN; nothing that is typed opens them.
    ///
    /// - Parameter branches: one to eight, each of another card's key.
    func keep(
        _ secret: SecretBytes, forCards branches: [[UInt8]], bound measurements: [Int]
    ) throws(MachineSafeError) -> MachineCardSlot

    /// Has the chip draw a number for a card to sign.
    func beginOpening(_ slot: MachineCardSlot) throws(MachineSafeError) -> any MachineOpening

    /// Removes the secret from the chip for good; one that is gone already is as good as removed.
    func destroy(_ slot: MachineCardSlot) throws(MachineSafeError)

    /// Asks the chip itself whether it still holds the slot.
    func holds(_ slot: MachineCardSlot) throws(MachineSafeError) -> Bool

    /// What the chip makes of wrong authorisations.
    func guessing() throws(MachineSafeError) -> GuessingLimit

    /// Sets the limit, sets the count of wrong ones back, and has none of it changed without the authority.
    ///
    /// - Parameters:
    ///   - most: how many wrong ones; not below ten, as each flat battery may count for one.
    ///   - forgetting: the time after which one of them is forgotten, in whole seconds.
    ///   - authority: 32 bytes: set where the chip has none yet, shown to it where it has.
    /// - Throws: `wrongAuthorisation` where it has another.
    func closeGuessing(
        most: Int, forgetting: Duration, under authority: SecretBytes
    ) throws(MachineSafeError)
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
    /// The chip that answers is not the one that the key was locked to, by its name.
    case otherChip
    /// The chip cannot check signatures of such a card: it does not know the curve, or the digest.
    case unknownCurve
    case full
    /// Anything else, by the chip's own response code (TPM 2.0 Part 2, section 6.6).
    case failed(code: UInt32)
}
