package import EnrolmentCore
import GRDB

/// A packet that is being brought to central, until `finish`.
package struct PacketClaim: Hashable, Sendable {
    package let packet: QueuedPacket
    let attemptID: Int64
}

/// How one attempt to bring a packet to central ended.
package enum AttemptOutcome: Hashable, Sendable {
    /// A verified receipt was stored.
    case received
    /// The person, or the program's end, stopped it.
    case cancelled
    /// Power or the process went while it was under way.
    case interrupted
    case failed(FailureCode)

    package var text: String {
        switch self {
        case .received: "received"
        case .cancelled: "cancelled"
        case .interrupted: "interrupted"
        case .failed(let code): code.text
        }
    }
}

/// One line of a packet's attempt log.
package struct Attempt: Hashable, Sendable {
    package let startedAt: Timestamp
    /// Nil while it is under way.
    package let endedAt: Timestamp?
    /// `AttemptOutcome.text`; nil while it is under way.
    package let outcome: String?
    package let bytesSent: Int
}

extension PacketQueue {
    /// Takes the next packet to send, urgent ones first and then by sequence, and notes that an attempt
    /// has begun; nil when there is none.
    ///
    /// A row that cannot be read, or is not as the kit wrote it, is passed over: it must not hold up the others.
    ///
    /// - Parameter excluding: Those that wait for their next turn. The waiting is not in the store: a
    ///   clock that jumped must not hold a packet back.
    package func claimNext(excluding: Set<PacketID> = []) async throws(StoreError) -> PacketClaim? {
        try await store.transact(.claim) { store, database in
            let first = try PacketState.waiting.compactMap {
                try Self.first(in: $0, excluding, store.rowSeals, database)
            }
            let next = first.min { ($0.isUrgent ? 0 : 1, $0.sequence) < ($1.isUrgent ? 0 : 1, $1.sequence) }
            guard let packet = next else { return nil }
            let statement = try database.cachedStatement(
                sql: "INSERT INTO attempt (packet_id, started_at) VALUES (?, ?)")
            try statement.execute(arguments: [packet.id.description, store.clock.now().milliseconds])
            let number = database.lastInsertedRowID
            try SealedTable.attempt.seal(database, number)
            return PacketClaim(packet: packet, attemptID: number)
        }
    }

    /// One state at a time, so that the index gives the order and nothing is sorted.
    private static func first(
        in state: PacketState, _ excluding: Set<PacketID>, _ seals: RowSeals, _ database: Database
    ) throws -> QueuedPacket? {
        let sql = """
            SELECT * FROM packet
            WHERE state = ?
                AND NOT EXISTS (SELECT 1 FROM attempt WHERE packet_id = packet.id AND outcome IS NULL)
            ORDER BY is_urgent DESC, sequence
            """
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: [state.rawValue])
        while let row = try rows.next() {
            guard let id: String = try? row.value("id"), let name = PacketID(id), !excluding.contains(name),
                let packet = try? QueuedPacket(row, seals)
            else { continue }
            return packet
        }
        return nil
    }

    /// Ends an attempt and puts it in the log.
    package func finish(_ claim: PacketClaim, _ outcome: AttemptOutcome, bytesSent: Int) async throws(StoreError) {
        try await store.transact(.finish) { store, database in
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE attempt SET ended_at = ?1, outcome = ?2, bytes_sent = ?3,
                        mac = \(SealedTable.attempt.seal(
                            changing: ["ended_at": "?1", "outcome": "?2", "bytes_sent": "?3"]))
                    WHERE id = ?4 AND outcome IS NULL
                    """)
            try statement.execute(
                arguments: [store.clock.now().milliseconds, outcome.text, bytesSent, claim.attemptID])
            try Self.prune(claim.packet.id, to: store.retentionRules.attemptsKeptPerPacket, database)
        }
    }

    /// Ends attempts whose end could not be written, for example on a full disk: they would hold their packets
    /// back. For who begins to send, since nobody else sends from this store then.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package func endAbandonedAttempts() async throws(StoreError) -> Int {
        try await store.perform { store, database in
            // Mostly there is none, and then nothing is written.
            let open = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM attempt WHERE outcome IS NULL)")
            guard try Bool.fetchOne(open) == true else { return 0 }
            let ended = try store.commit(.finish, database) {
                try Self.interruptAttempts(at: store.clock.now(), database)
            }
            try store.probe.reached(.committed, of: .finish)
            return ended
        }
    }

    /// Ends every attempt that is under way, within a transaction.
    ///
    /// - Returns: how many there were.
    static func interruptAttempts(at now: Timestamp, _ database: Database) throws -> Int {
        try database.execute(
            sql: """
                UPDATE attempt SET ended_at = ?1, outcome = ?2,
                    mac = \(SealedTable.attempt.seal(changing: ["ended_at": "?1", "outcome": "?2"]))
                WHERE outcome IS NULL
                """, arguments: [now.milliseconds, AttemptOutcome.interrupted.text])
        return database.changesCount
    }

    /// The attempt log of a packet, oldest first; a line that is not as the kit wrote it is left out, and named by
    /// `Store.check`.
    package func attempts(of id: PacketID) async throws(StoreError) -> [Attempt] {
        try await store.perform { _, database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM attempt WHERE packet_id = ? AND \(SealedTable.attempt.isWhole) ORDER BY id",
                arguments: [id.description]
            ).map { row in
                Attempt(
                    startedAt: timestamp(try row.value("started_at")),
                    endedAt: (try row.optional("ended_at") as Int64?).map { timestamp($0) },
                    outcome: try row.optional("outcome"), bytesSent: try row.value("bytes_sent"))
            }
        }
    }

    /// A kit that cannot reach central tries again and again: the oldest lines of the log go.
    private static func prune(_ id: PacketID, to count: Int, _ database: Database) throws {
        let sql = """
            DELETE FROM attempt WHERE packet_id = ?1 AND outcome IS NOT NULL AND id <= (
                SELECT id FROM attempt WHERE packet_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [id.description, count])
    }
}
