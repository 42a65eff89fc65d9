import Crypto
package import EnrolmentCore
import GRDB

/// What happened to cases, packets and officers, line after line, without personal data.
///
/// Each line's digest covers the line before, so that a line that was changed or taken out is found;
/// the database refuses to edit or delete lines.
package struct Journal: Sendable {
    let store: Store

    package struct Line: Hashable, Sendable {
        package let position: Int
        package let at: Timestamp
        package let event: JournalEvent
        package let caseID: CaseID?
        package let packetID: PacketID?
        package let officer: OfficerID?
        /// A code from a closed list, never free text.
        package let reason: String?
    }

    /// The lines in order, from a position on.
    package func lines(from position: Int = 1) async throws(StoreError) -> [Line] {
        try await store.perform { _, database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM journal WHERE position >= ? ORDER BY position", arguments: [position]
            ).map { try Line($0) }
        }
    }

    /// Reads the whole chain.
    ///
    /// - Throws: `journalBroken` at the first line that does not follow from the one before.
    package func verify() async throws(StoreError) {
        try await store.perform { _, database in try Self.verify(database) }
    }

    static func verify(_ database: Database) throws {
        var previous = ""
        var expected = 1
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM journal ORDER BY position")
        while let row = try rows.next() {
            let line = try Line(row)
            let digest = Self.digest(of: line, after: previous)
            guard line.position == expected, row["digest"] == digest else {
                throw StoreError.journalBroken(position: expected)
            }
            previous = digest
            expected += 1
        }
    }

    /// Notes what an officer did who logs in or out, or is not let in.
    ///
    /// - Parameter reason: a code from a closed list, never free text.
    package func note(
        _ event: JournalEvent, officer: OfficerID?, reason: String? = nil
    ) async throws(StoreError) {
        try await store.transact(.noteLogin) { store, database in
            try Self.add(event, at: store.clock.now(), officer: officer, reason: reason, to: database)
        }
    }

    /// Adds a line; must run inside the transaction of what it tells about.
    static func add(
        _ event: JournalEvent, at time: Timestamp, caseID: CaseID? = nil, packetID: PacketID? = nil,
        officer: OfficerID? = nil, reason: String? = nil, to database: Database
    ) throws {
        let last = try Row.fetchOne(
            database, sql: "SELECT position, digest FROM journal ORDER BY position DESC LIMIT 1")
        let position: Int = (last?["position"] ?? 0) + 1
        let line = Line(
            position: position, at: time, event: event, caseID: caseID, packetID: packetID, officer: officer,
            reason: reason)
        try database.execute(
            sql: """
                INSERT INTO journal (position, at, event, case_id, packet_id, officer, reason, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                position, time.milliseconds, event.rawValue, caseID?.text, packetID?.description, officer?.text, reason,
                digest(of: line, after: last?["digest"] ?? ""),
            ])
    }

    /// Covers each field behind its length, so that no two lines have the same bytes.
    private static func digest(of line: Line, after previous: String) -> String {
        let fields: [String?] = [
            previous, String(line.position), String(line.at.milliseconds), line.event.rawValue, line.caseID?.text,
            line.packetID?.description, line.officer?.text, line.reason,
        ]
        let text = fields.map { field in field.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ",")
        return hexText(SHA256.hash(data: Array(text.utf8)))
    }
}

extension Journal.Line {
    init(_ row: Row) throws {
        position = row["position"]
        guard let event = JournalEvent(rawValue: row["event"]) else {
            throw StoreError.journalBroken(position: position)
        }
        self.event = event
        at = timestamp(row["at"])
        caseID = (row["case_id"] as String?).map { CaseID($0) }
        packetID = (row["packet_id"] as String?).flatMap { PacketID($0) }
        officer = (row["officer"] as String?).map { OfficerID($0) }
        reason = row["reason"]
    }
}
