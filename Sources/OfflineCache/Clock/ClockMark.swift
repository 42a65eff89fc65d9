package import EnrolmentCore
import GRDB

/// The latest instant that is known to have happened: what a laptop that woke up in 1970 is judged by.
package struct ClockMark: Sendable {
    let store: Store

    /// How far the kit's clock may differ from central's and still count as the same time.
    package static let tolerance = Duration.seconds(120)

    /// The mark; nil before the first was noted.
    package func lastKnown() async throws(StoreError) -> Timestamp? {
        try await store.perform { _, database in
            try Int64.fetchOne(database, sql: "SELECT last_known FROM clock_mark").map { timestamp($0) }
        }
    }

    /// Notes an instant that has surely happened (a start-up, a receipt, central's clock); the mark
    /// never moves back.
    package func note(_ time: Timestamp) async throws(StoreError) {
        try await store.transact(.noteTime) { _, database in try Self.note(time, database) }
    }

    /// The latest instant that can be told: `now`, or the mark where the clock was set back behind it.
    ///
    /// What has a last day is judged by this: setting the clock back does not make it valid again.
    package func latest(_ now: Timestamp) async throws(StoreError) -> Timestamp {
        max(now, try await lastKnown() ?? now)
    }

    static func note(_ time: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO clock_mark (id, last_known) VALUES (1, ?)
                ON CONFLICT (id) DO UPDATE SET last_known = MAX(last_known, excluded.last_known)
                """,
            arguments: [time.milliseconds])
    }

    /// How far `now` can be trusted.
    ///
    /// - Parameter reference: Central's clock, when it was read since start-up, at the same moment as `now`.
    package func confidence(
        in now: Timestamp, comparedWith reference: Timestamp? = nil
    ) async throws(StoreError) -> TimeConfidence {
        Self.confidence(in: now, lastKnown: try await lastKnown(), reference: reference)
    }

    static func confidence(in now: Timestamp, lastKnown: Timestamp?, reference: Timestamp?) -> TimeConfidence {
        if let reference {
            let difference = now.since(reference)
            return difference <= tolerance && difference >= .zero - tolerance ? .synchronised : .implausible
        }
        guard let lastKnown else { return now < releasedAfter ? .implausible : .plausible }
        return now < max(lastKnown, releasedAfter) ? .implausible : .plausible
    }

    /// 2026-11-01T00:00:00Z: this program did not exist before.
    private static let releasedAfter = Timestamp(milliseconds: 1_793_491_200_000)
}
