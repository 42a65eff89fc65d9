package import EnrolmentCore

/// Whether the machine's chip limits guesses for anybody, and who may change that.
package struct ChipProtection: Hashable, Sendable {
    package let limit: GuessingLimit
    /// Whether this kit holds the authority that the limit was set with; another owner of the machine does otherwise.
    package let isOurs: Bool
}

/// A chip's own limit of guesses: worth something only where an authority is needed to set it back.
extension StoreKeys {
    /// As many wrong ones as Windows and most firmware set.
    package static let mostGuesses = 32
    /// One is forgotten in this time: some 4,400 guesses a year.
    package static let forgetting = Duration.seconds(7200)

    /// What the chip says; nil where there is none, or the key is not under a machine lock.
    package func protection() throws(StoreError) -> ChipProtection? {
        let status = try status()
        guard status.lock == .machine, let safe else { return nil }
        let limit = try asking { () throws(MachineSafeError) in try safe.guessing() }
        return ChipProtection(limit: limit, isOurs: status.holdsChipAuthority)
    }

    /// Has the chip limit guesses, by an authority that is drawn once and kept under the store key; where it does so
    /// already by that authority, sets the count of wrong ones back.
    ///
    /// The authority is on the disk before the chip has it, so that no power cut loses it.
    ///
    /// - Parameter key: settled.
    /// - Returns: the key as it is now, and what the chip says. `isOurs` is false where another owner has set the
    ///   authority: then nothing was changed.
    /// - Throws: `machineChanged` where the key is not under a machine lock.
    package func protectChip(
        _ key: StoreKey, of store: Store
    ) async throws(StoreError) -> (key: StoreKey, protection: ChipProtection) {
        try await store.perform { _, _ in
            try requireUnchanged(key)
            return try protectChip(key)
        }
    }

    /// The same for a key that has just been made, and has no store yet.
    package func protectChip(
        _ key: StoreKey
    ) throws(StoreError) -> (key: StoreKey, protection: ChipProtection) {
        guard key.isSettled, let current = key.current else { throw .inUse }
        guard current.file.lock.kind == .machine else { throw .machineChanged(.absent) }
        let chip = try current.file.lock.safe(safe)
        let limit = try asking { () throws(MachineSafeError) in try chip.guessing() }
        var (key, locks) = (key, try current.file.locks(under: current.fileKey))
        if locks.authority == nil {
            guard !limit.isClosed else { return (key, ChipProtection(limit: limit, isOurs: false)) }
            locks = locks.with(authority: try SecretKey.random())
            key = try write(
                key.ring.all, under: locks, since: Timestamp(milliseconds: current.file.lockedAt), retiring: [],
                for: .relock, sharing: key.ring)
        }
        guard let authority = locks.authority else { throw .keyDamaged }
        let isOurs = try close(chip, under: authority)
        let after = try asking { () throws(MachineSafeError) in try chip.guessing() }
        return (key, ChipProtection(limit: after, isOurs: isOurs))
    }

    /// False where the chip has another authority by now, as after it was cleared and owned anew.
    private func close(_ chip: any MachineSafe, under authority: SecretBytes) throws(StoreError) -> Bool {
        do throws(MachineSafeError) {
            try chip.closeGuessing(most: Self.mostGuesses, forgetting: Self.forgetting, under: authority)
            return true
        } catch .wrongAuthorisation {
            return false
        } catch {
            throw StoreError(error)
        }
    }
}
