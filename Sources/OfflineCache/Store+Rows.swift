import EnrolmentCore
import GRDB
import OfflineCacheSchema

/// Rows that are not as the kit wrote them, whatever they are about.
extension Store {
    /// What an opening names: every table but those with rows for each packet. A row is changed too when it bears its
    /// seal and what lies in it under the store key does not open.
    func changedRows(_ database: Database) throws -> [ChangedRow] {
        // A list of revocations may be large; where it cannot be read now, `check` still looks.
        let hasMemory = (try? requireMemoryForEveryRecord(database)) != nil
        return try SealedTable.all.filter { !SealedTable.large.contains($0.name) }.flatMap {
            try changedRows(of: $0, database) + (hasMemory ? $0.unopenedRows(sealing, database) : [])
        }
    }

    /// - Throws: `rowChanged` for the first of any table.
    func requireWholeRows(_ database: Database) throws {
        for table in SealedTable.all {
            if let row = try changedRows(of: table, database).first { throw StoreError.rowChanged(row) }
        }
    }

    /// - Throws: `rowChanged` for the first draft of which a row was changed or is lost.
    func requireWholeDrafts(_ database: Database) throws {
        if let row = try changedRows(of: .draft, database).first { throw StoreError.rowChanged(row) }
    }

    private func changedRows(of table: SealedTable, _ database: Database) throws -> [ChangedRow] {
        // A person has had a word about what an earlier mark said.
        if table.name == SealedTable.rollbackMark.name {
            return try table.changedRows(database, except: RollbackMark.isSettled)
        }
        guard table.name == DraftStore.table else { return try table.changedRows(database) }
        // What a destroyed draft left is taken away yet.
        let lone = "SELECT case_id FROM draft_key WHERE NOT EXISTS (\(Self.draftOfKey))"
        return try table.changedRows(database, except: DraftStore.isDestroyed)
            + String.fetchAll(database, sql: lone).map { ChangedRow(table: table.name, key: $0) }
    }

    private static let draftOfKey = "SELECT 1 FROM draft WHERE draft.case_id = draft_key.case_id"

    /// Compares tables, indices and triggers with what the migrations make, since rules that lie in them are rules
    /// only as long as they are there.
    ///
    /// - Throws: `unreadable`.
    func requireSchema(_ database: Database) throws {
        let applied = try Set(String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations"))
        let made = try DatabaseQueue()
        try Self.migrator(SchemaMigration.all.filter { applied.contains($0.name) }).migrate(made)
        let wanted = try made.read { try Self.schema($0) }
        try made.close()
        guard try Self.schema(database) == wanted else { throw StoreError.unreadable("the database (schema)") }
    }

    private static func schema(_ database: Database) throws -> [Row] {
        try Row.fetchAll(
            database,
            sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        )
    }
}
