import EnrolmentCore
import FoundationEssentials
import GRDB

/// Where in the database sealed records lie, and the name that each is bound to.
///
/// The names are those that the stores use; `SealedColumnTests` holds that no sealed column is missing here
/// and that every record opens by its store after all were sealed anew.
struct SealedColumn: Sendable {
    let table: String
    let column: String
    let name: @Sendable (Row) throws(StoreError) -> RecordName

    static let all: [SealedColumn] = [
        SealedColumn(table: "store_mark", column: "key_check") { _ in Store.keyCheckName },
        byRevision("visit", id: "id"),
        byRevision("officer_passphrase", id: "officer"),
        SealedColumn(table: "signed_list", column: "sealed") { (row) throws(StoreError) in
            RecordName(table: "signed_list", id: try row.value("name"), revision: try row.value("version"))
        },
        byNumber("revocation_question"),
        byNumber("revocation_evidence"),
        byNumber("revocation_evidence", column: "sealed_subject", as: "revocation_evidence.subject"),
    ]

    private static func byRevision(_ table: String, id: String) -> SealedColumn {
        SealedColumn(table: table, column: "sealed") { (row) throws(StoreError) in
            RecordName(table: table, id: try row.value(id), revision: try row.value("revision"))
        }
    }

    private static func byNumber(_ table: String, column: String = "sealed", as name: String? = nil) -> SealedColumn {
        SealedColumn(table: table, column: column) { (row) throws(StoreError) in
            RecordName(table: name ?? table, id: String(try row.value("id") as Int), revision: 1)
        }
    }

    /// Bytes of the largest record; none is read for it.
    static func largest(_ database: Database) throws -> Int {
        let lengths = (all.map { ($0.table, $0.column) } + [(DraftStore.table, "sealed")]).map { table, column in
            "SELECT MAX(LENGTH(\(column))) AS count FROM \(table)"
        }
        let sql = "SELECT MAX(count) FROM (\(lengths.joined(separator: " UNION ALL ")))"
        return try Int.fetchOne(database, sql: sql) ?? 0
    }

    /// Whether the record in a row, itself whole, is as it was sealed.
    func opens(_ row: Row, _ sealing: any RecordSealing) throws(StoreError) -> Bool {
        guard let sealed: Data = try? row.value(column) else { return false }
        do throws(StoreError) {
            _ = try sealing.open(bytes(sealed), as: try name(row))
            return true
        } catch {
            if case .recordDamaged = error { return false }
            throw error
        }
    }

    /// Opens every record, drafts with their own keys included.
    static func verify(_ sealing: any RecordSealing, _ database: Database) throws {
        for column in all {
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(column.table)")
            while let row = try rows.next() {
                _ = try sealing.open(bytes(try row.value(column.column)), as: try column.name(row))
            }
        }
        for caseID in try SealedDraft.cases(database) { _ = try SealedDraft(caseID, sealing, database) }
    }

    /// Opens every record and seals it under the newest key; must run inside a transaction.
    static func resealAll(_ sealing: any RecordSealing, _ database: Database) throws {
        try KeyWork.rotation.run(database) {
            for column in all {
                let numbers = try Int64.fetchAll(database, sql: "SELECT rowid FROM \(column.table)")
                for number in numbers { try column.reseal(number, sealing, database) }
            }
            for caseID in try SealedDraft.cases(database) {
                try SealedDraft(caseID, sealing, database).reseal(sealing, database)
            }
        }
    }

    private func reseal(_ number: Int64, _ sealing: any RecordSealing, _ database: Database) throws {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM \(table) WHERE rowid = ?", arguments: [number])
        guard let row else { return }
        let name = try name(row)
        let sealed = try sealing.seal(try sealing.open(bytes(try row.value(column)), as: name), as: name)
        try database.execute(
            sql: "UPDATE \(table) SET \(column) = ? WHERE rowid = ?", arguments: [databaseBlob(sealed), number])
    }
}

/// What is being done to sealed records; the schema lets signed lists be sealed anew, or taken away, only while a row
/// says so: all of them at once, or the one that is not as the kit wrote it.
enum KeyWork: String {
    case rotation, erasure

    func run(_ database: Database, _ work: () throws -> Void) throws {
        try database.execute(sql: "INSERT INTO key_work (id, kind) VALUES (1, ?)", arguments: [rawValue])
        try work()
        try database.execute(sql: "DELETE FROM key_work")
    }
}
