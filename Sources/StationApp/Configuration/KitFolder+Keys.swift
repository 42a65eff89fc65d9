package import EnrolmentCore
package import OfflineCache

extension KitFolder {
    /// What the kit's key says of itself; wants no passphrase.
    package func keyStatus() async throws(FailureReport) -> KeyStatus {
        try await apart(kept: .draft) { try keys(clock: SystemClock()).status() }
    }

    /// Gives the kit a new store key and a new lock; everything that is sealed is sealed anew.
    package func rotateKey(
        passphrase: SecretBytes, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) {
        try await change(passphrase, clock, probe) { (keys, key, store) throws(StoreError) in
            try await keys.rotate(key, of: store, under: passphrase)
        }
    }

    /// Puts the kit under another passphrase, with the kind of lock that it has.
    package func changePassphrase(
        from passphrase: SecretBytes, to new: SecretBytes, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) {
        try await change(passphrase, clock, probe) { (keys, key, store) throws(StoreError) in
            try await keys.relock(key, of: store, under: new, lock: try keys.wish(of: key))
        }
    }

    /// Puts the kit under another kind of lock, with the passphrase that it has.
    package func moveKey(
        to wish: LockWish, passphrase: SecretBytes, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) {
        try await change(passphrase, clock, probe) { (keys, key, store) throws(StoreError) in
            try await keys.relock(key, of: store, under: passphrase, lock: wish)
        }
    }

    /// Whether the machine's chip limits guesses; nil where the key is not under its lock.
    package func chipProtection() async throws(FailureReport) -> ChipProtection? {
        try await apart(kept: .draft) { try keys(clock: SystemClock()).protection() }
    }

    /// Has the machine's chip limit guesses, and sets its count of wrong ones back; see `StoreKeys.protectChip`.
    package func protectChip(_ way: OpeningWay, clock: any WallClock) async throws(FailureReport) -> ChipProtection {
        let (kit, key) = try await openWithKey(way, clock: clock)
        defer { close(kit, key) }
        return try await kit.store.reporting { () throws(StoreError) in
            let done = try await keys(clock: clock).protectChip(key, of: kit.store)
            done.key.forgetWrapping()
            return done.protection
        }
    }

    private func change(
        _ passphrase: SecretBytes, _ clock: any WallClock, _ probe: StorageProbe,
        _ work: (StoreKeys, StoreKey, Store) async throws(StoreError) -> StoreKey
    ) async throws(FailureReport) {
        let (kit, key) = try await openWithKey(passphrase: passphrase, clock: clock, probe: probe)
        defer {
            key.wipe()
            kit.store.close()
        }
        do throws(StoreError) {
            try await work(keys(clock: clock, probe: probe), key, kit.store).forgetWrapping()
        } catch {
            throw error.report(kept: .draft)
        }
    }
}
