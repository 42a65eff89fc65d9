import EnrolmentCore
import GRDB
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Signed lists in the store")
struct SignedListStoreTests {
    private let maker: StoreMaker
    private let store: Store
    private let signer = ListSigner(key: ReceiptSigningKey())

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    @Test("a list comes back as it was signed, after a restart too")
    func roundTrip() async throws {
        let list = try roster(3)
        #expect(try await store.lists.list(.roster) == nil)
        #expect(try await store.lists.keep(list) == .kept)
        store.close()
        let again = try await maker.open()
        let held = try #require(try await again.lists.list(.roster))
        #expect(held.compact == list.compact)
        #expect(held.version == 3)
        #expect(try await again.lists.list(.cardRoots) == nil)
        again.close()
    }

    @Test("a list gives way to a later one only, and each kind counts by itself")
    func versions() async throws {
        #expect(try await store.lists.keep(try roster(3)) == .kept)
        #expect(try await store.lists.keep(try roster(3)) == .notNewer(held: 3))
        #expect(try await store.lists.keep(try roster(2)) == .notNewer(held: 3))
        #expect(try await store.lists.keep(try signer.sign(cardRoots: Array(#"{"version":1}"#.utf8))) == .kept)
        #expect(try await store.lists.keep(try roster(4)) == .kept)
        #expect(try await store.lists.list(.roster)?.version == 4)
        #expect(try await store.lists.list(.cardRoots)?.version == 1)
        store.close()
    }

    @Test("an earlier list that was put back, or one that was taken out, is found out by the journal")
    func goneBack() async throws {
        _ = try await store.lists.keep(try roster(1))
        let old = try await row()
        _ = try await store.lists.keep(try roster(2))
        try await tamper { database in
            try database.execute(
                sql: "UPDATE signed_list SET version = 1, sealed = ? WHERE name = 'roster'",
                arguments: [databaseBlob(old)])
        }
        await #expect(throws: StoreError.listGoneBack("roster", known: 2)) { try await store.lists.list(.roster) }
        try await tamper { try $0.execute(sql: "DELETE FROM signed_list") }
        await #expect(throws: StoreError.listGoneBack("roster", known: 2)) { try await store.lists.list(.roster) }
        // Neither helps to get an older one in, and the one that is missing can come again.
        #expect(try await store.lists.keep(try roster(1)) == .notNewer(held: 2))
        #expect(try await store.lists.keep(try roster(2)) == .kept)
        #expect(try await store.lists.list(.roster)?.version == 2)
        store.close()
    }

    @Test(
        "a row that is not as the kit wrote it lets nobody in, and gives way to what central signed; to nothing older",
        arguments: [
            "stored_at = stored_at + 1", "mac = zeroblob(32)", "mac = NULL", "version = 9", "version = 1",
            "sealed = zeroblob(100)", "sealed = x''",
        ])
    func damaged(_ change: String) async throws {
        _ = try await store.lists.keep(try roster(1))
        _ = try await store.lists.keep(try roster(2))
        // Another list's row is not taken for it.
        _ = try await store.lists.keep(try signer.sign(cardRoots: Array(#"{"version":1}"#.utf8)))
        try await tamper { try $0.execute(sql: "UPDATE signed_list SET \(change) WHERE name = 'roster'") }
        store.close()
        let (again, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows == [ChangedRow(table: "signed_list", key: "roster")])
        await #expect(throws: StoreError.self) { try await again.lists.list(.roster) }
        #expect(try await again.lists.keep(try roster(1)) == .notNewer(held: 2))
        #expect(try await again.lists.keep(try roster(2)) == .kept)
        #expect(try await again.lists.list(.roster)?.version == 2)
        #expect(try await again.lists.keep(try roster(2)) == .notNewer(held: 2))
        #expect(try await again.lists.keep(try roster(3)) == .kept)
        #expect(try await again.lists.list(.cardRoots)?.version == 1)
        again.close()
        #expect(try await maker.openReporting().recovery.changedRows.isEmpty)
    }

    @Test("a whole list of which the journal does not tell can be kept again, and none before it")
    func journalBehind() async throws {
        _ = try await store.lists.keep(try roster(4))
        _ = try await store.lists.keep(try roster(5))
        try await tamper { database in
            try database.execute(
                sql: "DROP TRIGGER journal_is_not_edited; UPDATE journal SET reason = '4' WHERE reason = '5'")
        }
        await #expect(throws: StoreError.listGoneBack("roster", known: 4)) { try await store.lists.list(.roster) }
        #expect(try await store.lists.keep(try roster(4)) == .notNewer(held: 5))
        #expect(try await store.lists.keep(try roster(5)) == .kept)
        #expect(try await store.lists.list(.roster)?.version == 5)
        store.close()
    }

    @Test("the database itself refuses to lower or to remove a list")
    func triggers() async throws {
        _ = try await store.lists.keep(try roster(2))
        for sql in ["UPDATE signed_list SET version = 1", "DELETE FROM signed_list"] {
            await #expect(throws: StoreError.self) {
                try await store.transact(.keepList) { _, database in try database.execute(sql: sql) }
            }
        }
        store.close()
    }

    @Test("the roster's own time counts as one that has been")
    func time() async throws {
        _ = try await store.lists.keep(try roster(1, issuedAt: .noon.advanced(by: .seconds(5000))))
        #expect(try await store.clockMark.lastKnown() == .noon.advanced(by: .seconds(5000)))
        #expect(try await store.clockMark.latest(.noon) == .noon.advanced(by: .seconds(5000)))
        store.close()
    }

    @Test("no national number lies readable on the disk, and none is printed")
    func leaks() async throws {
        let list = try roster(1)
        _ = try await store.lists.keep(list)
        let held = try #require(try await store.lists.list(.roster))
        #expect(!"\(held)".contains("85073003328"))
        store.close()
        for (name, bytes) in try maker.folder.files() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("85073003328"), "\(name)")
            #expect(!String(decoding: bytes, as: UTF8.self).contains(list.compact.prefix(60)), "\(name)")
        }
    }

    private func roster(_ version: Int, issuedAt: Timestamp = .noon) throws -> SignedList {
        try signer.sign(
            OfficerRoster(
                version: version, kit: Kit.real.id, issuedAt: issuedAt,
                validUntil: issuedAt.advanced(by: .seconds(86_400)),
                officers: [RosterOfficer(id: OfficerID("o-12"), nationalNumber: NationalNumber("85073003328"))]))
    }

    private func row() async throws -> [UInt8] {
        try await store.perform { _, database in
            bytes(try Row.fetchOne(database, sql: "SELECT sealed FROM signed_list")?["sealed"] ?? .init())
        }
    }

    /// As somebody does who opens the file with another program.
    private func tamper(_ change: @escaping @Sendable (Database) throws -> Void) async throws {
        try await store.perform { _, database in
            let rules = try Row.fetchAll(
                database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'signed_list'"
            )
            for rule in rules { try database.execute(sql: "DROP TRIGGER \(rule["name"] as String)") }
            try change(database)
            for rule in rules { try database.execute(sql: rule["sql"] as String) }
        }
    }
}
