import EnrolmentCore
import GRDB

/// Takes away what was destroyed: rows of drafts whose key has gone, and what lies in the write-ahead log, where
/// copies of both may be.
///
/// It runs after each operation that destroys something: within the call where nobody waits for it (`discard`),
/// before whatever else is asked of the store where somebody does (`enqueue`), when the store is closed and when it
/// is opened. So a destroyed draft is out of database and log before anything else that is asked of the store after
/// it has an answer, and if the power goes between, before the next `open` returns. A sweep that fails is repeated by
/// the next.
extension Store {
    /// Returns when everything that was destroyed before is gone from database and log.
    ///
    /// - Throws: why it cannot be taken away now; it is unreadable nevertheless.
    package func settle() async throws(StoreError) {
        try await perform { store, database in _ = try store.sweep(database) }
    }

    /// Settles in turn, after what the caller does now, unless something else that is asked of the store does it first.
    func settleNext() {
        database.asyncWriteWithoutTransaction { [self] database in
            if hasMemory(database) { settleQuietly(database) }
        }
    }

    /// What follows from the packet that entered the queue last, if it has not been done.
    ///
    /// What only reads goes on where it fails; a commit insists on the first half of it.
    func settleQuietly(_ database: Database) {
        try? enterBooks(database)
        guard hasRemains.withLock({ $0 }) else { return }
        hasRemains.withLock { $0 = false }
        sweepQuietly(database)
    }

    /// Sweeps, and takes what was deleted out of the write-ahead log too; what fails is left for the next.
    func sweepQuietly(_ database: Database) {
        _ = try? sweep(database)
    }

    /// - Returns: how many drafts were taken away.
    func sweep(_ database: Database) throws -> Int {
        try enterBooks(database)
        var swept = 0
        if try Bool.fetchOne(database.cachedStatement(sql: "SELECT EXISTS (\(Self.orphans))")) == true {
            try commit(.sweep, database) {
                try database.execute(sql: "DELETE FROM draft WHERE case_id IN (\(Self.orphans))")
                swept = database.changesCount
            }
            try probe.reached(.committed, of: .sweep)
        }
        try emptyLog(database)
        try probe.reached(.logCut, of: .sweep)
        return swept
    }

    /// Overwrites the log where it lies, which also reaches the disk's own blocks, and leaves it its length: a commit
    /// that makes a file longer costs the file system another write.
    private func emptyLog(_ database: Database) throws {
        let name = "\(Self.databaseName)-wal"
        guard let size = try files.size(of: name), size > 0 else { return }
        if try isLogEmpty.withLock({ $0 }) && files.read(name, from: 0, count: 4) == [0, 0, 0, 0] { return }
        isLogEmpty.withLock { $0 = false }
        guard size <= Self.largestLog else {
            try database.checkpoint(.truncate)
            return
        }
        // From here on nobody reads the log: all of it is in the database, and the next commit begins it anew.
        let log = try database.checkpoint(.restart)
        guard log.walFrameCount == log.checkpointedFrameCount else { throw StoreError.inUse }
        // Without its header it is none. Only then may the rest go: a log that ends early would take pages back to
        // what they were.
        try files.overwrite(name, first: Self.logHeader)
        try files.overwrite(name)
        isLogEmpty.withLock { $0 = true }
    }

    /// Bytes; a log that grew beyond, by one very large draft, is cut off instead.
    private static let largestLog = 4 << 20

    /// What a disk writes whole; the header has 32 bytes (sqlite.org/fileformat2.html 4.1).
    private static let logHeader = 512

    private static let orphans = """
        SELECT case_id FROM draft WHERE \(DraftStore.isDestroyed)
        """
}
