package import EnrolmentCore
import GRDB
package import PacketFormat

/// What happened to cases, packets, officers, keys and the clock, line after line, without personal data.
///
/// Each line's digest covers the line before, so that a line that was changed or taken out is found;
/// the database refuses to edit or delete lines. Order is by position: a line's time is what the clock said.
package struct Journal: Sendable {
    let store: Store

    package typealias Line = JournalLine

    /// The lines in order, from a position on.
    package func lines(from position: Int = 1) async throws(StoreError) -> [Line] {
        try await store.perform { _, database in
            try Self.records(from: position, database).map { record in
                guard let line = record.line else { throw StoreError.journalBroken(position: record.position) }
                return line
            }
        }
    }

    /// One line; nil where there is none, or none that tells anything.
    package func line(at position: Int) async throws(StoreError) -> Line? {
        try await store.perform { _, database in
            let sql = "SELECT \(JournalRecord.columns) FROM journal WHERE position = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [position]).flatMap { try JournalRecord($0).line }
        }
    }

    /// Reads the whole chain.
    ///
    /// - Throws: `journalBroken` at the first line that does not follow from the one before.
    package func verify() async throws(StoreError) {
        try await store.perform { _, database in try Self.verify(database) }
    }

    static func verify(_ database: Database) throws { _ = try head(database, after: 0, "") }

    /// Reads the chain from behind a line whose digest is known.
    ///
    /// - Returns: The position and the digest of the last line.
    static func head(
        _ database: Database, after known: Int, _ digest: String
    ) throws -> (position: Int, digest: String) {
        var head = (position: known, digest: digest)
        try each(from: known + 1, database) { record in
            guard record.position == head.position + 1, record.line != nil,
                record.digest == record.digest(after: head.digest)
            else { throw StoreError.journalBroken(position: head.position + 1) }
            head = (record.position, record.digest)
        }
        return head
    }

    /// Notes what an officer did who logs in or out, or is not let in, and what befell the kit itself.
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
    ///
    /// - Throws: `unwritable` when the reason is not of the form of a code.
    static func add(
        _ event: JournalEvent, at time: Timestamp, caseID: CaseID? = nil, packetID: PacketID? = nil,
        officer: OfficerID? = nil, reason: String? = nil, to database: Database
    ) throws {
        guard reason.map(isCode) ?? true else { throw StoreError.unwritable("a reason that is no code") }
        let last = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT position, digest FROM journal ORDER BY position DESC LIMIT 1"))
        let position: Int = try last?.value("position") ?? 0
        let line = Line(
            position: position + 1, at: time, event: event, caseID: caseID, packetID: packetID,
            officer: officer, reason: reason)
        let record = JournalRecord(line, after: try last?.value("digest") ?? "")
        let insertion = try database.cachedStatement(
            sql: """
                INSERT INTO journal (position, at, event, case_id, packet_id, officer, reason, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insertion.execute(
            arguments: [
                record.position, record.at, record.event, record.caseID, record.packetID, record.officer,
                record.reason, record.digest,
            ])
    }

    static func records(from position: Int, _ database: Database) throws -> [JournalRecord] {
        var records: [JournalRecord] = []
        try each(from: position, database) { records.append($0) }
        return records
    }

    /// One after the other, so that a journal of years is never in memory as a whole.
    static func each(from position: Int, _ database: Database, _ body: (JournalRecord) throws -> Void) throws {
        let sql = "SELECT \(JournalRecord.columns) FROM journal WHERE position >= ? ORDER BY position"
        let rows = try Row.fetchCursor(database, sql: sql, arguments: [position])
        while let row = try rows.next() { try body(try JournalRecord(row)) }
    }

    /// Whether a reason is of the form of a code: a sentence, and with it a name, is none.
    static func isCode(_ reason: String) -> Bool {
        (1...64).contains(reason.utf8.count)
            && reason.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
                    true
                default: false
                }
            }
    }
}
