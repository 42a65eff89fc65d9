import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema
import Testing

@testable import OfflineCache

@Suite("Seals on every row of the store")
struct SealedTableTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    /// Tables of which something else tells that a row was changed, or in which a change does nothing.
    private static let others = [
        // Compared with the kit at each opening; its own record is sealed.
        "store_mark",
        // Sealed by name and revision; `planned_for` is read by nobody.
        "visit",
        // Under the seal of `draft`.
        "draft_key",
        // Emptied at each opening; a name in it that is no unfinished packet's does nothing.
        "sealing_slot",
        // Sealed as `QueuedPacket`, every column.
        "packet", "packet_entry",
        // Chained, and signed at each close of a day.
        "journal",
        // Empty but inside of a transaction.
        "key_work",
        // A name that is changed is a schema that nobody knows.
        "grdb_migrations",
    ]

    @Test("each table of the schema has its answer, and each column of a sealed one is under the seal")
    func schema() async throws {
        let store = try await maker.open()
        let tables = try await store.perform { _, database in
            try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        }
        #expect(tables == (SealedTable.all.map(\.name) + Self.others).sorted())
        for table in SealedTable.all {
            let columns = try await store.perform { _, database in
                try String.fetchAll(
                    database, sql: "SELECT name FROM pragma_table_info(?) WHERE type <> 'BLOB'", arguments: [table.name]
                )
            }
            for column in columns { #expect(table.seal.contains("\(table.name).\(column)"), "\(table.name).\(column)") }
        }
        store.close()
    }

    /// A row of each table that a store need not have.
    private static let rows = [
        "INSERT INTO packet_export (packet_id, stick, written_at) VALUES ('p', 'stick', 5)",
        "INSERT INTO attempt (packet_id, started_at, ended_at, outcome, bytes_sent) VALUES ('p', 5, 6, 'x', 7)",
        "INSERT INTO signed_list (name, version, stored_at, sealed) VALUES ('roster', 4, 5, x'00')",
        "INSERT INTO revocation_question (asked_at, sealed) VALUES (5, x'00')",
        "INSERT INTO revocation_evidence (kind, fetched_at, sealed_subject, sealed) VALUES ('crl', 5, x'00', x'00')",
        "INSERT INTO officer_passphrase (officer, revision, set_at, sealed) VALUES ('o', 4, 5, x'00')",
        "INSERT INTO passphrase_try (officer, failures, boot, uptime) VALUES ('o', 4, 'b', 5)",
        "INSERT INTO audit_seal (number, day, part, position, statement, sent_at) VALUES (1, 'd', 3, 4, 's', 5)",
        "INSERT INTO clock_reading (boot, uptime, wall, jump) VALUES ('b', 5, 6, 7)",
        "INSERT INTO clock_evidence (source, instant, boot, uptime, reading) VALUES ('roster', 5, 'b', 6, 7)",
        """
        INSERT INTO rollback_mark (
            found_at, found_by, own_sequence, central_sequence, central_digest, accepted_at, accepted_by, continued_after)
        VALUES (5, 'central', 1, 2, 'd', 6, 'o', 7)
        """,
        "INSERT INTO lost_manifest (packet_id, sequence, case_digest, manifest) VALUES ('p', 4, printf('%064d', 1), 'm')",
        "INSERT INTO lost_receipt (sequence, packet_id, receipt) VALUES (4, 'p', 'r')",
        "INSERT INTO machine_counter (id, place, value) VALUES (1, 5, 6)",
        "INSERT INTO draft_key (case_id, made_at, sealed) VALUES ('c', 5, x'00')",
        "INSERT INTO draft (case_id, visit_id, revision, saved_at, sealed) VALUES ('c', 'v', 3, 4, x'00')",
    ]

    @Test("a change in any column of any table is found, and the rows as they were written are not")
    func everyColumn() async throws {
        let store = try await maker.open()
        try await store.perform { _, database in
            try Self.withoutRules(database)
            for sql in Self.rows { try database.execute(sql: sql) }
            for table in SealedTable.all { try table.sealAll(database) }
            try database.execute(sql: "UPDATE chain_head SET sequence = 1, digest = 'd', mac = NULL")
            try SealedTable.chainHead.sealAll(database)
            try store.requireWholeRows(database)
            for table in SealedTable.all {
                let columns = try Row.fetchAll(
                    database, sql: "SELECT name, type FROM pragma_table_info('\(table.name)') WHERE type <> 'BLOB'")
                for column in columns {
                    let (name, type): (String, String) = (try column.value("name"), try column.value("type"))
                    let change = type == "TEXT" ? "\(name) || 'x'" : "\(name) + 1"
                    try Self.expectFound("\(table.name) SET \(name) = \(change)", table.name, store, database)
                    let isKey = table.key.contains(name)
                    guard !isKey else { continue }
                    try Self.expectFound("\(table.name) SET \(name) = NULL", table.name, store, database)
                }
                for mac in ["NULL", "zeroblob(32)", "zeroblob(0)", "substr(mac, 1, 31)"] {
                    try Self.expectFound("\(table.name) SET mac = \(mac)", table.name, store, database)
                }
            }
            try Self.expectFound("draft_key SET made_at = made_at - 1", "draft", store, database)
            try Self.expectFound("draft_key SET case_id = 'x'", "draft", store, database)
        }
        store.close()
    }

    /// The database as whoever has the disk sees it.
    private static func withoutRules(_ database: Database) throws {
        try database.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
        for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
            try database.execute(sql: "DROP TRIGGER \(name)")
        }
    }

    private static func expectFound(
        _ change: String, _ table: String, _ store: Store, _ database: Database
    ) throws {
        try database.inTransaction {
            do {
                // Not every column takes nothing.
                try database.execute(sql: "UPDATE \(change)")
            } catch is DatabaseError {
                return .rollback
            }
            var found: StoreError?
            do {
                try store.requireWholeRows(database)
            } catch {
                found = StoreError(error)
            }
            guard case .rowChanged(let row) = found, row.table == table else {
                Issue.record("\(change): \(found?.description ?? "not found")")
                return .rollback
            }
            #expect(found?.code == .store(.rowChanged))
            return .rollback
        }
    }

    @Test("a table, an index or a rule that was taken out or changed is found by the check")
    func schemaChanged() async throws {
        for change in [
            "DROP TRIGGER journal_is_not_edited", "DROP INDEX packet_by_state", "CREATE TABLE other (id INTEGER)",
            """
            DROP TRIGGER audit_seal_stays; CREATE TRIGGER audit_seal_stays BEFORE DELETE ON audit_seal WHEN 0
            BEGIN SELECT RAISE(ABORT, 'a seal is only added'); END
            """,
        ] {
            let maker = try StoreMaker(try DataFolder())
            let store = try await maker.open()
            try await store.check()
            try await store.perform { _, database in try database.execute(sql: change) }
            await #expect(throws: StoreError.unreadable("the database (schema)"), "\(change)") {
                try await store.check()
            }
            store.close()
        }
    }
}
