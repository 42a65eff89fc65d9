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
    /// - Parameter excluding: Those that wait for their next turn. The waiting is not in the store: a
    ///   clock that jumped must not hold a packet back.
    package func claimNext(excluding: Set<PacketID> = []) async throws(StoreError) -> PacketClaim? {
        try await store.transact(.claim) { store, database in
            let sql = """
                SELECT * FROM packet
                WHERE state IN ('sealed', 'announced', 'uploading')
                    AND NOT EXISTS (SELECT 1 FROM attempt WHERE packet_id = packet.id AND outcome IS NULL)
                ORDER BY is_urgent DESC, sequence
                """
            let rows = try Row.fetchCursor(database, sql: sql)
            while let row = try rows.next() {
                let packet = try QueuedPacket(row)
                if excluding.contains(packet.id) { continue }
                try database.execute(
                    sql: "INSERT INTO attempt (packet_id, started_at) VALUES (?, ?)",
                    arguments: [packet.id.description, store.clock.now().milliseconds])
                return PacketClaim(packet: packet, attemptID: database.lastInsertedRowID)
            }
            return nil
        }
    }

    /// Ends an attempt and puts it in the log.
    package func finish(_ claim: PacketClaim, _ outcome: AttemptOutcome, bytesSent: Int) async throws(StoreError) {
        try await store.transact(.finish) { store, database in
            try database.execute(
                sql: "UPDATE attempt SET ended_at = ?, outcome = ?, bytes_sent = ? WHERE id = ? AND outcome IS NULL",
                arguments: [store.clock.now().milliseconds, outcome.text, bytesSent, claim.attemptID])
        }
    }

    /// The attempt log of a packet, oldest first.
    package func attempts(of id: PacketID) async throws(StoreError) -> [Attempt] {
        try await store.perform { _, database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM attempt WHERE packet_id = ? ORDER BY id", arguments: [id.description]
            ).map { row in
                Attempt(
                    startedAt: timestamp(row["started_at"]), endedAt: (row["ended_at"] as Int64?).map { timestamp($0) },
                    outcome: row["outcome"], bytesSent: row["bytes_sent"])
            }
        }
    }
}
