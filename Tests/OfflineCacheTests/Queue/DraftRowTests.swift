import EnrolmentCore
import GRDB
import OfflineCacheSchema
import Testing

@testable import OfflineCache

@Suite("Drafts whose rows somebody changed")
struct DraftRowTests {
    private let maker: StoreMaker
    private let bad = CaseID("c1")
    private let good = CaseID("c2")

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test(
        "one is named, kept and not opened, holds up no other, and goes only by an officer's word",
        arguments: [
            "draft SET visit_id = 'v9'", "draft SET revision = revision + 1", "draft SET saved_at = saved_at + 1",
            "draft SET mac = NULL", "draft SET mac = zeroblob(32)", "draft_key SET made_at = made_at - 1",
        ])
    func changed(_ change: String) async throws {
        try await fill()
        try edit("UPDATE \(change) WHERE case_id = 'c1'")
        let (store, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows == [ChangedRow(table: "draft", key: "c1")])
        try await expectRefused(bad, in: store)
        #expect(try await Set(store.drafts.cases()) == [bad, good])
        try await expectDiscarded(bad, in: store)
        #expect(try await store.drafts.save([7], for: bad, in: VisitID("v1"), after: 0) == 1)
        #expect(try await store.drafts.draft(of: bad)?.content == [7])
        try await store.check()
        store.close()
    }

    @Test(
        "one whose name was changed in one of its rows is not swept away",
        arguments: ["draft SET case_id = 'x'", "draft_key SET case_id = 'x'"])
    func renamed(_ change: String) async throws {
        try await fill()
        try edit("UPDATE \(change) WHERE case_id = 'c1'")
        let (store, recovery) = try await maker.openReporting()
        #expect(Set(recovery.changedRows.map(\.key)) == ["c1", "x"] && recovery.sweptDrafts == 0)
        for caseID in [bad, CaseID("x")] { try await expectRefused(caseID, in: store) }
        #expect(try await Set(store.drafts.cases()) == [bad, good, CaseID("x")])
        try await store.settle()
        // Whoever puts the name back has the draft again.
        try edit("UPDATE \(change.replacing("'x'", with: "'c1'")) WHERE case_id = 'x'", in: store)
        #expect(try await store.drafts.draft(of: bad)?.content == [1, 2])
        try edit("UPDATE \(change) WHERE case_id = 'c1'", in: store)
        for caseID in [bad, CaseID("x")] { try await expectDiscarded(caseID, in: store) }
        #expect(try await store.drafts.cases() == [good])
        try await store.check()
        store.close()
    }

    @Test("a draft whose key's row is lost is kept, as the journal tells of no end")
    func keyLost() async throws {
        try await fill()
        try edit("DELETE FROM draft_key WHERE case_id = 'c1'")
        let (store, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows == [ChangedRow(table: "draft", key: "c1")] && recovery.sweptDrafts == 0)
        try await expectRefused(bad, in: store)
        try await expectDiscarded(bad, in: store)
        #expect(
            try await store.perform { _, database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM draft") }
                == 1)
        store.close()
    }

    private func fill() async throws {
        let store = try await maker.open()
        for caseID in [bad, good] { _ = try await store.drafts.save([1, 2], for: caseID, in: VisitID("v1"), after: 0) }
        store.close()
    }

    private func expectRefused(_ caseID: CaseID, in store: Store) async throws {
        let refusal = StoreError.rowChanged(ChangedRow(table: "draft", key: caseID.text))
        await #expect(throws: refusal) { try await store.drafts.draft(of: caseID) }
        for revision in [0, 1, 2] {
            await #expect(throws: refusal) {
                try await store.drafts.save([9], for: caseID, in: VisitID("v1"), after: revision)
            }
        }
        var generator = SystemRandomNumberGenerator()
        await #expect(throws: refusal) {
            try await store.packets.beginSealing(PacketID(at: .noon, using: &generator), of: caseID, at: 1)
        }
        await #expect(throws: StoreError.self) { try await store.check() }
        #expect(try await store.drafts.draft(of: good)?.content == [1, 2])
    }

    private func expectDiscarded(_ caseID: CaseID, in store: Store) async throws {
        let reason = try #require(DiscardReason.all.first)
        try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-test"))
        #expect(try await store.drafts.draft(of: caseID) == nil)
        #expect(try await !store.drafts.cases().contains(caseID))
    }

    private func edit(_ sql: String) throws {
        let database = try DatabaseQueue(path: "\(maker.folder.path)/\(Store.databaseName)")
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
    }

    private func edit(_ sql: String, in store: Store) throws {
        try store.database.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
