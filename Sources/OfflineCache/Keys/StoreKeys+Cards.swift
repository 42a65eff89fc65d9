package import EnrolmentCore
import GRDB

/// A second way to open a kit under a machine lock: the cards of officers, each by its own PIN.
extension StoreKeys {
    /// Whether a card is one of those that open this kit: asked of the chip before a PIN is.
    ///
    /// - Throws: `cardUnknownToChip` where the chip cannot check such a card at all; `machineChanged`.
    package func isOpener(_ key: CardKey) throws(StoreError) -> Bool {
        guard let file = try? KeyFile(try read()), let cards = file.cards else { return false }
        let chip = try file.lock.safe(safe)
        let branch = try asking { () throws(MachineSafeError) in try chip.branch(of: key) }
        return cards.slot.branches.contains(branch)
    }

    /// What the chip makes of a card's key, to be kept with its officer.
    ///
    /// - Throws: `cardUnknownToChip`; `machineChanged` where the key is not under a machine lock.
    package func branch(of card: CardKey) throws(StoreError) -> [UInt8] {
        let file = try KeyFile(try read())
        guard file.lock.kind == .machine else { throw .machineChanged(.absent) }
        let chip = try file.lock.safe(safe)
        return try asking { () throws(MachineSafeError) in try chip.branch(of: card) }
    }

    /// Has the chip draw a number for a card to sign.
    ///
    /// - Throws: `cardRefused` where no card opens this kit; `machineChanged`, `keyMissing`, `keyDamaged`, `erased`.
    package func beginOpening() throws(StoreError) -> CardKeyOpening {
        let bytes = try read()
        let file = try KeyFile(bytes)
        guard let cards = file.cards else { throw .cardRefused }
        let chip = try file.lock.safe(safe)
        let opening = try asking { () throws(MachineSafeError) in try chip.beginOpening(cards.slot) }
        return CardKeyOpening(keys: self, file: file, cards: cards, digest: sha256Text(bytes), opening: opening)
    }

    /// Whose cards open the kit.
    package func openers(of key: StoreKey) throws(StoreError) -> [CardOpener] {
        guard let current = key.current else { return [] }
        return try current.file.locks(under: current.fileKey).openers
    }

    /// Has these cards open the kit, and no other: the secret of the cards before is destroyed in the chip, so that
    /// an older copy of the file opens by none of them either.
    ///
    /// Power can go at any point: until the new file is there nothing has changed, and the next opening destroys what
    /// is no longer needed.
    ///
    /// - Parameters:
    ///   - key: settled, opened by whichever lock.
    ///   - openers: at most eight; none takes the lock of the cards away.
    /// - Throws: `machineChanged` where the key is not under a machine lock.
    package func setOpeners(
        _ openers: [CardOpener], of key: StoreKey, in store: Store
    ) async throws(StoreError) -> StoreKey {
        try await store.perform { store, database in
            try requireUnchanged(key)
            guard key.isSettled, let current = key.current else { throw StoreError.inUse }
            guard case .machine(_, let measurements) = try wish(of: key) else {
                throw StoreError.machineChanged(.absent)
            }
            guard openers.count <= CardLock.mostCards else { throw StoreError.unwritable("store.key (too many cards)") }
            let old = try current.file.locks(under: current.fileKey)
            let cards = try openers.isEmpty ? nil : makeCards(openers, measurements, old)
            let written = try write(
                key.ring.all, under: old.with(cards, of: openers),
                since: Timestamp(milliseconds: current.file.lockedAt),
                retiring: old.cards.map { [MachineSlot(index: $0.index, measurements: [])] } ?? [], for: .relock,
                sharing: key.ring)
            try store.commit(.relock, database) {
                try Journal.add(.cardsChanged, at: clock.now(), reason: "\(openers.count)", to: database)
            }
            try probe.reached(.committed, of: .relock)
            return try finish(written, store, database)
        }
    }

    private func makeCards(
        _ openers: [CardOpener], _ measurements: [Int], _ locks: KeyLocks
    ) throws(StoreError) -> CardLock {
        let cards = try CardLock.make(
            for: openers.map(\.branch), bound: measurements, sealing: locks.fileKey, safe: try locks.lock.safe(safe))
        try probe.reached(.slotKept, of: .relock)
        return cards
    }
}

/// A kit's key that waits for a card's signature. Letting go of it ends the wait in the chip, which blocks: from a
/// thread that may wait.
package struct CardKeyOpening: Sendable {
    let keys: StoreKeys
    let file: KeyFile
    let cards: CardLock
    let digest: String
    let opening: any MachineOpening

    /// What the card is to sign, drawn by the chip for this opening alone.
    package var message: [UInt8] { opening.message }

    /// - Parameter signature: RSA's PKCS#1 v1.5 over SHA-256; for P-384 over SHA-384 its two numbers.
    /// - Throws: `cardRefused` for a wrong signature or another card; what `StoreKeys.open` throws.
    package func open(with signature: [UInt8], of key: CardKey) throws(StoreError) -> StoreKey {
        let secret: SecretBytes
        do throws(MachineSafeError) {
            secret = try opening.open(with: signature, of: key)
        } catch {
            throw error == .wrongAuthorisation ? .cardRefused : StoreError(error)
        }
        defer { secret.wipe() }
        return try keys.open(file, with: try cards.open(with: secret), digest)
    }
}
