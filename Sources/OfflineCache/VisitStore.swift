package import EnrolmentCore
import FoundationEssentials
import GRDB

/// The visits that the office planned, sealed on disk.
package struct VisitStore: Sendable {
    private static let table = "visit"

    let store: Store

    /// Keeps visits, replacing those with the same identifier; all or none.
    package func replace(_ visits: [Visit]) async throws(StoreError) {
        try await store.transact(.importVisit) { store, database in
            for visit in visits { try Self.put(visit, store, database) }
        }
    }

    /// Every planned visit, by day and then by identifier.
    package func all() async throws(StoreError) -> [Visit] {
        try await store.perform { store, database in
            // By the day that lies under the key: the one beside it is only for whoever looks at the table.
            try Row.fetchAll(database, sql: "SELECT * FROM visit ORDER BY id").map { try Self.visit($0, store) }
                .sorted { ($0.plannedFor.iso8601, $0.id.text) < ($1.plannedFor.iso8601, $1.id.text) }
        }
    }

    package func visit(_ id: VisitID) async throws(StoreError) -> Visit {
        try await store.perform { store, database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM visit WHERE id = ?", arguments: [id.text])
            else { throw StoreError.unknownVisit(id) }
            return try Self.visit(row, store)
        }
    }

    /// Forgets a visit that is over; its packets stay.
    package func remove(_ id: VisitID) async throws(StoreError) {
        try await store.perform { store, database in
            try store.commit(.importVisit, database) {
                try database.execute(sql: "DELETE FROM visit WHERE id = ?", arguments: [id.text])
            }
            store.sweepQuietly(database)
        }
    }

    private static func put(_ visit: Visit, _ store: Store, _ database: Database) throws {
        let held = try Int.fetchOne(
            database, sql: "SELECT revision FROM visit WHERE id = ?", arguments: [visit.id.text])
        let revision = (held ?? 0) + 1
        let content = [UInt8](try JSONEncoder().encode(visit))
        let sealed = try store.sealing.seal(
            content, as: RecordName(table: table, id: visit.id.text, revision: revision))
        try database.execute(
            sql: """
                INSERT INTO visit (id, planned_for, revision, sealed) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    planned_for = excluded.planned_for, revision = excluded.revision, sealed = excluded.sealed
                """,
            arguments: [visit.id.text, visit.plannedFor.iso8601, revision, databaseBlob(sealed)])
        if held == nil { try Journal.add(.visitImported, at: store.clock.now(), to: database) }
    }

    private static func visit(_ row: Row, _ store: Store) throws -> Visit {
        let name = RecordName(table: table, id: try row.value("id"), revision: try row.value("revision"))
        let content = try store.sealing.open(bytes(try row.value("sealed")), as: name)
        guard let visit = try? JSONDecoder().decode(Visit.self, from: Data(content)) else {
            throw StoreError.recordDamaged(name)
        }
        return visit
    }
}
