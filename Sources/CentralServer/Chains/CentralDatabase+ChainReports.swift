import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

extension CentralDatabase {
    /// Every chain, by kit and then in the order in which they began.
    ///
    /// - Parameter kit: nil for all kits.
    func chainReports(of kit: KitID?) async throws -> [ChainReport] {
        try await writer.read { database in
            let chains = try Row.fetchAll(
                database,
                sql: """
                    SELECT kit, signer, MIN(firstAt) FROM (
                        SELECT kit, signer, announcedAt AS firstAt FROM chainLink
                        UNION ALL SELECT kit, signer, foundAt FROM chainFinding)
                    WHERE kit = IFNULL(?, kit) GROUP BY kit, signer ORDER BY kit, MIN(firstAt)
                    """, arguments: [kit?.text])
            return try chains.map { try Self.report(KitID($0["kit"]), signer: $0["signer"], in: database) }
        }
    }

    private static func report(_ kit: KitID, signer: String, in database: Database) throws -> ChainReport {
        let key: StatementArguments = [kit.text, signer]
        let links = try Row.fetchAll(
            database,
            sql: """
                SELECT chainLink.sequence, chainLink.packet, chainLink.announcedAt, packet.receivedAt FROM chainLink
                LEFT JOIN packet ON packet.id = chainLink.packet
                WHERE chainLink.kit = ? AND chainLink.signer = ? ORDER BY chainLink.sequence
                """, arguments: key)
        let accepted = try Row.fetchAll(
            database, sql: "SELECT * FROM chainAcceptance WHERE kit = ? AND signer = ? ORDER BY sequence, id",
            arguments: key)
        let findings = try ChainFinding.fetchAll(
            database, sql: "SELECT * FROM chainFinding WHERE kit = ? AND signer = ? ORDER BY id", arguments: key)
        let current = try RegisteredKit.fetchOne(
            database, sql: "SELECT * FROM kit WHERE id = ?", arguments: [kit.text])
        let unfinished = try links.filter { ($0["receivedAt"] as Int64?) == nil }.map { row in
            ChainReport.Unfinished(
                sequence: row["sequence"], packet: try packetID(row["packet"]),
                since: Timestamp(milliseconds: row["announcedAt"]))
        }
        return ChainReport(
            kit: kit, signer: signer, isCurrent: try current?.signer == signer, head: links.last?["sequence"] ?? 0,
            received: links.count - unfinished.count, gaps: ChainReport.Gap.all(in: steps(links, accepted)),
            unfinished: unfinished, findings: findings, acceptances: try accepted.map(acceptance))
    }

    private static func steps(_ links: [Row], _ accepted: [Row]) -> [ChainStep] {
        var times = Dictionary(
            links.map { ($0["sequence"] as Int, $0["announcedAt"] as Int64) }, uniquingKeysWith: min)
        // What was taken in outside the chain leaves no gap in it.
        for row in accepted where times[row["sequence"]] == nil { times[row["sequence"]] = row["acceptedAt"] as Int64 }
        return times.sorted { $0.key < $1.key }
            .map { ChainStep(sequence: $0.key, announcedAt: Timestamp(milliseconds: $0.value)) }
    }

    private static func acceptance(_ row: Row) throws -> ChainReport.Acceptance {
        guard let reason = AcceptanceReason(rawValue: row["reason"]) else { throw unreadable("an acceptance") }
        return ChainReport.Acceptance(
            sequence: row["sequence"], packet: try packetID(row["packet"]), reason: reason,
            at: Timestamp(milliseconds: row["acceptedAt"]))
    }

    private static func packetID(_ text: String) throws -> PacketID {
        guard let id = PacketID(text) else { throw unreadable("a packet's id") }
        return id
    }

    /// Lets a packet in that was refused as `chainForked` or `caseKnown`.
    ///
    /// - Parameter packet: which, where several were refused under the number.
    func accept(
        _ sequence: Int, of kit: KitID, packet: PacketID?, because reason: AcceptanceReason, at now: Timestamp
    ) async throws -> PacketID {
        try await writer.write { database in
            // Of one packet what it was refused for last: a word about its number is none about its case.
            let refused = try Row.fetchAll(
                database,
                sql: """
                    SELECT packet, signer, digest, code, MAX(lastAt) FROM refusal
                    WHERE kit = ? AND sequence = ? AND packet = IFNULL(?, packet)
                    AND code IN ('chainForked', 'caseKnown') AND NOT EXISTS (
                        SELECT 1 FROM chainAcceptance AS accepted
                        WHERE accepted.packet = refusal.packet AND accepted.code = refusal.code)
                    GROUP BY packet ORDER BY MIN(firstAt)
                    """, arguments: [kit.text, sequence, packet?.description])
            guard let found = refused.first else {
                throw CentralError(
                    .nothingToAccept, "no refused packet of kit \(kit) has number \(sequence) and waits for that",
                    hint: "See what was refused with: loket-central refusals list.")
            }
            guard refused.count == 1 else {
                throw CentralError(
                    .severalToAccept, "\(refused.count) refused packets of kit \(kit) have number \(sequence)",
                    hint: "Say which with --packet; see them with: loket-central refusals list.")
            }
            try database.execute(
                sql: """
                    INSERT INTO chainAcceptance (kit, signer, sequence, packet, digest, code, reason, acceptedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    kit.text, found["signer"] as String, sequence, found["packet"] as String,
                    found["digest"] as String, found["code"] as String, reason.rawValue, now.milliseconds,
                ])
            return try Self.packetID(found["packet"])
        }
    }
}
