import EnrolmentCore
import GRDB
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Heads of chains and marks that somebody changed")
struct ChainRowTests {
    private let maker: StoreMaker
    private let signatures = Signatures()

    init() throws { maker = try StoreMaker(try DataFolder()) }

    private static let changes = [
        "sequence = 7", "digest = replace(digest, 'a', 'b') || 'c'", "mac = NULL", "chain = 'x'",
        "sequence = 0, digest = NULL",
    ]

    @Test("a head is named and put right from the rows that it speaks of", arguments: changes)
    func repaired(_ change: String) async throws {
        var store = try await maker.open()
        let first = try await store.sealPacket("c1", signatures: signatures)
        let second = try await store.sealPacket("c2", signatures: signatures)
        try await store.packets.record(try signatures.receipt(for: first, after: nil))
        let receipts = try await store.packets.receiptChainHead()
        for chain in ["manifest", "receipt"] {
            store.close()
            try edit("UPDATE chain_head SET \(change) WHERE chain = '\(chain)'")
            var recovery: Recovery
            (store, recovery) = try await maker.openReporting()
            #expect(recovery.changedRows.map(\.table) == ["chain_head"])
            #expect(
                try await store.chain.head()
                    == ManifestChainHead(sequence: 2, digest: SignedManifest.digest(of: second.manifest)))
            #expect(try await store.packets.receiptChainHead() == receipts)
            #expect(try await store.chain.mark() == nil)
            try await store.check()
        }
        #expect(try await store.sealPacket("c3", signatures: signatures).sequence == 3)
        try await store.packets.record(try signatures.receipt(for: second, after: receipts))
        store.close()
    }

    @Test("while it is changed under an open store, nothing is numbered by it")
    func refused() async throws {
        let store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: signatures)
        try await store.settle()
        try await store.perform { _, database in
            try database.execute(sql: "UPDATE chain_head SET sequence = 7 WHERE chain = 'manifest'")
        }
        let refusal = StoreError.rowChanged(ChangedRow(table: "chain_head", key: "manifest"))
        await #expect(throws: refusal) { _ = try await store.sealPacket("c2", signatures: signatures) }
        await #expect(throws: refusal) { try await store.chain.head() }
        #expect(try await store.drafts.draft(of: CaseID("c2")) != nil)
        store.close()
    }

    @Test("where the journal tells of a later packet than there is, the folder is an older copy")
    func packetGone() async throws {
        var store = try await maker.open()
        for name in ["c1", "c2"] { _ = try await store.sealPacket(name, signatures: signatures) }
        store.close()
        try edit("DELETE FROM packet WHERE sequence = 2; UPDATE chain_head SET mac = NULL WHERE chain = 'manifest'")
        store = try await maker.open()
        #expect(try await store.chain.mark()?.ownSequence == 1)
        // With it central's answer can be compared at the next sync.
        #expect(try await store.chain.head().sequence == 1)
        await #expect(throws: StoreError.rolledBack) { _ = try await store.sealPacket("c3", signatures: signatures) }
        let digest = String(repeating: "a", count: 64)
        try await store.chain.noteCentral(ManifestChainHead(sequence: 2, digest: digest))
        #expect(try await store.chain.accept(by: nil) == .accepted(continuedAfter: 2))
        store.close()
        // The mark tells the head from now on.
        try edit("UPDATE chain_head SET mac = NULL")
        store = try await maker.open()
        #expect(try await store.chain.head() == ManifestChainHead(sequence: 2, digest: digest))
        store.close()
    }

    @Test(
        "nobody accepts an older copy by a changed row",
        arguments: [
            "accepted_at = 5, continued_after = 9", "continued_after = 90", "central_sequence = 90", "mac = NULL",
            "accepted_at = NULL, accepted_by = NULL, continued_after = NULL", "own_sequence = 0",
        ], [false, true])
    func marks(_ change: String, isAccepted: Bool) async throws {
        var store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: signatures)
        let central = ManifestChainHead(sequence: 5, digest: String(repeating: "a", count: 64))
        try await store.chain.noteRollback(foundBy: .central, central: central)
        if isAccepted { _ = try await store.chain.accept(by: OfficerID("o-test")) }
        store.close()
        try edit("DROP TRIGGER rollback_mark_is_accepted_once; UPDATE rollback_mark SET \(change)")
        store = try await maker.open()
        let found = try #require(try await store.chain.mark())
        #expect(found.foundBy == .machine || (change.hasPrefix("accepted_at = NULL") && !isAccepted))
        await #expect(throws: StoreError.rolledBack) { _ = try await store.sealPacket("c2", signatures: signatures) }
        try await store.chain.noteCentral(central)
        #expect(try await store.chain.accept(by: nil) == .accepted(continuedAfter: 5))
        #expect(try await store.chain.acceptedFloor() == 5)
        store.close()
        store = try await maker.open()
        #expect(try await store.chain.mark() == nil)
        store.close()
    }

    @Test("a changed mark that waits does not keep a kit shut whose head is changed as well")
    func markAndHead() async throws {
        var store = try await maker.open()
        for name in ["c1", "c2"] { _ = try await store.sealPacket(name, signatures: signatures) }
        try await store.chain.noteRollback(foundBy: .central)
        store.close()
        try edit(
            """
            DELETE FROM packet WHERE sequence = 2; UPDATE rollback_mark SET mac = NULL;
            UPDATE chain_head SET mac = NULL WHERE chain = 'manifest'
            """)
        store = try await maker.open()
        #expect(try await store.chain.mark()?.foundBy == .machine)
        #expect(try await store.chain.head().sequence == 1)
        store.close()
    }

    @Test("a waiting mark that is planted below an accepted one is found before anything is sealed")
    func plantedBelow() async throws {
        var store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: signatures)
        let central = ManifestChainHead(sequence: 5, digest: String(repeating: "a", count: 64))
        try await store.chain.noteRollback(foundBy: .central, central: central)
        _ = try await store.chain.accept(by: OfficerID("o-test"))
        store.close()
        try edit("INSERT INTO rollback_mark (id, found_at, found_by, own_sequence) VALUES (0, 1, 'machine', 0)")
        store = try await maker.open()
        #expect(try await store.chain.mark()?.foundBy == .machine)
        await #expect(throws: StoreError.rolledBack) { _ = try await store.sealPacket("c2", signatures: signatures) }
        try await store.chain.noteCentral(central)
        _ = try await store.chain.accept(by: nil)
        #expect(try await store.sealPacket("c3", signatures: signatures).sequence == 6)
        store.close()
        let (reopened, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows.isEmpty)
        reopened.close()
    }

    @Test("a changed mark is told until a person has had a word about what it said, and not for ever")
    func told() async throws {
        var store = try await maker.open()
        let central = ManifestChainHead(sequence: 5, digest: String(repeating: "a", count: 64))
        try await store.chain.noteRollback(foundBy: .central, central: central)
        _ = try await store.chain.accept(by: OfficerID("o-test"))
        store.close()
        try edit("DROP TRIGGER rollback_mark_is_accepted_once; UPDATE rollback_mark SET continued_after = 2")
        var recovery: Recovery
        (store, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows.map(\.table) == ["rollback_mark"])
        try await store.chain.noteCentral(central)
        _ = try await store.chain.accept(by: OfficerID("o-test"))
        store.close()
        (store, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows.isEmpty)
        try await store.perform { store, database in try store.requireWholeRows(database) }
        store.close()
    }

    private func edit(_ sql: String) throws {
        let database = try DatabaseQueue(path: "\(maker.folder.path)/\(Store.databaseName)")
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; \(sql)")
        }
        try database.close()
    }
}
