package import EnrolmentCore
import GRDB
package import OfflineCacheSchema

/// What has been captured for a case that is not sealed yet.
package struct Draft: Hashable, Sendable, CustomStringConvertible {
    package let caseID: CaseID
    package let visitID: VisitID
    /// 1 for the first save, one more for each.
    package let revision: Int
    package let savedAt: Timestamp
    /// Personal data throughout.
    package let content: [UInt8]

    package var description: String { "Draft(\(caseID)@\(revision), \(content.count) bytes)" }
}

/// The drafts, sealed on disk: one for each case, each save in the place of the last.
package struct DraftStore: Sendable {
    static let table = "draft"

    let store: Store

    /// Saves the content of a case; on disk when this returns.
    ///
    /// - Parameter revision: The one that the content was made from; 0 for a new draft.
    /// - Returns: The new revision.
    /// - Throws: `draftChanged` when the store holds another revision: two screens on one case must not
    ///   overwrite each other.
    package func save(
        _ content: [UInt8], for caseID: CaseID, in visitID: VisitID, after revision: Int
    ) async throws(StoreError) -> Int {
        try await store.transact(.saveDraft) { store, database in
            let held = try Self.revision(of: caseID, database) ?? 0
            guard held == revision else { throw StoreError.draftChanged(caseID, held: held) }
            let next = held + 1
            let sealed = try store.sealing.seal(content, as: Self.name(caseID, next))
            try database.execute(
                sql: """
                    INSERT INTO draft (case_id, visit_id, revision, saved_at, sealed) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (case_id) DO UPDATE SET
                        visit_id = excluded.visit_id, revision = excluded.revision, saved_at = excluded.saved_at,
                        sealed = excluded.sealed
                    """,
                arguments: [
                    caseID.text, visitID.text, next, store.clock.now().milliseconds, databaseBlob(sealed),
                ])
            return next
        }
    }

    /// The draft of a case; nil when there is none.
    package func draft(of caseID: CaseID) async throws(StoreError) -> Draft? {
        try await store.perform { store, database in
            try Row.fetchOne(database, sql: "SELECT * FROM draft WHERE case_id = ?", arguments: [caseID.text])
                .map { try Self.draft($0, store) }
        }
    }

    /// The cases that have a draft, oldest save first.
    package func cases() async throws(StoreError) -> [CaseID] {
        try await store.perform { _, database in
            try String.fetchAll(database, sql: "SELECT case_id FROM draft ORDER BY saved_at, case_id").map {
                CaseID($0)
            }
        }
    }

    /// Throws a draft away; the journal keeps who did it and why, and nothing of what it held.
    package func discard(
        _ caseID: CaseID, because reason: DiscardReason, by officer: OfficerID
    ) async throws(StoreError) {
        try await store.perform { store, database in
            let parts = try String.fetchAll(
                database, sql: "SELECT packet_id FROM sealing WHERE case_id = ?", arguments: [caseID.text])
            for part in parts { try store.removePacketFiles(named: part, operation: .discardDraft) }
            try store.commit(.discardDraft, database) {
                guard try Self.revision(of: caseID, database) != nil else { throw StoreError.unknownDraft(caseID) }
                try Self.destroy(caseID, database)
                try Journal.add(
                    .draftDiscarded, at: store.clock.now(), caseID: caseID, officer: officer, reason: reason.code,
                    to: database)
            }
            try store.probe.reached(.committed, of: .discardDraft)
            store.shrinkLog(database)
        }
    }

    static func revision(of caseID: CaseID, _ database: Database) throws -> Int? {
        try Int.fetchOne(database, sql: "SELECT revision FROM draft WHERE case_id = ?", arguments: [caseID.text])
    }

    static func destroy(_ caseID: CaseID, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM sealing WHERE case_id = ?", arguments: [caseID.text])
        try database.execute(sql: "DELETE FROM draft WHERE case_id = ?", arguments: [caseID.text])
    }

    private static func name(_ caseID: CaseID, _ revision: Int) -> RecordName {
        RecordName(table: table, id: caseID.text, revision: revision)
    }

    private static func draft(_ row: Row, _ store: Store) throws -> Draft {
        let (caseID, revision) = (CaseID(row["case_id"]), row["revision"] as Int)
        return Draft(
            caseID: caseID, visitID: VisitID(row["visit_id"]), revision: revision,
            savedAt: timestamp(row["saved_at"]),
            content: try store.sealing.open(bytes(row["sealed"]), as: name(caseID, revision)))
    }
}
