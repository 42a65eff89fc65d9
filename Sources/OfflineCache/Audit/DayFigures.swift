package import EnrolmentCore
import GRDB

/// What the day sheet counts; `waiting` and the lanes are as of now, the rest within the day.
package struct DayFigures: Hashable, Sendable, Codable {
    package struct Amount: Hashable, Sendable, Codable {
        package var packets = 0
        package var bytes = 0
    }

    /// Sealed on the day, whatever became of them.
    package var sealed = Amount()
    /// Received by central on the day, by the receipts' own time.
    package var received = Amount()
    /// Files deleted on the day.
    package var purged = Amount()
    /// Not yet received.
    package var waiting = Amount()
    package var conflict = Amount()
    package var refused = Amount()
    /// Cases with a draft: work that is not complete.
    package var openDrafts = 0
    package var discardedDrafts = 0
    package var attempts = 0
    /// Sent on the day, with what was sent twice.
    package var bytesSent = 0
    /// Manifest sequence numbers of the day's packets.
    package var firstSequence: Int?
    package var lastSequence: Int?
}

extension Store {
    /// The figures of the time from `start` up to `end`, which the caller takes from its own calendar.
    package func figures(from start: Timestamp, to end: Timestamp) async throws(StoreError) -> DayFigures {
        try await perform { _, database in
            let day: StatementArguments = [start.milliseconds, end.milliseconds]
            let within = { (column: String) in "\(column) >= ? AND \(column) < ?" }
            var figures = DayFigures()
            figures.sealed = try amount(database, where: within("sealed_at"), day)
            figures.received = try amount(database, where: within("received_at"), day)
            figures.purged = try amount(database, where: within("purged_at"), day)
            figures.waiting = try amount(database, where: "state IN ('sealed', 'announced', 'uploading')")
            figures.conflict = try amount(database, where: "state = 'conflict'")
            figures.refused = try amount(database, where: "state = 'refused'")
            figures.openDrafts = try count(database, "FROM draft_key")
            figures.discardedDrafts = try count(
                database, "FROM journal WHERE event = 'draft-discarded' AND \(within("at"))", day)
            let whole = SealedTable.attempt.isWhole
            figures.attempts = try count(database, "FROM attempt WHERE \(within("started_at")) AND \(whole)", day)
            let sent = "SELECT IFNULL(SUM(bytes_sent), 0) FROM attempt WHERE \(within("started_at")) AND \(whole)"
            figures.bytesSent = try Int.fetchOne(database, sql: sent, arguments: day) ?? 0
            let ends = "SELECT MIN(sequence) AS first, MAX(sequence) AS last FROM packet WHERE \(within("sealed_at"))"
            let row = try Row.fetchOne(database, sql: ends, arguments: day)
            figures.firstSequence = row?["first"]
            figures.lastSequence = row?["last"]
            return figures
        }
    }
}

private func amount(
    _ database: Database, where condition: String, _ arguments: StatementArguments = []
) throws -> DayFigures.Amount {
    let sql = "SELECT COUNT(*) AS packets, IFNULL(SUM(file_size), 0) AS bytes FROM packet WHERE \(condition)"
    let row = try Row.fetchOne(database, sql: sql, arguments: arguments)
    return DayFigures.Amount(packets: row?["packets"] ?? 0, bytes: row?["bytes"] ?? 0)
}

private func count(_ database: Database, _ rest: String, _ arguments: StatementArguments = []) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT COUNT(*) \(rest)", arguments: arguments) ?? 0
}
