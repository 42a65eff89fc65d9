import EnrolmentCore
import Foundation
import GRDB
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
        for last in SchemaMigration.all.indices where SchemaMigration.all[last].name <= "v003" {
            let maker = try StoreMaker(try DataFolder())
            let earlier = try EarlierStore(in: maker, schema: SchemaMigration.all[...last])
            let (store, recovery) = try await maker.openReporting()
            let expected = Recovery(removedFiles: 1, abandonedSealings: 1, interruptedAttempts: 1, closedFiles: 3)
            #expect(recovery == expected)
            #expect(try await store.packets.packets().map(\.id) == [earlier.packet])
            #expect(try await store.packets.verifyFile(of: earlier.packet) == nil)
            #expect(try await store.drafts.cases() == [EarlierStore.draftCase])
            let draft = try #require(try await store.drafts.draft(of: EarlierStore.draftCase))
            #expect(draft.content == earlier.draft)
            #expect(draft.revision == 3)
            #expect(try await store.visits.all() == [.example])
            #expect(try await store.clockMark.lastKnown() == .noon)
            #expect(try await store.journal.lines().map(\.event) == [.packetSealed, .keptDamaged])
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
        let newest = try #require(SchemaMigration.all.last)
        await #expect(throws: StoreError.newerSchema(found: newest.name)) {
            try await open(maker, Array(SchemaMigration.all.prefix(1)))
        }
        let again = try await maker.open()
        #expect(try await again.revocations.waiting().count == 1)
        again.close()
    }

    @Test("a draft of an earlier program is destroyed with its packet, saved again or not", arguments: [false, true])
    func earlierDraft(savedAgain: Bool) async throws {
        let earlier = try EarlierStore(in: maker, schema: SchemaMigration.all.prefix(2))
        let store = try await maker.open()
        let caseID = EarlierStore.draftCase
        var revision = 3
        if savedAgain {
            revision = try await store.drafts.save(earlier.draft, for: caseID, in: VisitID("v1"), after: revision)
        }
        let sealed = try await store.perform { _, database in
            try Data.fetchOne(database, sql: "SELECT sealed FROM draft") ?? Data()
        }
        var generator = SystemRandomNumberGenerator()
        let slot = try await store.packets.beginSealing(
            PacketID(at: .noon, using: &generator), of: caseID, at: revision)
        try await store.packets.stage([1, 2], in: slot)
        _ = try await store.packets.enqueue(
            try Signatures().manifest(for: slot, file: [1, 2]), from: slot, isUrgent: false)
        try await store.settle()
        #expect(try await store.drafts.draft(of: caseID) == nil)
        for (name, bytes) in try maker.folder.files() where !name.hasSuffix("-shm") {
            #expect(Data(bytes).range(of: sealed.prefix(32)) == nil, "\(name)")
        }
        store.close()
    }

    @Test("the rows of a program that sealed only the queue's are sealed once; its mark put back makes no row believed")
    func rowsOfBefore() async throws {
        let signatures = Signatures()
        var store = try await maker.open()
        let packet = try await store.sealPacket("c1", signatures: signatures)
        _ = try await store.drafts.save([1], for: CaseID("c2"), in: VisitID("v1"), after: 0)
        store.close()
        // As the program before left it: another key for the queue, no seals elsewhere.
        let (seals, mark) = try RowSeals.make()
        let name = Store.keyCheckName
        let before = try maker.sealing.seal(Array(mark.dropLast(RowSeals.Mark.end.count)), as: name)
        let back = "UPDATE store_mark SET key_check = ?"
        let strip = SealedTable.all.map { "UPDATE \($0.name) SET mac = NULL" }.joined(separator: ";")
        try edit { database in
            try database.execute(sql: strip)
            try database.execute(
                sql: "UPDATE packet SET mac = ?", arguments: [databaseBlob(seals.seal(of: packet.sealedFields))])
            try database.execute(sql: back, arguments: [databaseBlob(before)])
        }
        let recovery: Recovery
        (store, recovery) = try await maker.openReporting()
        #expect(recovery == Recovery())
        #expect(try await store.packets.packets() == [packet])
        #expect(try await store.drafts.draft(of: CaseID("c2"))?.content == [1])
        #expect(try await store.chain.head().sequence == 1)
        try await store.check()
        store.close()
        // Without the mark, rows without a seal are not believed.
        try edit { try $0.execute(sql: strip) }
        store = try await maker.open()
        await #expect(throws: StoreError.rowChanged(ChangedRow(table: "draft", key: "c2"))) {
            try await store.drafts.draft(of: CaseID("c2"))
        }
        store.close()
        // With it they are, and no packet is any more.
        try edit { try $0.execute(sql: back, arguments: [databaseBlob(before)]) }
        store = try await maker.open()
        #expect(try await store.packets.packets().isEmpty)
        await #expect(throws: StoreError.self) { try await store.check() }
        store.close()
    }

    private func edit(_ change: @escaping (Database) throws -> Void) throws {
        let database = try DatabaseQueue(path: "\(maker.folder.path)/\(Store.databaseName)")
        try database.writeWithoutTransaction { try change($0) }
        try database.close()
    }

    private func open(
        _ maker: StoreMaker, _ migrations: [SchemaMigration]
    ) async throws -> (store: Store, recovery: Recovery) {
        try await Store.open(
            folder: maker.folder.path, kit: maker.kit, sealing: maker.sealing, clock: maker.clock, probe: .none,
            settings: .required, migrations: migrations)
    }
}
