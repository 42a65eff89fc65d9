package import EnrolmentCore
import GRDB
package import PacketFormat
import Synchronization

/// The data folder of one kit: everything that must survive a crash, a flat battery and a thief.
///
/// In the folder (0700, files 0600) lie `store.sqlite`, `store.key`, `store.lock` and `packets/`. All
/// work is done one operation at a time on a thread of its own, so that no `fsync` stops Swift's
/// cooperative pool; an operation that has begun is finished even if the task that asked is cancelled.
/// A call returns when what it changed is on the disk.
package final class Store: Sendable {
    static let databaseName = "store.sqlite"
    static let packetFolderName = "packets"

    /// Whose store it is.
    package let kit: Kit

    let database: DatabaseQueue
    let files: DurableFolder
    let packetFiles: DurableFolder
    let sealing: any RecordSealing
    let clock: any WallClock
    let probe: StorageProbe
    let retentionRules: RetentionRules
    let spaceRules: SpaceRules
    let settings: StoreSettings
    let clockRules: ClockRules
    let timekeeping: Timekeeping
    private let lock: StoreLock
    let openedSeals: OpenedSeals
    /// Whether a packet has entered the queue that is not in its books yet.
    let hasEntry = Mutex(false)
    /// The slot that was given out last, and how many rows had been changed by then.
    let newestSlot = Mutex<(slot: SealingSlot, changes: Int)?>(nil)
    /// Whether a draft was destroyed whose remains nobody has looked for yet.
    let hasRemains = Mutex(false)
    /// Whether nothing but zeroes was left in the log when it was last emptied, by this program.
    let isLogEmpty = Mutex(false)

    init(
        kit: Kit, database: DatabaseQueue, seals: OpenedSeals, files: DurableFolder, packetFiles: DurableFolder,
        sealing: any RecordSealing, clock: any WallClock, probe: StorageProbe,
        timekeeping: Timekeeping, rules: (retention: RetentionRules, space: SpaceRules, clock: ClockRules),
        settings: StoreSettings, lock: StoreLock
    ) {
        self.kit = kit
        self.database = database
        openedSeals = seals
        self.files = files
        self.packetFiles = packetFiles
        self.sealing = sealing
        self.clock = clock
        self.probe = probe
        retentionRules = rules.retention
        spaceRules = rules.space
        clockRules = rules.clock
        self.timekeeping = timekeeping
        self.settings = settings
        self.lock = lock
    }

    package var visits: VisitStore { VisitStore(store: self) }
    package var drafts: DraftStore { DraftStore(store: self) }
    package var packets: PacketQueue { PacketQueue(store: self) }
    package var journal: Journal { Journal(store: self) }
    package var clockMark: ClockMark { ClockMark(store: self) }
    package var lists: SignedListStore { SignedListStore(store: self) }
    package var revocations: RevocationStore { RevocationStore(store: self) }
    package var passphrases: PassphraseStore { PassphraseStore(store: self) }

    /// Ends the use of the data folder after what is under way; nothing can be asked afterwards.
    ///
    /// A store that was refused as it was opened is another program's or another kit's: nothing is swept in it.
    package func close() {
        database.writeWithoutTransaction { if openedSeals.isSet, hasMemory($0) { sweepQuietly($0) } }
        try? database.close()
        lock.release()
    }

    /// The calls by which a packet's file is to be written, so that the probe sees those too.
    package var packetCalls: DurableFiles { packetFiles.files }

    /// Bytes that can still be written to the data folder's disk.
    package func freeSpace() throws(StoreError) -> Int {
        if let told = probe.freeSpace { return told() }
        return try files.freeSpace()
    }

    /// Reads everything that can be read without a person: pages, references between rows, the journal's chain,
    /// the seal of each row, every sealed record, drafts included, and the digest of each packet file that is still to
    /// be sent.
    ///
    /// Takes seconds on a full queue; for `selftest`, not for each start.
    package func check() async throws(StoreError) {
        try await perform { store, database in
            let problem = try String.fetchOne(database, sql: "PRAGMA integrity_check")
            guard problem == "ok" else { throw StoreError.unreadable("the database (integrity check)") }
            guard try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") == nil else {
                throw StoreError.unreadable("the database (foreign keys)")
            }
            try Journal.verify(database)
            try store.requireWholeRows(database)
            try store.requireSchema(database)
            try store.requireMemoryForEveryRecord(database)
            try SealedColumn.verify(store.sealing, database)
            let held = try QueuedPacket.fetch(database, in: Set(PacketState.allCases), store.rowSeals)
            guard held.unreadable.isEmpty else { throw StoreError.unreadable("the database (packet row)") }
            for packet in held.packets where PacketState.waiting.contains(packet.state) {
                try store.verifyFile(of: packet)
            }
        }
    }

    /// Runs `work` with the database, outside a transaction, in turn with everything else, and not at all while
    /// memory is short.
    ///
    /// - Parameter count: the bytes of the record that it writes, where that may be a large one.
    func perform<Value: Sendable>(
        of count: Int = 0, _ work: @escaping @Sendable (Store, Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            database.asyncWriteWithoutTransaction { database in
                continuation.resume(returning: self.outcome(of: work, writing: count, database))
            }
        }
        return try result.get()
    }

    /// The same on the caller's own thread, which may wait: nobody has to be woken for it and woken again after it.
    func performHere<Value>(_ work: (Store, Database) throws -> Value) throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = database.writeWithoutTransaction { outcome(of: work, writing: 0, $0) }
        return try result.get()
    }

    private func outcome<Value>(
        of work: (Store, Database) throws -> Value, writing count: Int, _ database: Database
    ) -> Result<Value, StoreError> {
        let result = Result {
            try requireMemory(for: count, database)
            try Self.endTransaction(database)
            settleQuietly(database)
            return try work(self, database)
        }
        return result.mapError { StoreError($0) }
    }

    /// Takes back a transaction that an earlier operation could not: without memory not even that can be done,
    /// and the operation has failed with an error of its own.
    private static func endTransaction(_ database: Database) throws {
        if database.isInsideTransaction { try database.rollback() }
    }

    /// Runs `work` as one transaction: wholly on the disk when this returns, without a trace when it throws.
    func transact<Value: Sendable>(
        _ operation: StoreOperation, of count: Int = 0, _ work: @escaping @Sendable (Store, Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await perform(of: count) { store, database in
            let value = try store.commit(operation, database) { try work(store, database) }
            try store.probe.reached(.committed, of: operation)
            return value
        }
    }

    /// The transaction alone, for operations that also touch files; must run inside `perform`.
    func commit<Value>(_ operation: StoreOperation, _ database: Database, _ work: () throws -> Value) throws -> Value {
        try enterBooks(database)
        return try write(operation, database, work)
    }

    /// The same, whatever has entered the queue.
    func write<Value>(_ operation: StoreOperation, _ database: Database, _ work: () throws -> Value) throws -> Value {
        var value: Value?
        try database.inTransaction(.immediate) {
            try lookAtClock(database)
            value = try work()
            try probe.reached(.rowsWritten, of: operation)
            return .commit
        }
        guard let value else { throw StoreError.unwritable("the database (no result)") }
        return value
    }
}
