package import EnrolmentCore
import GRDB

extension StoreKeys {
    /// Puts right what only an open store can: a file of an older version becomes one of version 3, a rotation
    /// that was cut short is finished, a place in the machine's safe that is no longer needed is destroyed. The
    /// file says from then on that there is a store.
    ///
    /// - Parameters:
    ///   - passphrase: the one that `key` was opened with; nil for a card, which opens no older version.
    ///   - cost: of a guess, for a file of version 1.
    /// - Throws: `inUse` when another process changed the file since `key` was opened: open again.
    package func settle(
        _ key: StoreKey, of store: Store, with passphrase: SecretBytes?, upgrading cost: Argon2id.Cost = .standard
    ) async throws(StoreError) -> StoreKey {
        guard !key.isSettled || key.current?.file.hasStore != true else { return key }
        return try await store.perform { store, database in
            try requireUnchanged(key)
            try store.requireMemoryForEveryRecord(database)
            if key.current != nil { return try tellOfStore(finish(key, store, database)) }
            if let older = key.older { return try finish(try upgrade(key, from: older), store, database) }
            guard let passphrase else { throw StoreError.keyDamaged }
            let locks = try makeLocks(.passphrase(cost), passphrase, for: .upgradeKey).with(store: true)
            return try write(key.ring.all, under: locks, retiring: [], for: .upgradeKey, sharing: key.ring)
        }
    }

    /// The same lock, which now names its chip: the one that has just given its secret.
    private func upgrade(_ key: StoreKey, from older: StoreKey.Older) throws(StoreError) -> StoreKey {
        let fileKey = try SecretKey.random()
        let lock = try older.file.lock.naming(safe)
        let locks = KeyLocks(
            lock: lock, sealed: try lock.seal(fileKey, under: older.wrapping), cards: nil, fileKey: fileKey,
            openers: [], authority: nil, hasStore: true)
        older.wrapping.wipe()
        return try write(
            key.ring.all, under: locks, since: Timestamp(milliseconds: older.file.lockedAt),
            retiring: older.file.retired, for: .upgradeKey, sharing: key.ring)
    }

    /// Gives the store a new key under a new lock; every sealed record, every row, and `kit.sealed` is
    /// sealed anew. A row that is not as the kit wrote it stays so.
    ///
    /// Power can go at any point: the file holds the new key and the old one until nothing is under the old
    /// one any more, and the next opening goes on from there. The lock is of the kind that it was.
    ///
    /// - Parameter key: settled.
    /// - Throws: before anything is changed: `recordDamaged` when a record does not open as it is, and `rowChanged` for a
    ///   draft that is not as the kit wrote it: under the new key nobody could put it right any more.
    package func rotate(
        _ key: StoreKey, of store: Store, under passphrase: SecretBytes
    ) async throws(StoreError) -> StoreKey {
        let wish = try wish(of: key)
        return try await store.perform { store, database in
            try requireUnchanged(key)
            guard key.isSettled, let current = key.current else { throw StoreError.inUse }
            try store.requireWholeDrafts(database)
            try store.requireMemoryForEveryRecord(database)
            try SealedColumn.verify(store.sealing, database)
            let old = try current.file.locks(under: current.fileKey)
            let locks = try makeLocks(wish, passphrase, after: old, for: .rotateKey)
            let new = try newEntry()
            let rotating = try write(
                [new] + key.ring.all, under: locks, retiring: old.slots, for: .rotateKey, sharing: key.ring)
            key.ring.add(new)
            current.fileKey.wipe()
            return try finish(rotating, store, database)
        }
    }

