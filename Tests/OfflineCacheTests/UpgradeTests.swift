import EnrolmentCore
import OfflineCacheSchema
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Upgrading a store")
struct UpgradeTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("a full store of every released schema opens with all it held, and can then do what is new")
    func everySchema() async throws {
        for last in SchemaMigration.all.indices.dropLast() {
            let maker = try StoreMaker(try DataFolder())
            let (old, _) = try await open(maker, Array(SchemaMigration.all[...last]))
            let sealed = try await old.sealPacket("c1", signatures: Signatures())
            _ = try await old.drafts.save([1, 2, 3], for: CaseID("c2"), in: VisitID("v1"), after: 0)
            try await old.visits.replace([.example])
            try await old.clockMark.note(.noon)
            let lines = try await old.journal.lines()
            old.close()

            let store = try await maker.open()
            #expect(try await store.packets.packets() == [sealed])
            #expect(try await store.drafts.draft(of: CaseID("c2"))?.content == [1, 2, 3])
            #expect(try await store.visits.all() == [.example])
            #expect(try await store.clockMark.lastKnown() == .noon)
            #expect(try await store.journal.lines() == lines)
            try await store.check()
            #expect(try await store.lists.list(.roster) == nil)
            try await store.passphrases.set(try secret("zin"), for: OfficerID("o-1"), cost: .least)
            try await store.journal.note(.officerLoggedIn, officer: OfficerID("o-1"), reason: "card")
            try await store.check()
            store.close()
        }
    }

    @Test("an earlier program refuses the store of this one and leaves it as it is")
    func downgrade() async throws {
        let store = try await maker.open()
        try await store.revocations.ask([1])
        store.close()
        await #expect(throws: StoreError.newerSchema(found: "v002-login")) {
            try await open(maker, Array(SchemaMigration.all.prefix(1)))
        }
        let again = try await maker.open()
        #expect(try await again.revocations.waiting().count == 1)
        again.close()
    }

    private func open(
        _ maker: StoreMaker, _ migrations: [SchemaMigration]
    ) async throws -> (store: Store, recovery: Recovery) {
        try await Store.open(
            folder: maker.folder.path, kit: maker.kit, sealing: maker.sealing, clock: maker.clock, probe: .none,
            settings: StoreSettings.required, migrations: migrations)
    }
}
