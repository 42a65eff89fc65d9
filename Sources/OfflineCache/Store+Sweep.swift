import EnrolmentCore
import GRDB

/// Takes away what was destroyed: rows of drafts whose key has gone, and the write-ahead log, in which
/// copies of both may lie.
///
/// It runs after each operation that destroys something: within the call where nobody waits for it
/// (`discard`), as the very next work of the store where somebody does (`enqueue`), when the store is closed
/// and when it is opened. So a destroyed draft is out of database and log before anything else that is asked
/// of the store after it has an answer, and if the power goes between, before the next `open` returns.
/// A sweep that fails is repeated by the next.
extension Store {
    /// Returns when everything that was destroyed before is gone from database and log.
    ///
    /// - Throws: why it cannot be taken away now; it is unreadable nevertheless.
    package func settle() async throws(StoreError) {
        try await perform { store, database in _ = try store.sweep(database) }
    }

    /// Sweeps in turn, after what the caller does now.
    func sweepNext() {
        database.asyncWriteWithoutTransaction { [self] database in sweepQuietly(database) }
    }

    /// Sweeps; what fails is left for the next.
    func sweepQuietly(_ database: Database) {
        _ = try? sweep(database)
    }

    /// - Returns: how many drafts were taken away.
    func sweep(_ database: Database) throws -> Int {
        var swept = 0
        if try Bool.fetchOne(database.cachedStatement(sql: "SELECT EXISTS (\(Self.orphans))")) == true {
            try commit(.sweep, database) {
                try database.execute(sql: "DELETE FROM draft WHERE case_id IN (\(Self.orphans))")
                swept = database.changesCount
            }
            try probe.reached(.committed, of: .sweep)
        }
        try database.checkpoint(.truncate)
        try probe.reached(.logCut, of: .sweep)
        return swept
    }

    private static let orphans = """
        SELECT case_id FROM draft WHERE NOT EXISTS (SELECT 1 FROM draft_key WHERE draft_key.case_id = draft.case_id)
        """
}
