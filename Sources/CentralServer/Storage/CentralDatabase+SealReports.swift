import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol

extension CentralDatabase {
    /// What is known of the days of each kit, by kit.
    ///
    /// - Parameter kit: nil for all kits.
    func sealReports(of kit: KitID?, at now: Timestamp) async throws -> [SealReport] {
        try await writer.read { database in
            let kits = try String.fetchAll(
                database, sql: "SELECT id FROM kit WHERE id = IFNULL(?, id) ORDER BY id", arguments: [kit?.text])
            return try kits.map { try Self.sealReport(of: KitID($0), at: now, in: database) }
        }
    }

    private static func sealReport(of kit: KitID, at now: Timestamp, in database: Database) throws -> SealReport {
        let held = try seals(of: kit, in: database)
        let entries = try held.map { seal in
            let signed = try kept(seal, of: kit)
            return SealReport.Entry(
                signed: signed, receivedAt: seal.receivedAt, branch: seal.link.branch,
                contradiction: seal.contradiction, differs: try heads(of: signed, thatDifferIn: database))
        }
        let refusals = try Row.fetchAll(
            database, sql: "SELECT * FROM sealRefusal WHERE kit = ? ORDER BY lastAt", arguments: [kit.text]
        ).compactMap { row in
            // A fork is told by the seals themselves.
            RefusalCode(rawValue: row["code"]).map {
                SealReport.Refusal(code: $0, count: row["count"], lastAt: Timestamp(milliseconds: row["lastAt"]))
            }
        }.filter { $0.code != .sealForked }
        return SealReport(
            kit: kit, entries: entries, gaps: SealReport.Gap.all(in: held.map(\.link)),
            openDays: try openDays(of: kit, closedBy: entries.map(\.signed), at: now, in: database),
            refusals: refusals)
    }

    /// A seal whose signature was verified when it came; the database refuses to change one since.
    static func kept(_ seal: HeldSeal, of kit: KitID) throws -> SignedAuditSeal {
        guard let signed = SignedAuditSeal(kept: seal.compact, by: seal.link.signer), signed.seal.kit == kit,
            signed.digest == seal.link.digest
        else { throw unreadable("a seal") }
        return signed
    }

    private static func heads(
        of signed: SignedAuditSeal, thatDifferIn database: Database
    ) throws -> Set<SealReport.Head> {
        let (seal, kit) = (signed.seal, signed.seal.kit.text)
        var differs: Set<SealReport.Head> = []
        if let digest = seal.manifests.digest, seal.manifests.sequence > 0 {
            // Packets may still be on their way: only another one in the same place contradicts.
            let other = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM chainLink WHERE kit = ? AND signer = ? AND sequence = ?)
                    AND NOT EXISTS (SELECT 1 FROM chainLink WHERE kit = ? AND digest = ?)
                    """, arguments: [kit, signed.keyID, seal.manifests.sequence, kit, digest])
            if other == true { differs.insert(.manifests) }
        }
        if let digest = seal.receipts.digest, seal.receipts.sequence > 0 {
            let own = try String.fetchOne(
                database, sql: "SELECT digest FROM receipt WHERE kit = ? AND sequence = ?",
                arguments: [kit, seal.receipts.sequence])
            if own != digest { differs.insert(.receipts) }
        }
        return differs
    }

    private static func openDays(
        of kit: KitID, closedBy seals: [SignedAuditSeal], at now: Timestamp, in database: Database
    ) throws -> [SealReport.OpenDay] {
        let links = try Row.fetchAll(
            database, sql: "SELECT sequence, signer, signedManifest FROM chainLink WHERE kit = ? ORDER BY sequence",
            arguments: [kit.text])
        var days: [CalendarDate: [DayPacket]] = [:]
        for link in links {
            guard let (manifest, _) = Manifest.claimed(by: link["signedManifest"]) else { continue }
            let packet = DayPacket(sequence: link["sequence"], signer: link["signer"], sealedAt: manifest.sealedAt)
            if seals.contains(where: { packet.isCovered(by: $0) && packet.isOfDay(of: $0.seal) }) { continue }
            days[packet.sealedAt.bounded.dayInUTC, default: []].append(packet)
        }
        return days.sorted { $0.key < $1.key }.map { day, packets in
            let covering = seals.filter { seal in packets.allSatisfy { $0.isCovered(by: seal) } }
            let latest = packets.map(\.sealedAt).max() ?? now
            return SealReport.OpenDay(
                day: day, packets: packets.count, coveredBy: covering.map(\.seal.number).min(),
                isToday: now.since(latest) < .seconds(86_400))
        }
    }
}

/// A packet as far as its day goes.
private struct DayPacket {
    let sequence: Int
    let signer: String
    let sealedAt: Timestamp

    func isOfDay(of seal: AuditSeal) -> Bool { seal.dayBegins <= sealedAt && sealedAt < seal.dayEnds }

    /// Whether the kit had sealed it when it closed that day. A new key counts packets from 1 again.
    func isCovered(by signed: SignedAuditSeal) -> Bool {
        signed.keyID == signer ? signed.seal.manifests.sequence >= sequence : signed.seal.sealedAt >= sealedAt
    }
}

extension Timestamp {
    /// Within the years that a calendar has.
    fileprivate var bounded: Timestamp {
        Timestamp(milliseconds: min(max(milliseconds, -(1 << 47)), 1 << 47))
    }
}
