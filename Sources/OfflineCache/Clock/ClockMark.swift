package import EnrolmentCore
import GRDB

/// What is known of the time from others than the kit's own clock: what a laptop that woke up in 1970, or was
/// put forward by ten years, is judged by.
package struct ClockMark: Sendable {
    let store: Store

    /// The latest instant that is known to have happened; nil before the first was noted.
    package func lastKnown() async throws(StoreError) -> Timestamp? {
        try await store.perform { _, database in try Self.evidence(database).map(\.instant).max() }
    }

    /// Notes an instant that has surely happened.
    ///
    /// Central's clock takes the place of what it said before, since it is the one to be compared with; of every
    /// other source the latest instant counts, in whatever order they come.
    package func note(_ time: Timestamp, from source: TimeSource = .central) async throws(StoreError) {
        try await store.transact(.noteTime) { store, database in try Self.note(time, from: source, store, database) }
    }

    /// The latest instant that can be told: `now`, or what is known to have been where the clock was set back
    /// behind it, with the time that has surely gone by since.
    ///
    /// What has a last day is judged by this: setting the clock back does not make it valid again.
    package func latest(_ now: Timestamp) async throws(StoreError) -> Timestamp {
        try await store.perform { store, database in try Self.judgement(store, database).latest(now) }
    }

    /// How far `now` can be trusted, by what, and how old that is.
    package func standing(of now: Timestamp) async throws(StoreError) -> TimeStanding {
        try await store.perform { store, database in try Self.standing(of: now, store, database) }
    }

    /// How far `now` can be trusted.
    ///
    /// - Parameter reference: Central's clock, when it was read at the same moment as `now`.
    package func confidence(
        in now: Timestamp, comparedWith reference: Timestamp? = nil
    ) async throws(StoreError) -> TimeConfidence {
        guard let reference else { return try await standing(of: now).confidence }
        let difference = now.since(reference)
        let tolerance = store.clockRules.comparisonTolerance
        return difference <= tolerance && difference >= .zero - tolerance ? .synchronised : .implausible
    }

    static func standing(of now: Timestamp, _ store: Store, _ database: Database) throws -> TimeStanding {
        try judgement(store, database).standing(of: now)
    }

    static func note(_ time: Timestamp, from source: TimeSource, _ store: Store, _ database: Database) throws {
        let uptime = try store.timekeeping.uptime?.now()
        let table = SealedTable.clockEvidence
        // What is not as the kit wrote it gives way to anything.
        let isLatest = source == .central ? "" : "WHERE excluded.instant > instant OR NOT \(table.isWhole)"
        try database.execute(
            sql: """
                INSERT INTO clock_evidence (source, instant, boot, uptime, reading)
                VALUES (?, ?, ?, ?, (SELECT IFNULL(MAX(id), 0) FROM clock_reading))
                ON CONFLICT (source) DO UPDATE SET
                    instant = excluded.instant, boot = excluded.boot, uptime = excluded.uptime,
                    reading = excluded.reading
                \(isLatest)
                """,
            arguments: [source.rawValue, time.milliseconds, uptime?.boot, uptime?.elapsed.inMilliseconds])
        if database.changesCount > 0 { try table.seal(database, source.rawValue) }
    }

    static func judgement(_ store: Store, _ database: Database) throws -> ClockJudgement {
        var judgement = ClockJudgement(
            rules: store.clockRules, evidence: try evidence(database),
            uptime: try store.timekeeping.uptime?.now(), networkError: store.timekeeping.network.largestError())
        judgement.ownLatest = try ownReadings(database).filter { judgement.couldBe($0) }.max()
        return judgement
    }

    private static func evidence(_ database: Database) throws -> [ClockJudgement.Evidence] {
        let sql = "SELECT source, instant, boot, uptime FROM clock_evidence WHERE \(SealedTable.clockEvidence.isWhole)"
        return try Row.fetchAll(database, sql: sql).compactMap { row in
            guard let source = TimeSource(rawValue: try row.value("source")) else { return nil }
            let boot: String? = try row.optional("boot")
            return ClockJudgement.Evidence(
                source: source, instant: instant(try row.value("instant")),
                learnt: try boot.map { Uptime(boot: $0, elapsed: span(try row.value("uptime"))) })
        }
    }

    /// What the kit's own clock said since central last confirmed it: at each reading, and just before it
    /// was set.
    private static func ownReadings(_ database: Database) throws -> [Timestamp] {
        let sql = """
            SELECT wall, wall - IFNULL(jump, 0) AS before FROM clock_reading
            WHERE \(SealedTable.clockReading.isWhole) AND id > IFNULL((
                SELECT reading FROM clock_evidence
                WHERE source = 'central' AND \(SealedTable.clockEvidence.isWhole)), 0)
            """
        return try Row.fetchAll(database, sql: sql).flatMap {
            [instant(try $0.value("wall")), instant(try $0.value("before"))]
        }
    }

    /// Within what a database that was tampered with may say, without a sum that overflows.
    static func instant(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: min(max(milliseconds, -(1 << 52)), 1 << 52))
    }

    static func span(_ milliseconds: Int64) -> Duration { .milliseconds(min(max(milliseconds, 0), 1 << 52)) }
}

extension Duration {
    /// Rounded towards zero.
    var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
