package import EnrolmentCore
import FoundationEssentials
import GRDB
package import OfflineCacheSchema
import PacketFormat

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
///
/// A draft lies in two rows: what was captured, sealed under a key of its own, and that key, sealed under
/// the store key. It exists for as long as the small row with the key does. Destroying it is deleting that
/// row, which SQLite overwrites with zeros in the same transaction; the large one is swept afterwards
/// (`Store.settle`).
package struct DraftStore: Sendable {
    static let table = "draft"
    static let keyTable = "draft_key"

    let store: Store

    /// Saves the content of a case; on disk when this returns.
    ///
    /// - Parameter revision: The one that the content was made from; 0 for a new draft.
    /// - Returns: The new revision.
    /// - Throws: `draftChanged` when the store holds another revision: two screens on one case must not
    ///   overwrite each other. `noRoomToBegin` for a new draft when the disk is nearly full; one that was
    ///   begun may always be saved again.
    package func save(
        _ content: [UInt8], for caseID: CaseID, in visitID: VisitID, after revision: Int
    ) async throws(StoreError) -> Int {
        try await store.transact(.saveDraft, of: content.count) { store, database in
            let held = try Self.head(of: caseID, database)
            guard held?.revision ?? 0 == revision else {
                throw StoreError.draftChanged(caseID, held: held?.revision ?? 0)
            }
            if held == nil { try store.requireRoomToBegin(database) }
            let now = store.clock.now()
            let next = revision + 1
            let key = try held?.key ?? Self.makeKey(for: caseID, at: now, store, database)
            let sealed = try store.sealing.seal(content, as: Self.name(caseID, next), under: key)
            try database.cachedStatement(sql: Self.insertion).execute(arguments: [
                caseID.text, visitID.text, next, now.milliseconds, databaseBlob(sealed),
            ])
            if held == nil { try Journal.add(.caseBegun, at: now, caseID: caseID, to: database) }
            return next
        }
    }

    private static let insertion = """
        INSERT INTO draft (case_id, visit_id, revision, saved_at, sealed, mac)
        VALUES (?1, ?2, ?3, ?4, ?5,
            \(SealedTable.draft.sealed(["?1", "?2", "?3", "?4", "(SELECT made_at FROM draft_key WHERE case_id = ?1)"])))
        ON CONFLICT (case_id) DO UPDATE SET
            visit_id = excluded.visit_id, revision = excluded.revision, saved_at = excluded.saved_at,
            sealed = excluded.sealed, mac = excluded.mac
        """

    /// The draft of a case; nil when there is none.
    ///
    /// - Throws: `rowChanged` for one whose rows are not as the kit wrote them; `discard` takes it away.
    package func draft(of caseID: CaseID) async throws(StoreError) -> Draft? {
        try await store.perform { store, database in
            guard let head = try Self.head(of: caseID, database) else { return nil }
            try store.requireMemory(toRead: head.count, database)
            let row = try Row.fetchOne(database, sql: "SELECT * FROM draft WHERE case_id = ?", arguments: [caseID.text])
            let name = Self.name(caseID, head.revision)
            guard let row else { throw StoreError.recordDamaged(name) }
            let sealed = bytes(try row.value("sealed"))
            let content =
                if let key = head.key {
                    try store.sealing.open(sealed, as: name, under: key)
                } else {
                    try store.sealing.open(sealed, as: name)
                }
            return Draft(
                caseID: caseID, visitID: head.visitID, revision: head.revision,
                savedAt: timestamp(try row.value("saved_at")), content: content)
        }
    }

    /// The cases that have a draft, oldest save first; one that cannot be opened is among them.
    package func cases() async throws(StoreError) -> [CaseID] {
        try await store.perform { _, database in
            let sql = """
                SELECT draft_key.case_id, saved_at FROM draft_key LEFT JOIN draft USING (case_id)
                UNION ALL SELECT case_id, saved_at FROM draft WHERE \(Self.isHalf)
                ORDER BY saved_at, case_id
                """
            return try Row.fetchAll(database, sql: sql).map { CaseID(try $0.value("case_id")) }
        }
    }

    /// Throws a draft away; the journal keeps who did it and why, and nothing of what it held. When this
    /// returns nothing of it is in the database or its log.
    package func discard(
        _ caseID: CaseID, because reason: DiscardReason, by officer: OfficerID
    ) async throws(StoreError) {
        try await store.perform { store, database in
            if let packet = try SealingRow.packet(of: caseID, database) {
                try store.removePacketFiles(of: packet, operation: .discardDraft)
            }
            try store.commit(.discardDraft, database) {
                guard try Self.isHeld(caseID, database) else { throw StoreError.unknownDraft(caseID) }
                try Self.destroy(caseID, database)
                try Journal.add(
                    .draftDiscarded, at: store.clock.now(), caseID: caseID, officer: officer, reason: reason.code,
                    to: database)
            }
            try store.probe.reached(.committed, of: .discardDraft)
            store.sweepQuietly(database)
        }
    }

    /// What is known of a draft without opening it.
    struct Head {
        let visitID: VisitID
        let revision: Int
        /// Bytes of the sealed record.
        let count: Int
        /// Nil for a draft of an earlier program, until its next save.
        let key: SealedRecordKey?
    }

    /// Nil when there is no draft, or only what a destroyed one left.
    ///
    /// - Throws: `rowChanged` also where only one of its two rows is there: nothing is put in the other's place.
    static func head(of caseID: CaseID, _ database: Database) throws -> Head? {
        let sql = """
            SELECT visit_id, revision, LENGTH(draft.sealed) AS count, draft_key.sealed AS draft_key,
                \(SealedTable.draft.isWhole) AS is_whole
            FROM draft_key JOIN draft USING (case_id) WHERE draft_key.case_id = ?
            """
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [caseID.text]) else {
            guard try !isHeld(caseID, database) else {
                throw StoreError.rowChanged(ChangedRow(table: table, key: caseID.text))
            }
            return nil
        }
        try SealedTable.draft.require(row, caseID.text)
        let key = (try row.optional("draft_key") as Data?).map { SealedRecordKey(bytes($0), as: keyName(caseID)) }
        return Head(
            visitID: VisitID(try row.value("visit_id")), revision: try row.value("revision"),
            count: try row.value("count"), key: key)
    }

    /// Whether a draft of this name is there, as it was written or not.
    private static func isHeld(_ caseID: CaseID, _ database: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT 1 FROM draft_key WHERE case_id = ?1)
                OR EXISTS (SELECT 1 FROM draft WHERE case_id = ?1 AND \(isHalf))
            """
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [caseID.text]) ?? false
    }

    /// Of a row in `draft`: whether its key is gone, by the journal's word because the draft was destroyed.
    static let isDestroyed = """
        NOT EXISTS (SELECT 1 FROM draft_key WHERE draft_key.case_id = draft.case_id) AND \(ending) IS NOT NULL
            AND \(ending) <> '\(JournalEvent.caseBegun.rawValue)'
        """

    /// The same, and the journal does not say so: the name in one of the two rows was changed, or the key's row is
    /// lost. What is left is kept.
    static let isHalf = """
        NOT EXISTS (SELECT 1 FROM draft_key WHERE draft_key.case_id = draft.case_id)
            AND IFNULL(\(ending), '') IN ('', '\(JournalEvent.caseBegun.rawValue)')
        """

    /// The last that the journal says about the draft of a case.
    private static let ending = """
        (SELECT event FROM journal
        WHERE journal.case_id = draft.case_id AND event IN (
            '\(JournalEvent.caseBegun.rawValue)', '\(JournalEvent.packetSealed.rawValue)',
            '\(JournalEvent.draftDiscarded.rawValue)')
        ORDER BY position DESC LIMIT 1)
        """

    /// Destroys a draft, and the slot of the packet that was being made of it; within a transaction.
    static func destroy(_ caseID: CaseID, _ database: Database) throws {
        try SealingRow.remove(caseID, database)
        let sql = "DELETE FROM draft_key WHERE case_id = ? RETURNING sealed IS NULL AS is_old"
        let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [caseID.text])
        guard try row?.value("is_old") == true else { return }
        // Without a key of its own, only the row itself can be destroyed.
        try database.execute(sql: "DELETE FROM draft WHERE case_id = ?", arguments: [caseID.text])
    }

    private static func makeKey(
        for caseID: CaseID, at now: Timestamp, _ store: Store, _ database: Database
    ) throws -> SealedRecordKey {
        let key = try store.sealing.makeRecordKey(as: keyName(caseID))
        let sql = """
            INSERT INTO draft_key (case_id, made_at, sealed) VALUES (?, ?, ?)
            ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed
            """
        try database.cachedStatement(sql: sql).execute(
            arguments: [caseID.text, now.milliseconds, databaseBlob(key.bytes)])
        return key
    }

    private static func name(_ caseID: CaseID, _ revision: Int) -> RecordName {
        RecordName(table: table, id: caseID.text, revision: revision)
    }

    /// The key stays the same for as long as the draft lives.
    private static func keyName(_ caseID: CaseID) -> RecordName {
        RecordName(table: keyTable, id: caseID.text, revision: 1)
    }
}
