import EnrolmentCore
import GRDB
import Testing

@testable import OfflineCache

@Suite("The journal")
struct JournalTests {
    private let maker: StoreMaker
    private let store: Store

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: Signatures())
        _ = try await store.sealPacket("c2", signatures: Signatures())
        _ = try await store.sealPacket("c3", signatures: Signatures())
    }

    @Test("is whole as written")
    func whole() async throws {
        try await store.journal.verify()
        #expect(try await store.journal.lines().map(\.position) == [1, 2, 3, 4, 5, 6])
    }

    @Test("cannot be edited or shortened through the database")
    func triggers() async throws {
        for sql in ["UPDATE journal SET reason = 'x'", "DELETE FROM journal"] {
            await #expect(throws: StoreError.self) {
                try await store.transact(.record) { _, database in try database.execute(sql: sql) }
            }
        }
        try await store.journal.verify()
    }

    @Test(
        "shows where a line was changed, taken out or put in by someone who got round that",
        arguments: [
            ("UPDATE journal SET officer = 'o-9' WHERE position = 2", 2),
            ("UPDATE journal SET at = at + 1 WHERE position = 1", 1),
            ("DELETE FROM journal WHERE position = 2", 2),
            ("DELETE FROM journal WHERE position = 1", 1),
            ("UPDATE journal SET position = 9 WHERE position = 3", 3),
        ])
    func tampered(sql: String, position: Int) async throws {
        try await store.transact(.record) { _, database in
            try database.execute(sql: "DROP TRIGGER journal_is_not_edited; DROP TRIGGER journal_is_not_shortened;")
            try database.execute(sql: sql)
        }
        await #expect(throws: StoreError.journalBroken(position: position)) { try await store.journal.verify() }
        await #expect(throws: StoreError.journalBroken(position: position)) { try await store.check() }
    }
}
