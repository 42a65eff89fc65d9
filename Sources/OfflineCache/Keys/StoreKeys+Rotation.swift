package import EnrolmentCore
import GRDB

extension StoreKeys {
    /// Puts right what only an open store can: a file of version 1 becomes one of version 2, a rotation that
    /// was cut short is finished, a place in the machine's safe that is no longer needed is destroyed.
    ///
    /// - Parameters:
    ///   - passphrase: the one that `key` was opened with.
    ///   - cost: of a guess, for a file of version 1.
    /// - Throws: `inUse` when another process changed the file since `key` was opened: open again.
    package func settle(
        _ key: StoreKey, of store: Store, with passphrase: SecretBytes, upgrading cost: Argon2id.Cost = .standard
    ) async throws(StoreError) -> StoreKey {
        guard !key.isSettled else { return key }
        return try await store.perform { store, database in
            try requireUnchanged(key)
            guard key.current != nil else {
                let lock = try makeLock(.passphrase(cost), passphrase, for: .upgradeKey)
                return try write(key.ring.all, under: lock, retiring: [], for: .upgradeKey, sharing: key.ring)
            }
            return try finish(key, store, database)
        }
    }

    /// Gives the store a new key under a new lock; every sealed record, and `kit.sealed`, is sealed anew.
    ///
    /// Power can go at any point: the file holds the new key and the old one until nothing is under the old
    /// one any more, and the next opening goes on from there. The lock is of the kind that it was.
    ///
    /// - Parameter key: settled.
    /// - Throws: `recordDamaged` before anything is changed, when a record does not open as it is.
    package func rotate(
        _ key: StoreKey, of store: Store, under passphrase: SecretBytes
    ) async throws(StoreError) -> StoreKey {
        let wish = try wish(of: key)
        return try await store.perform { store, database in
            try requireUnchanged(key)
            guard key.isSettled, let current = key.current else { throw StoreError.inUse }
            try SealedColumn.verify(store.sealing, database)
            let lock = try makeLock(wish, passphrase, for: .rotateKey)
            let new = try newEntry()
            let rotating = try write(
                [new] + key.ring.all, under: lock, retiring: current.slots, for: .rotateKey, sharing: key.ring)
            key.ring.add(new)
            current.wrapping.wipe()
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
            let lock = try makeLock(wish, passphrase, for: .relock)
            let relocked = try write(
                key.ring.all, under: lock, retiring: current.slots, for: .relock, sharing: key.ring)
            current.wrapping.wipe()
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

    private func finish(_ key: StoreKey, _ store: Store, _ database: Database) throws -> StoreKey {
        guard let current = key.current else { return key }
        var key = key
        if current.file.ring.count > 1 {
            try store.commit(.rotateKey, database) {
                try SealedColumn.resealAll(store.sealing, database)
                try Journal.add(.keyRotated, at: clock.now(), reason: current.file.ring.first?.id, to: database)
            }
            try probe.reached(.committed, of: .rotateKey)
            store.shrinkLog(database)
            try SealedRecordFile.kit.reseal(in: folder, under: key, probe: probe)
            key = try rewrite(key, [key.ring.all[0]], retiring: current.file.retired)
            key.ring.dropOld()
        }
        guard !current.file.retired.isEmpty else { return key }
        for slot in current.file.retired { try destroy(slot, for: .relock) }
        return try rewrite(key, key.ring.all, retiring: [])
    }

    /// The same lock around another ring.
    private func rewrite(
        _ key: StoreKey, _ ring: [KeyRing.Entry], retiring: [MachineSlot]
    ) throws(StoreError) -> StoreKey {
        guard let current = key.current else { return key }
        return try write(
            ring, under: (current.file.lock, current.wrapping),
            since: Timestamp(milliseconds: current.file.lockedAt), retiring: retiring, for: .rotateKey,
            sharing: key.ring)
    }

    func destroy(_ slot: MachineSlot, for operation: StoreOperation) throws(StoreError) {
        guard let safe else { throw .machineChanged(.absent) }
        do throws(MachineSafeError) {
            try safe.destroy(slot)
        } catch {
            throw StoreError(error)
        }
        try probe.reached(.slotDestroyed, of: operation)
    }
}

extension StoreKey.Current {
    /// Every place in the machine's safe that the file speaks of.
    var slots: [MachineSlot] { [file.lock.slot].compactMap(\.self) + file.retired }
}
