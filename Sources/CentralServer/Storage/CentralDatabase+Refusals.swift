package import EnrolmentCore
import Foundation
package import GRDB
import PacketFormat
package import SyncProtocol

extension CentralDatabase {
    /// Keeps a refusal; the same one again only counts.
    ///
    /// - Parameter limit: how many are kept of one kit.
    func note(
        _ code: RefusalCode, of statement: ChainStatement, by kit: KitID, atMost limit: Int, at now: Timestamp
    ) async throws {
        let packet = statement.manifest.packetID.description
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE refusal SET lastAt = ?, count = count + 1, signer = ?, sequence = ?, digest = ?
                    WHERE kit = ? AND packet = ? AND code = ?
                    """,
                arguments: [
                    now.milliseconds, statement.signer, statement.manifest.sequence, statement.digest, kit.text, packet,
                    code.rawValue,
                ])
            guard database.changesCount == 0 else { return }
            let kept = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM refusal WHERE kit = ?", arguments: [kit.text])
            guard (kept ?? 0) < limit else { return }
            try database.execute(
                sql: """
                    INSERT INTO refusal (kit, packet, code, signer, sequence, digest, firstAt, lastAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    kit.text, packet, code.rawValue, statement.signer, statement.manifest.sequence, statement.digest,
                    now.milliseconds, now.milliseconds,
                ])
        }
    }

    /// All refusals that were kept, oldest first.
    func refusals() async throws -> [KeptRefusal] {
        try await writer.read { database in
            try KeptRefusal.fetchAll(
                database,
                sql: """
                    SELECT refusal.*, packet.receivedAt, chainAcceptance.acceptedAt FROM refusal
                    LEFT JOIN packet ON packet.id = refusal.packet AND packet.kit = refusal.kit
                    LEFT JOIN chainAcceptance
                        ON chainAcceptance.packet = refusal.packet AND chainAcceptance.kit = refusal.kit
                        AND chainAcceptance.code = refusal.code
                    ORDER BY firstAt, refusal.kit, refusal.packet, code
                    """)
        }
    }
}

/// What central did not take from a kit, for the office's list.
package struct KeptRefusal: Hashable, Sendable, FetchableRecord {
    package let kit: KitID
    package let packet: PacketID
    package let code: RefusalCode
    /// As the manifest claims.
    package let sequence: Int?
    package let firstAt: Timestamp
    package let lastAt: Timestamp
    /// How often the kit tried.
    package let count: Int
    /// An office clerk has said since that it is to be taken in.
    package let acceptedAt: Timestamp?
    /// It was taken in since.
    package let receivedAt: Timestamp?

    package init(row: Row) throws {
        guard let packet = PacketID(row["packet"] as String), let code = RefusalCode(rawValue: row["code"]) else {
            throw CentralDatabase.unreadable("a refusal")
        }
        self.packet = packet
        self.code = code
        kit = KitID(row["kit"])
        sequence = row["sequence"]
        firstAt = Timestamp(milliseconds: row["firstAt"])
        lastAt = Timestamp(milliseconds: row["lastAt"])
        count = row["count"]
        acceptedAt = (row["acceptedAt"] as Int64?).map(Timestamp.init(milliseconds:))
        receivedAt = (row["receivedAt"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}
