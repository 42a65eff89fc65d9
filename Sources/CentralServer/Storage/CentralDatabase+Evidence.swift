import EnrolmentCore
import GRDB
import PacketFormat

extension CentralDatabase {
    /// What a journal of a kit is to be compared with.
    ///
    /// A kit may have had more than one: a new laptop with the kit's name begins anew, under a new key. The journal
    /// that is meant is the one that central holds a seal of, else the one of the kit's present key.
    ///
    /// - Parameter digests: of the seals in the journal.
    func evidence(of kit: KitID, for digests: Set<String>) async throws -> AuditEvidence {
        try await writer.read { database in
            let held = try Self.seals(of: kit, in: database)
            let present = try RegisteredKit.fetchOne(
                database, sql: "SELECT * FROM kit WHERE id = ?", arguments: [kit.text])?.signer
            let own = held.filter { digests.contains($0.link.digest) }
            let journal = Self.journal(of: own.isEmpty ? held.filter { $0.link.signer == present } : own, among: held)
            let signers = Set(journal.map(\.link.signer)).union(own.isEmpty ? [present].compactMap { $0 } : [])
            let packets = try Row.fetchAll(
                database,
                sql: """
                    SELECT chainLink.packet, chainLink.signer, chainLink.sequence FROM chainLink
                    JOIN packet ON packet.id = chainLink.packet
                    WHERE chainLink.kit = ? AND packet.receivedAt IS NOT NULL ORDER BY chainLink.sequence
                    """, arguments: [kit.text]
            ).filter { signers.contains($0["signer"]) }
            return AuditEvidence(
                seals: try journal.map { try Self.kept($0, of: kit) },
                packets: packets.compactMap { row in
                    PacketID(row["packet"] as String).map { AuditEvidence.Packet(id: $0, sequence: row["sequence"]) }
                })
        }
    }

    /// The seals of every branch in which a key of `some` signed, and of those that these lead to: a journal that
    /// was begun anew by the same key is no other one.
    private static func journal(of some: [HeldSeal], among held: [HeldSeal]) -> [HeldSeal] {
        var branches = Set(some.map(\.link.branch))
        while true {
            let keys = Set(held.filter { branches.contains($0.link.branch) }.map(\.link.signer))
            let more = Set(held.filter { keys.contains($0.link.signer) }.map(\.link.branch))
            guard !more.isSubset(of: branches) else { break }
            branches.formUnion(more)
        }
        return held.filter { branches.contains($0.link.branch) }
    }
}
