package import EnrolmentCore
import GRDB

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

    var fileName: String { Self.fileName(of: id) }

    static func fileName(of id: PacketID) -> String { "\(id).age" }
    static func partName(of id: PacketID) -> String { "\(id).age.part" }
}

extension QueuedPacket {
    init(_ row: Row) throws {
        guard let id = PacketID(row["id"]), let state = PacketState(rawValue: row["state"]) else {
            throw StoreError.unreadable("the database (packet row)")
        }
        self.id = id
        self.state = state
        sequence = row["sequence"]
        caseID = CaseID(row["case_id"])
        visitID = VisitID(row["visit_id"])
        isUrgent = row["is_urgent"]
        sealedAt = timestamp(row["sealed_at"])
        manifest = row["manifest"]
        fileSize = row["file_size"]
        fileDigest = row["file_digest"]
        uploadURL = row["upload_url"]
        uploadOffset = row["upload_offset"]
        receipt = row["receipt"]
        receivedAt = (row["received_at"] as Int64?).map { timestamp($0) }
        purgedAt = (row["purged_at"] as Int64?).map { timestamp($0) }
        problem = (row["problem"] as String?).flatMap { PacketProblem(rawValue: $0) }
    }

    static func fetch(_ database: Database, _ id: PacketID) throws -> QueuedPacket {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM packet WHERE id = ?", arguments: [id.description])
        guard let row else { throw StoreError.unknownPacket(id) }
        return try QueuedPacket(row)
    }

    /// In the order in which they are sent.
    static func fetch(_ database: Database, in states: Set<PacketState>) throws -> [QueuedPacket] {
        let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let sql = "SELECT * FROM packet WHERE state IN (\(names)) ORDER BY is_urgent DESC, sequence"
        return try Row.fetchAll(database, sql: sql).map { try QueuedPacket($0) }
    }

    /// Writes a change of state and what goes with it in one statement, since the database checks each
    /// row as a whole.
    func update(to state: PacketState, _ columns: [String: DatabaseValue], _ database: Database) throws {
        let names = columns.keys.sorted()
        let assignments = (["state = ?"] + names.map { "\($0) = ?" }).joined(separator: ", ")
        let values =
            [state.rawValue.databaseValue] + names.map { columns[$0] ?? .null } + [id.description.databaseValue]
        try database.execute(
            sql: "UPDATE packet SET \(assignments) WHERE id = ?", arguments: StatementArguments(values))
    }

    func markPurged(at time: Timestamp, _ database: Database) throws {
        try update(to: .purged, ["purged_at": time.milliseconds.databaseValue], database)
        try Journal.add(.packetPurged, at: time, caseID: caseID, packetID: id, to: database)
    }
}
