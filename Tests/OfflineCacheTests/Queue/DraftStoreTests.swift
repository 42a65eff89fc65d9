import EnrolmentCore
import GRDB
import OfflineCacheSchema
import Testing

@testable import OfflineCache

@Suite("Drafts")
struct DraftStoreTests {
    private let maker: StoreMaker
    private let store: Store
    private let caseID = CaseID("case-1")
    private let visitID = VisitID("visit-1")

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    @Test("a saved draft is there after the program has gone")
    func durable() async throws {
        let content = patternedBytes(300_000, seed: 3)
        #expect(try await store.drafts.save(content, for: caseID, in: visitID, after: 0) == 1)
        let copy = try await maker.over(maker.folder.copy()).open()
        let draft = try #require(try await copy.drafts.draft(of: caseID))
        #expect(draft.content == content)
        #expect(draft.revision == 1)
        #expect(draft.visitID == visitID)
        copy.close()
    }

    @Test("each save counts, and one made from an older revision is refused")
    func revisions() async throws {
        #expect(try await store.drafts.save([1], for: caseID, in: visitID, after: 0) == 1)
        #expect(try await store.drafts.save([2], for: caseID, in: visitID, after: 1) == 2)
        await #expect(throws: StoreError.draftChanged(caseID, held: 2)) {
            try await store.drafts.save([3], for: caseID, in: visitID, after: 1)
        }
        await #expect(throws: StoreError.draftChanged(caseID, held: 2)) {
            try await store.drafts.save([3], for: caseID, in: visitID, after: 0)
        }
        #expect(try await store.drafts.draft(of: caseID)?.content == [2])
    }

    @Test("throwing a draft away leaves who did it and why, and nothing of the draft")
    func discard() async throws {
        let marker = Array("Peeters, Lotte 71.03.24".utf8)
        _ = try await store.drafts.save(marker, for: caseID, in: visitID, after: 0)
        let reason = try #require(DiscardReason(code: "citizen-withdrew"))
        try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-12"))
        #expect(try await store.drafts.draft(of: caseID) == nil)
        let line = try #require(try await store.journal.lines().last)
        #expect(line.event == .draftDiscarded)
        #expect(line.caseID == caseID)
        #expect(line.officer == OfficerID("o-12"))
        #expect(line.reason == "citizen-withdrew")
        await #expect(throws: StoreError.unknownDraft(caseID)) {
            try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-12"))
        }
    }

    @Test("a discarded draft takes the packet that was being made of it along")
    func discardWhileSealing() async throws {
        let revision = try await store.drafts.save([1], for: caseID, in: visitID, after: 0)
        var generator = SystemRandomNumberGenerator()
        let slot = try await store.packets.beginSealing(
            PacketID(at: .noon, using: &generator), of: caseID, at: revision)
        try await store.packets.stage([1, 2, 3], in: slot)
        let reason = try #require(DiscardReason(code: "wrong-person"))
        try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-12"))
        #expect(try maker.folder.files().keys.allSatisfy { !$0.contains(".age") })
        let manifest = try Signatures().manifest(for: slot, file: [1, 2, 3])
        await #expect(throws: StoreError.packetDamaged(slot.packetID, .fileMissing)) {
            try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        }
        try await store.packets.stage([1, 2, 3], in: slot)
        await #expect(throws: StoreError.unknownPacket(slot.packetID)) {
            try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        }
    }

    @Test("a draft moved to another case in the database does not open there")
    func movedRecord() async throws {
        _ = try await store.drafts.save([1], for: caseID, in: visitID, after: 0)
        try await store.transact(.saveDraft) { _, database in
            for table in ["draft", "draft_key"] {
                try database.execute(sql: "UPDATE \(table) SET case_id = 'case-2'")
            }
        }
        let moved = ChangedRow(table: "draft", key: "case-2")
        await #expect(throws: StoreError.rowChanged(moved)) {
            try await store.drafts.draft(of: CaseID("case-2"))
        }
    }

    @Test("a cancelled task does not take a save back that had begun")
    func cancellation() async throws {
        let (store, caseID, visitID) = (store, caseID, visitID)
        let task = Task { try await store.drafts.save([7], for: caseID, in: visitID, after: 0) }
        task.cancel()
        #expect(try await task.value == 1)
        #expect(try await store.drafts.draft(of: caseID)?.content == [7])
    }
}
