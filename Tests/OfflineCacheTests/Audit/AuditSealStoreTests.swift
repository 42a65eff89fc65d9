import EnrolmentCore
import GRDB
import Testing

@testable import OfflineCache

@Suite("Seals under the journal")
struct AuditSealStoreTests {
    @Test("a day is closed once; what is done after that gets a seal of its own, and nothing gets none")
    func onceADay() async throws {
        let bench = try await AuditBench()
        let packet = try await bench.store.sealPacket("c1", signatures: bench.signatures)
        guard case .closed(let first) = try await bench.close(0) else {
            Issue.record("not closed")
            return
        }
        #expect(first.seal.number == 1 && first.seal.part == 0 && first.seal.previousSealDigest == nil)
        #expect(first.seal.day == "2026-11-21")
        #expect(first.seal.counts.events["packet-sealed"] == 1)
        #expect(first.seal.counts.events["day-closed"] == 1)
        #expect(first.seal.counts.waiting == 1)
        #expect(first.seal.manifests.sequence == 1 && first.seal.receipts.sequence == 0)
        #expect(try await bench.close(0) == .unchanged(first))

        try await bench.store.packets.record(bench.signatures.receipt(for: packet, after: nil))
        guard case .added(let second) = try await bench.close(0) else {
            Issue.record("nothing added")
            return
        }
        #expect(second.seal.number == 2 && second.seal.part == 1)
        #expect(second.seal.previousSealDigest == first.digest)
        #expect(second.seal.counts.events == ["receipt-stored": 1, "day-closed": 1])
        #expect(second.seal.counts.waiting == 0 && second.seal.receipts.sequence == 1)
        #expect(try await bench.audit().findings == [])
        bench.store.close()
    }

    @Test("the line of a close says who did it and why something was left")
    func reason() async throws {
        let bench = try await AuditBench()
        _ = try await bench.store.drafts.save([1], for: CaseID("c1"), in: VisitID("v1"), after: 0)
        guard case .closed(let signed) = try await bench.close(0, because: .goesOnTomorrow) else {
            Issue.record("not closed")
            return
        }
        let line = try #require(try await bench.store.journal.lines().last)
        #expect(line.event == .dayClosed && line.officer == OfficerID("o-12") && line.reason == "goes-on-tomorrow")
        #expect(signed.seal.position == line.position)
        #expect(signed.seal.counts.openDrafts == 1)
        bench.store.close()
    }

    @Test(
        "a row that says what its statement says is believed again once central has taken that, and no other",
        arguments: [
            ("mac = NULL", true), ("mac = zeroblob(32)", true), ("sent_at = 5", true), ("sent_at = NULL", true),
            ("day = '2026-01-01'", false), ("position = position + 1", false), ("part = 7", false),
            ("statement = 'x'", false),
        ])
    func healed(_ change: String, isBelieved: Bool) async throws {
        let bench = try await AuditBench()
        _ = try await bench.close(0)
        let store = bench.store
        try await store.seals.markSent(1)
        try await store.perform { _, database in
            try database.execute(sql: "DROP TRIGGER audit_seal_is_not_edited; UPDATE audit_seal SET \(change)")
        }
        #expect(try await store.seals.unsent().map(\.number) == [1])
        try await store.seals.markSent(1)
        let changed = try await store.perform { store, database in try store.changedRows(database) }
        #expect(changed.isEmpty == isBelieved)
        #expect(try await store.seals.unsent().isEmpty == isBelieved)
        store.close()
    }

    @Test("the database neither edits, removes, replaces nor leaves out a seal or a line")
    func appendOnly() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        for sql in [
            "UPDATE audit_seal SET day = '2026-01-01' WHERE number = 1",
            "UPDATE audit_seal SET statement = 'x' WHERE number = 1",
            "DELETE FROM audit_seal WHERE number = 2",
            "INSERT OR REPLACE INTO audit_seal SELECT number, day, part, position, 'x', NULL, NULL FROM audit_seal WHERE number = 1",
            "INSERT INTO audit_seal SELECT number + 2, day, part + 7, position + 9, statement, NULL, NULL FROM audit_seal WHERE number = 2",
            "INSERT OR REPLACE INTO journal SELECT position, at, event, 'x', packet_id, officer, reason, digest FROM journal WHERE position = 2",
            "INSERT INTO journal SELECT position + 100, at, event, 'x', packet_id, officer, reason, digest FROM journal WHERE position = 2",
        ] {
            await #expect(throws: StoreError.self, "\(sql)") {
                try await bench.store.transact(.closeDay) { _, database in try database.execute(sql: sql) }
            }
        }
        #expect(try await bench.audit().findings == [])
        bench.store.close()
    }

    @Test("a broken journal is not signed")
    func broken() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        try await bench.tamper(
            "UPDATE journal SET officer = 'o-13' WHERE position = (SELECT MAX(position) FROM journal)")
        await #expect(throws: StoreError.self) { try await bench.close(1) }
        #expect(try await bench.store.seals.statements().count == 2)
        bench.store.close()
    }

    @Test("what central was not given yet is known, and is given once")
    func unsent() async throws {
        let bench = try await AuditBench()
        try await bench.twoDays()
        #expect(try await bench.store.seals.unsent().map(\.number) == [1, 2])
        try await bench.store.seals.markSent(1)
        #expect(try await bench.store.seals.unsent().map(\.number) == [2])
        try await bench.store.seals.markSent(2)
        #expect(try await bench.store.seals.unsent().isEmpty)
        #expect(try await bench.audit().findings == [])
        bench.store.close()
    }
}
