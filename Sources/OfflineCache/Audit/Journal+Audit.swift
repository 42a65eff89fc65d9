import EnrolmentCore
import FoundationEssentials
import GRDB
package import PacketFormat

extension Journal {
    /// Reads the whole chain, every seal, every packet and receipt that they speak of, and the files of packets that
    /// have no receipt.
    ///
    /// Whatever is wrong is in the report, as far as it can be told; the reading goes on behind it. What cannot
    /// be told: lines that were taken away from the end, behind the last seal, by somebody who took away what
    /// they spoke of too, and a folder that was put back as a whole to an earlier day.
    ///
    /// - Throws: what the disk answers, and nothing about the content.
    package func audit(by keys: AuditKeys) async throws(StoreError) -> AuditReport {
        try await store.perform { store, database in
            var chain = AuditChain(verifier: keys.seals, isTraining: store.kit.isTraining)
            var trail = try PacketTrail(
                keys: keys, keptDays: store.retentionRules.receivedPackets.receiptsKeptDays, database: database)
            var seals = try Self.heldSeals(database)[...]
            try Self.each(from: .min, database) { record in
                // A seal stands behind the line that it covers last.
                while let seal = seals.first, let last = seal.position, last < record.position {
                    try Self.take(seals.removeFirst(), into: &chain, &trail)
                }
                chain.take(record)
                try trail.take(record)
            }
            for seal in seals { try Self.take(seal, into: &chain, &trail) }
            try trail.finish()
            var report = AuditReport(of: chain, kit: store.kit.id, isTraining: store.kit.isTraining)
            report.findings += trail.findings
            (report.packets, report.receipts) = (trail.packets, trail.receipts)
            try Self.readFiles(store, database, &report)
            if trail.forgotten > 0 {
                report.remarks.append(
                    AuditReport.Remark(kind: .packetsForgotten, position: nil, seal: nil, detail: "\(trail.forgotten)"))
            }
            return report
        }
    }

    /// Reads every file that central has not said to hold: nobody could make it again.
    ///
    /// Which ones those are the rows say, so that one which is not as the kit wrote it is a finding itself.
    private static func readFiles(_ store: Store, _ database: Database, _ report: inout AuditReport) throws {
        let held = try QueuedPacket.fetch(database, in: Set(PacketState.allCases), store.rowSeals)
        report.findings += try held.unreadable.map { number in
            AuditFinding(.packetRowChanged, detail: try name(ofRow: number, database))
        }
        let unreceipted = held.packets.filter { $0.state != .received && $0.state != .purged }
        report.findings += try unreceipted.compactMap { try finding(in: $0, store) }
        report.packetFiles = unreceipted.count
    }

    private static func finding(in packet: QueuedPacket, _ store: Store) throws -> AuditFinding? {
        do {
            try store.verifyFile(of: packet)
            return nil
        } catch StoreError.packetDamaged(let id, let problem) {
            return AuditFinding(.packetFileDiffers, detail: "\(id) \(problem.rawValue)")
        }
    }

    /// The packet that a row is about, or its place in the table where that cannot be told.
    private static func name(ofRow number: Int64, _ database: Database) throws -> String {
        let row = try Row.fetchOne(database, sql: "SELECT id FROM packet WHERE rowid = ?", arguments: [number])
        let name: String? = try? row?.optional("id")
        return name.flatMap { PacketID($0) }?.description ?? "row \(number)"
    }

    private static func take(
        _ seal: AuditChain.HeldSeal, into chain: inout AuditChain, _ trail: inout PacketTrail
    ) throws {
        if let signed = chain.take(seal) { try trail.take(signed.seal) }
    }

    static func heldSeals(_ database: Database) throws -> [AuditChain.HeldSeal] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT number, CAST(day AS BLOB) AS day, part, position, CAST(statement AS BLOB) AS statement
                FROM audit_seal ORDER BY number
                """
        ).map { row in
            AuditChain.HeldSeal(
                number: try row.value("number"), day: text(try row.value("day")), part: try row.value("part"),
                position: try row.value("position"), statement: text(try row.value("statement")))
        }
    }

    /// As far as it is UTF-8; what is none verifies as nothing.
    private static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
