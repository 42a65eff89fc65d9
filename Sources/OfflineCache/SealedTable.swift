import EnrolmentCore
import GRDB
import Synchronization

/// A table whose rows are believed only with their seal: a MAC over every column that is not itself under the store
/// key, and over the table's name.
///
/// What lies under the store key is bound to its row by the name that it was sealed as (`RecordName`), so together
/// nothing in a row can be changed unseen. The rows of the queue have the same in Swift (`QueuedPacket`), the
/// journal and its seals have their chain besides. What no table here covers is said in SECURITY.md.
///
/// SQL does the work: `row_seal` is a function of each connection of the store, so that a sum over many rows leaves
/// out what is not believed, and a row is changed and sealed by one statement.
struct SealedTable: Sendable {
    let name: String
    /// The columns by which a row is named.
    let key: [String]
    private let columns: [String]
    /// What the seal covers of another table.
    private let elsewhere: [String]
    /// SQL: the seal that a row should bear. Columns are named with the table, so that it can stand in a statement
    /// about several.
    let seal: String
    /// SQL: whether a row bears it, 1 or 0.
    let isWhole: String
    /// SQL: its seal under the key that is to follow.
    private let nextSeal: String

    private init(_ name: String, key: [String], _ columns: [String], elsewhere: [String] = []) {
        self.name = name
        self.key = key
        self.columns = key + columns
        self.elsewhere = elsewhere
        let values = self.columns.map { "\(name).\($0)" } + elsewhere
        seal = Self.sealed(name, values)
        nextSeal = Self.sealed(name, values, by: .next)
        isWhole = "(\(name).mac IS \(seal))"
    }

    static let chainHead = SealedTable("chain_head", key: ["chain"], ["sequence", "digest"])
    /// With the row of its key, which says since when the draft is there.
    static let draft = SealedTable(
        "draft", key: ["case_id"], ["visit_id", "revision", "saved_at"],
        elsewhere: ["(SELECT made_at FROM draft_key WHERE draft_key.case_id = draft.case_id)"])
    static let attempt = SealedTable(
        "attempt", key: ["id"], ["packet_id", "started_at", "ended_at", "outcome", "bytes_sent"])
    static let packetExport = SealedTable("packet_export", key: ["packet_id", "stick"], ["written_at"])
    static let signedList = SealedTable("signed_list", key: ["name"], ["version", "stored_at"])
    static let revocationQuestion = SealedTable("revocation_question", key: ["id"], ["asked_at"])
    static let revocationEvidence = SealedTable("revocation_evidence", key: ["id"], ["kind", "fetched_at"])
    static let officerPassphrase = SealedTable("officer_passphrase", key: ["officer"], ["revision", "set_at"])
    static let passphraseTry = SealedTable("passphrase_try", key: ["officer"], ["failures", "boot", "uptime"])
    static let auditSeal = SealedTable(
        "audit_seal", key: ["number"], ["day", "part", "position", "statement", "sent_at"])
    static let clockReading = SealedTable("clock_reading", key: ["id"], ["boot", "uptime", "wall", "jump"])
    static let clockEvidence = SealedTable("clock_evidence", key: ["source"], ["instant", "boot", "uptime", "reading"])
    static let rollbackMark = SealedTable(
        "rollback_mark", key: ["id"],
        [
            "found_at", "found_by", "own_sequence", "central_sequence", "central_digest", "accepted_at", "accepted_by",
            "continued_after",
        ])
    static let lostManifest = SealedTable("lost_manifest", key: ["packet_id"], ["sequence", "case_digest", "manifest"])
    static let lostReceipt = SealedTable("lost_receipt", key: ["sequence"], ["packet_id", "receipt"])
    static let machineCounter = SealedTable("machine_counter", key: ["id"], ["place", "value"])

    static let all = [
        chainHead, draft, attempt, packetExport, signedList, revocationQuestion, revocationEvidence, officerPassphrase,
        passphraseTry, auditSeal, clockReading, clockEvidence, rollbackMark, lostManifest, lostReceipt, machineCounter,
    ]

    /// Those with some rows for each packet, which an opening would spend its time on.
    static let large = [attempt, packetExport, lostManifest, lostReceipt].map(\.name)
}

extension SealedTable {
    /// For a statement that changes columns of a row, named here with what they become: what to set `mac` to.
    ///
    /// A row that was not whole before stays so, whatever is written to it.
    func seal(changing changes: [String: String]) -> String {
        let values = columns.map { changes[$0] ?? "\(name).\($0)" } + elsewhere
        return "CASE WHEN \(isWhole) THEN \(sealed(values)) ELSE \(name).mac END"
    }

