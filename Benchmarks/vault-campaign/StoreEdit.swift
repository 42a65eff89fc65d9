import GRDB
import OfflineCache
import PacketFormat

/// One edit of a journal in its store, by somebody who has the file and no key.
struct StoreEdit: Hashable, Sendable, CustomStringConvertible {
    enum Table: String, Sendable {
        case journal
        case seals = "audit_seal"

        var key: String { self == .journal ? "position" : "number" }
        /// When a seal was sent is the kit's own note, and no seal speaks of it; the row's MAC is looked at where the
        /// store reads the row (`vault-campaign tamper`).
        static let unsigned: Set<String> = ["sent_at", "mac"]
    }

    let table: Table
    /// Of the line or the seal.
    let number: Int
    /// Nil takes it out.
    let column: String?

    var description: String { "\(table.rawValue) \(number): \(column ?? "taken out")" }

    static func all(_ database: Database) throws -> [StoreEdit] {
        try [Table.journal, .seals].flatMap { table in
            let columns = try database.columns(in: table.rawValue).map(\.name).filter { !Table.unsigned.contains($0) }
            return try Int.fetchAll(database, sql: "SELECT \(table.key) FROM \(table.rawValue)").flatMap { number in
                (columns + [nil]).map { StoreEdit(table: table, number: number, column: $0) }
            }
        }
    }

    /// Makes the edit, and returns the row as it was.
    func make(_ database: Database) throws -> [String: DatabaseValue] {
        let place = "\(table.rawValue) WHERE \(table.key) = \(number)"
        let row = try Row.fetchOne(database, sql: "SELECT * FROM \(place)")
        let old = Dictionary(uniqueKeysWithValues: row.map { Array($0) } ?? [])
        guard let column else {
            try database.execute(sql: "DELETE FROM \(place)")
            return old
        }
        // Far enough from every other for a column that must be unique.
        let changed =
            "CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 1000 ELSE IFNULL(\(column), '') || 'x' END"
        try database.execute(
            sql: "UPDATE \(table.rawValue) SET \(column) = \(changed) WHERE \(table.key) = \(number)")
        return old
    }

    func undo(_ database: Database, _ old: [String: DatabaseValue]) throws {
        let edited = column == table.key ? number + 1000 : number
        try database.execute(sql: "DELETE FROM \(table.rawValue) WHERE \(table.key) = \(edited)")
        let names = old.keys.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        try database.execute(
            sql: "INSERT INTO \(table.rawValue) (\(names.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(names.map { old[$0] }))
    }

    /// Whether something is said at the place of the edit, or at the line behind it, which no longer follows.
    func isNamed(in report: AuditReport) -> Bool {
        report.findings.contains { finding in
            let place = table == .journal ? finding.position : finding.seal
            return place == number || place == number + 1
        }
    }
}