    /// Puts the same store key under another passphrase, or another kind of lock, in one step.
    ///
    /// - Parameter key: settled.
    package func relock(
        _ key: StoreKey, of store: Store, under passphrase: SecretBytes, lock wish: LockWish
    ) async throws(StoreError) -> StoreKey {
        try await store.perform { store, database in
            try requireUnchanged(key)
            guard key.isSettled, let current = key.current else { throw StoreError.inUse }
            let old = try current.file.locks(under: current.fileKey)
            let locks = try makeLocks(wish, passphrase, after: old, for: .relock)
            let relocked = try write(
                key.ring.all, under: locks, retiring: old.slots, for: .relock, sharing: key.ring)
            current.fileKey.wipe()
            try store.commit(.relock, database) {
                try Journal.add(.passphraseChanged, at: clock.now(), reason: wish.kind.rawValue, to: database)
            }
            try probe.reached(.committed, of: .relock)
            return try finish(relocked, store, database)
        }
    }

    /// The kind of lock that a key has, at the cost that this version of the program asks for at least.
    package func wish(of key: StoreKey) throws(StoreError) -> LockWish {
        guard let lock = key.current?.file.lock else { return .passphrase(.standard) }
        guard let slot = lock.slot else { return .passphrase(lock.cost) }
        return .machine(lock.cost, measurements: slot.measurements)
    }

    func finish(_ key: StoreKey, _ store: Store, _ database: Database) throws -> StoreKey {
        guard let current = key.current else { return key }
        var key = key
        if current.file.ring.count > 1 {
            try store.commit(.rotateKey, database) {
                try SealedColumn.resealAll(store.sealing, database)
                try store.renewRowSeals(database)
                try Journal.add(.keyRotated, at: clock.now(), reason: current.file.ring.first?.id, to: database)
            }
            store.openedSeals.advance()
            try probe.reached(.committed, of: .rotateKey)
            store.sweepQuietly(database)
            try SealedRecordFile.kit.reseal(in: folder, under: key, probe: probe)
            key = try rewrite(key, [key.ring.all[0]], retiring: current.file.retired)
            key.ring.dropOld()
        }
        guard !current.file.retired.isEmpty else { return key }
        // Where the lock is no longer the machine's, the file does not say which chip it was.
        let chip = current.file.lock.slot == nil ? safe : try current.file.lock.safe(safe)
        for slot in current.file.retired { try destroy(slot, in: chip, for: .relock) }
        return try rewrite(key, key.ring.all, retiring: [])
    }

    /// Has the file say that there is a store. It is there, marked and on the disk, so that a power cut before this
    /// leaves a kit that opens, and after it a store that is gone is missed.
    private func tellOfStore(_ key: StoreKey) throws(StoreError) -> StoreKey {
        guard let current = key.current, current.file.hasStore != true else { return key }
        return try write(
            key.ring.all, under: try current.file.locks(under: current.fileKey).with(store: true),
            since: Timestamp(milliseconds: current.file.lockedAt), retiring: current.file.retired, for: .upgradeKey,
            sharing: key.ring)
    }

    /// The same lock around another ring.
    private func rewrite(
        _ key: StoreKey, _ ring: [KeyRing.Entry], retiring: [MachineSlot]
    ) throws(StoreError) -> StoreKey {
        guard let current = key.current else { return key }
        return try write(
            ring, under: try current.file.locks(under: current.fileKey),
            since: Timestamp(milliseconds: current.file.lockedAt), retiring: retiring, for: .rotateKey,
            sharing: key.ring)
    }

    func destroy(
        _ slot: MachineSlot, in safe: (any MachineSafe)?, for operation: StoreOperation
    ) throws(StoreError) {
        guard let safe else { throw .machineChanged(.absent) }
        try asking { () throws(MachineSafeError) in try safe.destroy(slot) }
        try probe.reached(.slotDestroyed, of: operation)
    }
}

extension StoreKey.Current {
    /// Every place in the machine's safe that the file speaks of.
    var slots: [MachineSlot] {
        [file.lock.slot, file.cards.map { MachineSlot(index: $0.index, measurements: []) }].compactMap(\.self)
            + file.retired
    }
}
