import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("An audit of the kit")
struct AuditTests {
    @Test("a journal that nobody touched is whole, and says what no seal covers")
    func whole() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let report = try await bench.audit()
        #expect(report.findings == [])
        #expect(report.lines == 13 && report.seals == 2 && report.unsealedLines == 1)
        #expect(report.packets == 3 && report.receipts == 2)
        #expect(report.remarks.map(\.kind) == [.unsealedLines])
        bench.store.close()
    }

    @Test(
        "the file of a packet that central does not hold is read: one that is gone, and one that is another's, are told"
    )
    func files() async throws {
        let bench = try await AuditBench()
        let (gone, changed) = (
            try await bench.store.sealPacket("c1", signatures: bench.signatures),
            try await bench.store.sealPacket("c2", signatures: bench.signatures)
        )
        #expect(try await bench.audit().packetFiles == 2)
        let folder = "\(bench.maker.folder.path)/packets"
        try FileManager.default.removeItem(atPath: "\(folder)/\(gone.fileName)")
        try bench.maker.folder.overwrite(
            "packets/\(changed.fileName)", with: [UInt8](repeating: 7, count: changed.fileSize))
        let report = try await bench.audit()
        #expect(report.findings.map(\.kind) == [.packetFileDiffers, .packetFileDiffers])
        #expect(
            report.findings.map(\.detail) == ["\(gone.id) fileMissing", "\(changed.id) fileDigestWrong"])
        bench.store.close()
    }

    @Test(
        "the row of a packet that is not as the kit wrote it is told, whatever it says, and whether the file is there",
        arguments: [
            "upload_offset = upload_offset + 1", "state = 'purged', receipt = 'x', received_at = 1, purged_at = 1",
            "state = 'received', receipt = 'x', received_at = 1", "file_digest = 'x'", "mac = NULL",
        ], [false, true])
    func row(_ change: String, isFileGone: Bool) async throws {
        let bench = try await AuditBench()
        let packet = try await bench.store.sealPacket("c1", signatures: bench.signatures)
        #expect(try await bench.audit().findings.isEmpty)
        if isFileGone {
            try FileManager.default.removeItem(atPath: "\(bench.maker.folder.path)/packets/\(packet.fileName)")
        }
        try await bench.tamper("PRAGMA ignore_check_constraints = ON; UPDATE packet SET \(change)")
        let findings = try await bench.audit().findings.filter { $0.kind == .packetRowChanged }
        #expect(findings == [AuditFinding(.packetRowChanged, detail: "\(packet.id)")])
        try await bench.tamper("PRAGMA foreign_keys = OFF; UPDATE packet SET id = 'x\u{1B}'")
        let named = try await bench.audit().findings.filter { $0.kind == .packetRowChanged }
        #expect(named == [AuditFinding(.packetRowChanged, detail: "row 1")])
        bench.store.close()
    }

    @Test(
        "each way to change what happened is found, at its place",
        arguments: [
            ("UPDATE journal SET reason = 'passphrase' WHERE event = 'officer-logged-in'", .lineChanged, 11),
            ("UPDATE journal SET at = at + 1 WHERE position = 2", .lineChanged, 2),
            ("UPDATE journal SET event = 'visit-imported' WHERE position = 2", .lineChanged, 2),
            ("UPDATE journal SET packet_id = 'none' WHERE position = 9", .lineChanged, 9),
            ("UPDATE journal SET officer = officer || char(0) || 'x' WHERE position = 6", .lineChanged, 6),
            ("DELETE FROM journal WHERE position = 7", .linesMissing, 7),
            ("DELETE FROM journal WHERE position = 1", .linesMissing, 1),
            ("DELETE FROM journal WHERE position >= 11", .endCutOff, 11),
            ("DELETE FROM journal WHERE position = 12", .linesMissing, 12),
            (
                """
                UPDATE journal SET position = CASE position WHEN 4 THEN 105 WHEN 5 THEN 104 END
                    WHERE position IN (4, 5);
                UPDATE journal SET position = position - 100 WHERE position > 100
                """, .lineChanged, 4
            ),
            ("DELETE FROM audit_seal WHERE number = 1", .sealsMissing, nil),
            ("UPDATE audit_seal SET day = '2026-11-20' WHERE number = 1", .sealRowDiffers, nil),
            (
                "UPDATE audit_seal SET statement = (SELECT statement FROM audit_seal WHERE number = 1) WHERE number = 2",
                .sealRowDiffers, nil
            ),
            ("DELETE FROM packet WHERE sequence = 3", .packetMissing, 10),
            (
                "UPDATE packet SET receipt = NULL, received_at = NULL, state = 'sealed' WHERE sequence = 1",
                .receiptMissing, 5
            ),
            (
                """
                UPDATE packet SET manifest = (SELECT manifest FROM packet WHERE sequence = 2) WHERE sequence = 1
                """, .manifestNotBelieved, 2
            ),
            ("UPDATE chain_head SET sequence = 9 WHERE chain = 'manifest'", .headDiffers, nil),
        ] as [(String, AuditFinding.Kind, Int?)])
    func tampered(sql: String, kind: AuditFinding.Kind, position: Int?) async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        try await bench.tamper("PRAGMA foreign_keys = OFF")
        try await bench.tamper(sql)
        let report = try await bench.audit()
        #expect(report.findings.contains { $0.kind == kind && (position == nil || $0.position == position) })
        if let position { #expect(report.first?.position == position, "\(report.findings)") }
        bench.store.close()
    }

    @Test("lines that were rewritten from one on, digests and all, do not agree with the seal")
    func rewritten() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        try await bench.store.perform { _, database in
            try AuditBench.dropGuards(database)
            try database.execute(sql: "UPDATE journal SET officer = 'o-99' WHERE position = 11")
            var previous = try String.fetchOne(database, sql: "SELECT digest FROM journal WHERE position = 10") ?? ""
            for record in try Journal.records(from: 11, database) {
                previous = record.digest(after: previous)
                try database.execute(
                    sql: "UPDATE journal SET digest = ? WHERE position = ?", arguments: [previous, record.position])
            }
        }
        let report = try await bench.audit()
        #expect(report.findings.map(\.kind) == [.linesRewritten])
        #expect(report.first?.position == 7 && report.first?.seal == 2)
        bench.store.close()
    }

    @Test("a packet that nobody wrote down is found")
    func untold() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let other = try await AuditBench()
        let packet = try await other.store.sealPacket("c9", signatures: other.signatures)
        try await bench.tamper(
            """
            INSERT INTO packet (id, sequence, case_id, visit_id, state, is_urgent, sealed_at, manifest, file_size,
                file_digest) VALUES (?, 9, 'c9', 'v1', 'sealed', 0, 0, ?, 1, 'x')
            """, [packet.id.description, packet.manifest])
        #expect(try await bench.audit().findings.map(\.kind) == [.packetWithoutLine, .packetRowChanged])
        bench.store.close()
        other.store.close()
    }

    @Test("the database of another kit of the same name, or seals by another key, are not believed")
    func otherKey() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        let report = try await bench.store.journal.audit(by: bench.keys(kit: KitSigningKey()))
        #expect(Set(report.findings.map(\.kind)).isSuperset(of: [.sealNotBelieved, .manifestNotBelieved]))
        bench.store.close()
    }

    @Test("days without a close, earlier days and clocks that could not be right are told")
    func remarks() async throws {
        let bench = try await AuditBench()
        try await bench.close(2)
        bench.maker.clock.move(to: .noon.advanced(by: .seconds(3 * 86_400)))
        try await bench.store.journal.note(.officerLoggedIn, officer: OfficerID("o-1"), reason: "card")
        bench.maker.clock.move(to: Timestamp(milliseconds: 0))
        try await bench.close(1)
        let report = try await bench.audit()
        #expect(report.findings == [])
        #expect(
            Set(report.remarks.map(\.kind)) == [.dayEarlier, .clockImplausible, .dayNotClosed], "\(report.remarks)")
        bench.store.close()
    }

    /// Every column of every row in turn, to something else of its type; the guards are gone, as for somebody who
    /// opens the file with a tool of their own.
    @Test("every column of every line, changed in turn, is found")
    func everyColumn() async throws {
        let seed = UInt64(20_261_122)
        var generator = SeededGenerator(seed: seed)
        let bench = try await AuditBench()
        try await bench.twoDays()
        let head = try await bench.audit().head
        var tried = 0
        for position in 1...12 {
            for column in ["position", "at", "event", "case_id", "packet_id", "officer", "reason", "digest"] {
                let change = UInt8.random(in: 1...200, using: &generator)
                let report = try await bench.audit(changing: column, at: position, by: change)
                tried += 1
                #expect(!report.isWhole, "seed \(seed): \(column) of line \(position)")
            }
        }
        #expect(tried == 96)
        #expect(try await bench.audit().findings == [])
        #expect(try await bench.audit().head == head)
        bench.store.close()
    }
}

extension AuditBench {
    /// Audits with one column changed, and puts it back.
    func audit(changing column: String, at position: Int, by change: UInt8) async throws -> AuditReport {
        let (keys, sql) = (keys, "UPDATE journal SET \(column) = ? WHERE position = ?")
        let old = try await store.perform { _, database in
            try Self.dropGuards(database)
            let sql = "SELECT \(column) FROM journal WHERE position = ?"
            let old = try DatabaseValue.fetchOne(database, sql: sql, arguments: [position]) ?? .null
            return old
        }
        let new: DatabaseValue =
            switch old.storage {
            case .int64(let number): (number &+ 100 &+ Int64(change)).databaseValue
            case .string(let text): (text + String(UnicodeScalar(change))).databaseValue
            default: "x".databaseValue
            }
        let place = column == "position" ? new : position.databaseValue
        try await store.perform { _, database in try database.execute(sql: sql, arguments: [new, position]) }
        let report = try await store.journal.audit(by: keys)
        try await store.perform { _, database in try database.execute(sql: sql, arguments: [old, place]) }
        return report
    }
}
