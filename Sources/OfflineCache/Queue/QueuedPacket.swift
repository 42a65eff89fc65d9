package import EnrolmentCore
import FoundationEssentials
import GRDB
import PacketFormat

/// One packet as the queue holds it; nothing in it is personal.
package struct QueuedPacket: Hashable, Sendable {
    package let id: PacketID
    /// Of its manifest: counts this kit's packets from 1.
    package let sequence: Int
    package let caseID: CaseID
    package let visitID: VisitID
    package internal(set) var state: PacketState
    package let isUrgent: Bool
    package let sealedAt: Timestamp
    /// The signed manifest: a JWS in compact form.
    package let manifest: String
    /// Bytes of the file.
    package let fileSize: Int
    /// Lower-case hex SHA-256 of the file.
    package let fileDigest: String
    /// What central named at the announcement, as it named it.
    package internal(set) var uploadURL: String?
    /// Bytes that central is known to hold.
    package internal(set) var uploadOffset: Int
    /// The receipt: a JWS in compact form.
    package internal(set) var receipt: String?
    package internal(set) var receivedAt: Timestamp?
    package internal(set) var purgedAt: Timestamp?
    package internal(set) var problem: PacketProblem?

    var fileName: String { PacketFileName.sealed(id) }
}

/// Rows of packets that were fetched together: one that cannot be read holds up no other.
struct FetchedPackets {
    var packets: [QueuedPacket] = []
    /// Places in the table of rows that cannot be read.
    var unreadable: [Int64] = []
}

extension QueuedPacket {
    /// The one reading of a row.
    ///
    /// - Parameter seals: nil where there is no key: then nothing tells whether it is what the kit wrote.
    /// - Throws: `packetDamaged` for a row that somebody changed, `unreadable` when its name cannot be told.
    init(_ row: Row, _ seals: RowSeals?) throws(StoreError) {
        guard let id = PacketID(try row.value("id")) else {
            throw StoreError.unreadable("the database (packet row)")
        }
        guard let packet = try? QueuedPacket(unsealed: row) else { throw .packetDamaged(id, .rowChanged) }
        if let seals {
            let seal: Data? = try? row.optional("mac")
            guard let seal, seals.isSeal(bytes(seal), of: packet.sealedFields) else {
                throw .packetDamaged(id, .rowChanged)
            }
        }
        self = packet
    }

    private init(unsealed row: Row) throws(StoreError) {
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

    /// What its seal covers: every column.
    var sealedFields: [String?] {
        [
            id.description, String(sequence), caseID.text, visitID.text, state.rawValue, isUrgent ? "1" : "0",
            String(sealedAt.milliseconds), manifest, String(fileSize), fileDigest, uploadURL, String(uploadOffset),
            receipt, receivedAt.map { String($0.milliseconds) }, purgedAt.map { String($0.milliseconds) },
            problem?.rawValue,
        ]
    }

    static func fetch(_ database: Database, _ id: PacketID, _ seals: RowSeals?) throws -> QueuedPacket {
        let statement = try database.cachedStatement(sql: "SELECT * FROM packet WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id.description]) else {
            throw StoreError.unknownPacket(id)
        }
        return try QueuedPacket(row, seals)
    }

    /// Whether the queue has a row of this name, readable or not.
    static func isHeld(_ id: PacketID, _ database: Database) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM packet WHERE id = ?)")
        return try Bool.fetchOne(statement, arguments: [id.description]) ?? false
    }

    /// In the order in which they are sent.
    static func fetch(_ database: Database, in states: Set<PacketState>, _ seals: RowSeals?) throws -> FetchedPackets {
        let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        let condition = states.count == PacketState.allCases.count ? "" : "WHERE state IN (\(names))"
        // In order only afterwards: SQLite would hold all of the rows while it sorts them.
        let sql = "SELECT *, rowid FROM packet \(condition)"
        var fetched = FetchedPackets()
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            do throws(StoreError) {
                fetched.packets.append(try QueuedPacket(row, seals))
            } catch {
                fetched.unreadable.append(try row.value("rowid"))
            }
        }
        fetched.packets.sort { $0.isUrgent != $1.isUrgent ? $0.isUrgent : $0.sequence < $1.sequence }
        return fetched
    }

    /// Writes a change of state and what goes with it in one statement, since the database checks each row as a
    /// whole, and its seal covers it as a whole.
    func update(
        to state: PacketState, _ seals: RowSeals, _ database: Database,
        _ change: (inout QueuedPacket) -> Void = { _ in }
    ) throws {
        var packet = self
        packet.state = state
        change(&packet)
        let statement = try database.cachedStatement(
            sql: """
                UPDATE packet SET state = ?, upload_url = ?, upload_offset = ?, receipt = ?, received_at = ?,
                    purged_at = ?, problem = ?, mac = ?
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            state.rawValue, packet.uploadURL, packet.uploadOffset, packet.receipt, packet.receivedAt?.milliseconds,
            packet.purgedAt?.milliseconds, packet.problem?.rawValue,
            databaseBlob(seals.seal(of: packet.sealedFields)), id.description,
        ])
    }

    func markPurged(at time: Timestamp, _ seals: RowSeals, _ database: Database) throws {
        try update(to: .purged, seals, database) { $0.purgedAt = time }
        try Journal.add(.packetPurged, at: time, caseID: caseID, packetID: id, to: database)
    }

    /// Seals the rows of an earlier program; one that cannot be read stays without, and one that was not as its own
    /// seal said keeps that.
    ///
    /// - Parameter earlier: nil for a program that sealed none.
    static func sealAll(_ seals: RowSeals, insteadOf earlier: RowSeals?, _ database: Database) throws {
        let condition = earlier == nil ? "WHERE mac IS NULL" : ""
        for number in try Int64.fetchAll(database, sql: "SELECT rowid FROM packet \(condition)") {
            let sql = "SELECT * FROM packet WHERE rowid = ?"
            guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [number]),
                let packet = try? QueuedPacket(row, earlier)
            else { continue }
            try database.cachedStatement(sql: "UPDATE packet SET mac = ? WHERE rowid = ?").execute(
                arguments: [databaseBlob(seals.seal(of: packet.sealedFields)), number])
        }
    }
}
