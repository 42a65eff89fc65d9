package import EnrolmentCore
import GRDB
import PacketFormat

/// One packet as the queue holds it; nothing in it is personal.
package struct QueuedPacket: Hashable, Sendable {
    package let id: PacketID
    /// Of its manifest: counts this kit's packets from 1.
    package let sequence: Int
    package let caseID: CaseID
    package let visitID: VisitID
    package let state: PacketState
    package let isUrgent: Bool
    package let sealedAt: Timestamp
    /// The signed manifest: a JWS in compact form.
    package let manifest: String
    /// Bytes of the file.
    package let fileSize: Int
    /// Lower-case hex SHA-256 of the file.
    package let fileDigest: String
    /// What central named at the announcement, as it named it.
    package let uploadURL: String?
    /// Bytes that central is known to hold.
    package let uploadOffset: Int
    /// The receipt: a JWS in compact form.
    package let receipt: String?
    package let receivedAt: Timestamp?
    package let purgedAt: Timestamp?
    package let problem: PacketProblem?

    var fileName: String { PacketFileName.sealed(id) }
}

/// Rows of packets that were fetched together: one that cannot be read holds up no other.
struct FetchedPackets {
    var packets: [QueuedPacket] = []
    /// Places in the table of rows that cannot be read.
    var unreadable: [Int64] = []
}

extension QueuedPacket {
    /// - Throws: `unreadable` for a row that a damaged disk has changed.
    init(_ row: Row) throws(StoreError) {
        guard let id = PacketID(try row.value("id")), let state = PacketState(rawValue: try row.value("state")) else {
            throw StoreError.unreadable("the database (packet row)")
        }
        self.id = id
        self.state = state
        sequence = try row.value("sequence")
        caseID = CaseID(try row.value("case_id"))
        visitID = VisitID(try row.value("visit_id"))
        isUrgent = try row.value("is_urgent")
        sealedAt = timestamp(try row.value("sealed_at"))
        manifest = try row.value("manifest")
        fileSize = try row.value("file_size")
        fileDigest = try row.value("file_digest")
        uploadURL = try row.optional("upload_url")
        uploadOffset = try row.value("upload_offset")
        receipt = try row.optional("receipt")
        receivedAt = (try row.optional("received_at") as Int64?).map { timestamp($0) }
        purgedAt = (try row.optional("purged_at") as Int64?).map { timestamp($0) }
        problem = (try row.optional("problem") as String?).flatMap { PacketProblem(rawValue: $0) }
    }

    static func fetch(_ database: Database, _ id: PacketID) throws -> QueuedPacket {
        let statement = try database.cachedStatement(sql: "SELECT * FROM packet WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id.description]) else {
            throw StoreError.unknownPacket(id)
        }
        return try QueuedPacket(row)
    }

    /// Whether the queue has a row of this name, readable or not.
    static func isHeld(_ id: PacketID, _ database: Database) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM packet WHERE id = ?)")
        return try Bool.fetchOne(statement, arguments: [id.description]) ?? false
    }

    /// In the order in which they are sent.
    static func fetch(_ database: Database, in states: Set<PacketState>) throws -> FetchedPackets {
        let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let sql = "SELECT *, rowid FROM packet WHERE state IN (\(names)) ORDER BY is_urgent DESC, sequence"
        var fetched = FetchedPackets()
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            do throws(StoreError) {
                fetched.packets.append(try QueuedPacket(row))
            } catch {
                fetched.unreadable.append(try row.value("rowid"))
            }
        }
        return fetched
    }

    /// Writes a change of state and what goes with it in one statement, since the database checks each
    /// row as a whole.
    func update(to state: PacketState, _ columns: [String: DatabaseValue], _ database: Database) throws {
        let names = columns.keys.sorted()
        let assignments = (["state = ?"] + names.map { "\($0) = ?" }).joined(separator: ", ")
        let values =
            [state.rawValue.databaseValue] + names.map { columns[$0] ?? .null } + [id.description.databaseValue]
        let statement = try database.cachedStatement(sql: "UPDATE packet SET \(assignments) WHERE id = ?")
        try statement.execute(arguments: StatementArguments(values))
    }

    func markPurged(at time: Timestamp, _ database: Database) throws {
        try update(to: .purged, ["purged_at": time.milliseconds.databaseValue], database)
        try Journal.add(.packetPurged, at: time, caseID: caseID, packetID: id, to: database)
    }
}