    /// The seal of values that are in no row yet.
    func sealed(_ values: [String]) -> String { Self.sealed(name, values) }

    private static func sealed(
        _ name: String, _ values: [String], by function: OpenedSeals.Function = .current
    ) -> String {
        "\(function.rawValue)('\(name)', \(values.joined(separator: ", ")))"
    }

    /// Seals the row that the transaction has just written whole.
    ///
    /// - Parameter key: its values, in the order of `key`.
    func seal(_ database: Database, _ key: any DatabaseValueConvertible...) throws {
        let condition = self.key.map { "\($0) = ?" }.joined(separator: " AND ")
        let sql = "UPDATE \(name) SET mac = \(seal) WHERE \(condition)"
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(key))
    }

    /// Seals the rows of a program that sealed none of this table.
    func sealAll(_ database: Database) throws {
        try database.execute(sql: "UPDATE \(name) SET mac = \(seal) WHERE mac IS NULL")
    }

    /// Seals the whole rows under the key that follows; a row that was not whole is not made so.
    func renewAll(_ database: Database) throws {
        try database.execute(sql: "UPDATE \(name) SET mac = \(nextSeal) WHERE \(isWhole)")
    }

    /// The rows that are not as the kit wrote them.
    ///
    /// - Parameter exception: SQL: which rows are not looked at.
    func changedRows(_ database: Database, except exception: String = "FALSE") throws -> [ChangedRow] {
        try Row.fetchAll(
            database, sql: "SELECT \(rowKey) AS row FROM \(name) WHERE NOT \(isWhole) AND NOT (\(exception))"
        ).map(changedRow)
    }

    /// Rows that bear their seal, and whose record under the store key does not open.
    func unopenedRows(_ sealing: any RecordSealing, _ database: Database) throws -> [ChangedRow] {
        let columns = SealedColumn.all.filter { $0.table == name }
        guard !columns.isEmpty else { return [] }
        var found: [ChangedRow] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT *, \(rowKey) AS row FROM \(name) WHERE \(isWhole)")
        while let row = try rows.next() {
            if try !columns.allSatisfy({ try $0.opens(row, sealing) }) { found.append(changedRow(row)) }
        }
        return found
    }

    /// SQL: by what a row is called.
    private var rowKey: String { key.map { "\(name).\($0)" }.joined(separator: " || '/' || ") }

    private func changedRow(_ row: Row) -> ChangedRow {
        ChangedRow(table: name, key: String(describing: (row["row"] as DatabaseValue).storage.value ?? ""))
    }

    /// Throws for a row that was fetched with `isWhole` as `is_whole` and is not.
    func require(_ row: Row, _ key: String) throws(StoreError) {
        guard try row.value("is_whole") else { throw .rowChanged(ChangedRow(table: name, key: key)) }
    }
}

/// A row of the store that is not as the kit wrote it, by its table and its key; not personal.
package struct ChangedRow: Hashable, Sendable, CustomStringConvertible {
    package let table: String
    package let key: String

    package init(table: String, key: String) {
        self.table = table
        self.key = key
    }

    package var description: String { "\(table)/\(key)" }
}

/// The seals of a store once its mark has been read; shared with its connection.
final class OpenedSeals: Sendable {
    /// In SQL: `row_seal(table, value…)`, and the same under the key that follows at a rotation.
    enum Function: String, CaseIterable {
        case current = "row_seal"
        case next = "next_row_seal"
    }

    private let held = Mutex<[Function: RowSeals]>([:])

    /// - Throws: before the store's mark has been read.
    var seals: RowSeals {
        get throws(StoreError) { try seals(.current) }
    }

    /// Whether the mark has been read, and the store is this kit's.
    var isSet: Bool { held.withLock { $0[.current] != nil } }

    func set(_ seals: RowSeals, as function: Function = .current) { held.withLock { $0[function] = seals } }

    /// What a rotation has made durable is what counts from now on.
    func advance() { held.withLock { if let next = $0.removeValue(forKey: .next) { $0[.current] = next } } }

    var functions: [DatabaseFunction] {
        Function.allCases.map { function in
            DatabaseFunction(function.rawValue, pure: true) { [self] values in
                databaseBlob(try seals(function).seal(of: values.map(Self.field)))
            }
        }
    }

    private func seals(_ function: Function) throws(StoreError) -> RowSeals {
        guard let seals = held.withLock({ $0[function] }) else { throw .unreadable("the key of the store's rows") }
        return seals
    }

    /// A value with its type, so that a number and its digits are not the same.
    private static func field(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let number): "i\(number)"
        case .double(let number): "d\(number.bitPattern)"
        case .string(let text): "t\(text)"
        case .blob(let data): "b\(hexText(data))"
        }
    }
}
