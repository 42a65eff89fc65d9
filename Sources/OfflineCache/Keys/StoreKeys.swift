package import EnrolmentCore

/// The keys of one data folder: `store.key` under its lock, and `kit.sealed` under the store key.
///
/// Every call does work that a guess must cost, and may wait for the machine's chip: from a thread that may
/// wait. What changes `store.key` beside an open store wants that store, because whoever holds it holds the
/// folder's lock; two processes never write the file at once.
package struct StoreKeys: Sendable {
    let folder: String
    let safe: (any MachineSafe)?
    let clock: any WallClock
    let probe: StorageProbe

    /// - Parameters:
    ///   - folder: an absolute path whose parent exists.
    ///   - safe: of this machine; nil where it has none, and then a machine lock neither opens nor is made.
    package init(
        in folder: String, safe: (any MachineSafe)? = nil, clock: any WallClock, probe: StorageProbe = .none
    ) {
        self.folder = folder
        self.safe = safe
        self.clock = clock
        self.probe = probe
    }

    /// Makes a new key in the data folder.
    ///
    /// - Parameter passphrase: UTF-8; not wiped here.
    /// - Throws: `keyExists` rather than overwrite a key; `keyMissing` when there is a database already, since
    ///   a new key could not open it; `storeMissing` beside packets of a store that is gone; `machineChanged` for a machine lock without a safe.
    package func create(
        under passphrase: SecretBytes, lock wish: LockWish = .passphrase(.standard)
    ) throws(StoreError) -> StoreKey {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        guard try files.size(of: ErasureRecord.fileName) == nil else { throw .erased }
        guard try files.size(of: KeyFile.name) == nil else { throw .keyExists }
        guard try files.size(of: Store.databaseName) == nil else { throw .keyMissing }
        try StoreRemains(in: files).requireNoPackets()
        let locks = try makeLocks(wish, passphrase, for: .createKey)
        return try write([try newEntry()], under: locks, retiring: [], for: .createKey)
    }

    /// Opens the key of the data folder; changes nothing on disk, so that no lock is needed.
    ///
    /// - Throws: `wrongPassphrase`, `keyMissing`, `keyDamaged`, `erased`; under a machine lock also
    ///   `machineChanged` and `tooManyTries`.
    package func open(with passphrase: SecretBytes) throws(StoreError) -> StoreKey {
        let bytes = try read()
        let digest = sha256Text(bytes)
        if let old = KeyFileVersion1(bytes) {
            let entry = KeyRing.Entry(id: try newID(), madeAt: clock.now(), key: try old.open(with: passphrase))
            return StoreKey(ring: KeyRing([entry]), current: nil, digest: digest)
        }
        if let old = KeyFileVersion2(bytes) {
            let wrapping = try old.lock.wrappingKey(passphrase: passphrase, safe: safe)
            let older = StoreKey.Older(file: old, wrapping: wrapping)
            return StoreKey(ring: try old.open(with: wrapping), current: nil, older: older, digest: digest)
        }
        let file = try KeyFile(bytes)
        let wrapping = try file.lock.wrappingKey(passphrase: passphrase, safe: safe)
        defer { wrapping.wipe() }
        return try open(file, with: try file.lock.open(file.fileKey, with: wrapping), digest)
    }

    func open(_ file: KeyFile, with fileKey: SecretBytes, _ digest: String) throws(StoreError) -> StoreKey {
        let ring = try file.open(under: fileKey)
        return StoreKey(ring: ring, current: StoreKey.Current(file: file, fileKey: fileKey), digest: digest)
    }

    /// What `store.key` says of itself; wants no passphrase.
    package func status() throws(StoreError) -> KeyStatus {
        let bytes = try read()
        if KeyFileVersion1(bytes) != nil { return KeyStatus.version1 }
        if let old = KeyFileVersion2(bytes) { return KeyStatus(old) }
        return KeyStatus(try KeyFile(bytes))
    }

    func read() throws(StoreError) -> [UInt8] {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        guard try files.size(of: ErasureRecord.fileName) == nil else { throw .erased }
        guard let size = try files.size(of: KeyFile.name) else { throw .keyMissing }
        guard size <= KeyFile.largestByteCount else { throw .keyDamaged }
        guard let bytes = try files.read(KeyFile.name, atMost: KeyFile.largestByteCount) else { throw .keyMissing }
        return bytes
    }

    /// Another process may have written the file between reading it and taking the folder's lock.
    func requireUnchanged(_ key: StoreKey) throws(StoreError) {
        guard sha256Text(try read()) == key.digest else { throw .inUse }
    }

    /// A new lock around a new key of the file.
    func makeLocks(
        _ wish: LockWish, _ passphrase: SecretBytes, for operation: StoreOperation
    ) throws(StoreError) -> KeyLocks {
        let (lock, wrapping) = try KeyLock.make(wish, passphrase: passphrase, safe: safe)
        defer { wrapping.wipe() }
        if lock.slot != nil { try probe.reached(.slotKept, of: operation) }
        let fileKey = try SecretKey.random()
        return KeyLocks(
            lock: lock, sealed: try lock.seal(fileKey, under: wrapping), cards: nil, fileKey: fileKey, openers: [],
            authority: nil, hasStore: false)
    }

    /// The same for a key that has a lock already: what lies beside the store keys stays, and under a machine lock
    /// the same cards open it, by a secret of their own that is new as well.
    func makeLocks(
        _ wish: LockWish, _ passphrase: SecretBytes, after old: KeyLocks, for operation: StoreOperation
    ) throws(StoreError) -> KeyLocks {
        var locks = try makeLocks(wish, passphrase, for: operation).with(store: old.hasStore)
        if let authority = old.authority { locks = locks.with(authority: authority) }
        guard case .machine(_, let measurements) = wish, !old.openers.isEmpty else { return locks }
        let cards = try CardLock.make(
            for: old.openers.map(\.branch), bound: measurements, sealing: locks.fileKey, safe: try locks.lock.safe(safe)
        )
        try probe.reached(.slotKept, of: operation)
        return locks.with(cards, of: old.openers)
    }

    func newEntry() throws(StoreError) -> KeyRing.Entry {
        KeyRing.Entry(id: try newID(), madeAt: clock.now(), key: try SecretKey.random())
    }

    private func newID() throws(StoreError) -> String { hexText(try randomBytes(8)) }

    /// Puts a new `store.key` in the place of the old one, whole or not at all.
    ///
    /// - Parameter lockedAt: nil for a lock that is new.
    func write(
        _ ring: [KeyRing.Entry], under locks: KeyLocks, since lockedAt: Timestamp? = nil, retiring: [MachineSlot],
        for operation: StoreOperation, sharing shared: KeyRing? = nil
    ) throws(StoreError) -> StoreKey {
        let file = try KeyFile(ring, under: locks, lockedAt: lockedAt ?? clock.now(), retired: retiring)
        let bytes = try file.encoded()
        try DurableFolder.prepare(folder, files: probe.files).replaceWiping(KeyFile.name, with: bytes) {
            (moment) throws(StoreError) in
            try probe.reached(moment, of: operation)
        }
        return StoreKey(
            ring: shared ?? KeyRing(ring), current: StoreKey.Current(file: file, fileKey: locks.fileKey),
            digest: sha256Text(bytes))
    }
}
