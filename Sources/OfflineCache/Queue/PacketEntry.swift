import EnrolmentCore
import FoundationEssentials
import GRDB
import PacketFormat

/// The packet that entered the queue last: one row of one page, so that entering costs one synchronised write, as
/// little as anything that is durable can.
///
/// From that row on the packet is in the queue. What follows from it is the store's next work (`enterBooks`): its
/// own row with its indices, the kit's chain, the journal's line, and the end of its draft, in one transaction.
/// Nothing else is written before, and nobody reads before; when power goes in between, opening does it.
enum PacketEntry {
    /// Writes the row if slot, draft and chain are still as they were when the sealing began, and no other packet
    /// has entered; durable when this returns.
    ///
    /// - Parameter isUnchanged: whether nothing at all was changed since (`Store.isUnchanged(since:)`); then none of
    ///   it has to be looked up again.
    /// - Returns: false when something is otherwise; then nothing was written.
    static func write(
        _ packet: QueuedPacket, _ slot: SealingSlot, isUnchanged: Bool, at now: Timestamp, _ seals: RowSeals,
        _ database: Database
    ) throws -> Bool {
        let fields = packet.sealedFields
        var values: [any StatementBinding] = [
            fields[0], packet.sequence, packet.caseID.text, packet.visitID.text, packet.isUrgent,
            packet.sealedAt.milliseconds, packet.manifest, packet.fileSize, packet.fileDigest,
            databaseBlob(seals.seal(of: fields)), now.milliseconds,
        ]
        if !isUnchanged { values += [slot.revision, slot.previousManifestDigest] as [any StatementBinding] }
        try database.cachedStatement(sql: isUnchanged ? insertion : insertionIfUnchanged).execute(binding: values)
        return database.changesCount == 1
    }

    private static let insertion = """
        INSERT INTO packet_entry (
            number, id, sequence, case_id, visit_id, is_urgent, sealed_at, manifest, file_size, file_digest, mac,
            entered_at)
        SELECT 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
        """

    private static let insertionIfUnchanged = """
        \(insertion)
        WHERE EXISTS (SELECT 1 FROM sealing_slot WHERE case_id = ?3 AND packet_id = ?1)
            AND EXISTS (
                SELECT 1 FROM draft_key JOIN draft USING (case_id)
                WHERE draft_key.case_id = ?3 AND revision = ?12 AND visit_id = ?4)
            AND EXISTS (SELECT 1 FROM chain_head WHERE chain = 'manifest' AND sequence = ?2 - 1 AND digest IS ?13)
            AND NOT EXISTS (SELECT 1 FROM rollback_mark WHERE accepted_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM packet_entry)
        """

    /// - Parameter seals: nil where there is no key.
    /// - Throws: `packetDamaged` for a row that is not as it was written.
    static func fetch(_ seals: RowSeals?, _ database: Database) throws -> QueuedPacket? {
        let sql = """
            SELECT *, 'sealed' AS state, NULL AS upload_url, 0 AS upload_offset, NULL AS receipt,
                NULL AS received_at, NULL AS purged_at, NULL AS problem
            FROM packet_entry
            """
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql)) else { return nil }
        return try QueuedPacket(row, seals)
    }

    /// Does what follows from an entry; within a transaction.
    ///
    /// - Parameter isWhole: false for a packet whose file is not there: then it is as if it had not entered, since
    ///   its draft is.
    static func enterBooks(
        _ seals: RowSeals, _ database: Database, if isWhole: (QueuedPacket) throws -> Bool
    ) throws {
        if let packet = try readable(seals, database), try isWhole(packet) {
            try database.cachedStatement(
                sql: """
                    INSERT INTO packet (
                        id, sequence, case_id, visit_id, state, is_urgent, sealed_at, manifest, file_size, file_digest,
                        mac)
                    SELECT id, sequence, case_id, visit_id, 'sealed', is_urgent, sealed_at, manifest, file_size,
                        file_digest, mac
                    FROM packet_entry
                    """
            ).execute()
            try DraftStore.destroy(packet.caseID, database)
            let digest = SignedManifest.digest(of: packet.manifest)
            try ChainHead.advance(.manifest, to: packet.sequence, digest: digest, database)
            // By a time that its seal covers, as `entered_at` is not.
            try Journal.add(
                .packetSealed, at: packet.sealedAt, caseID: packet.caseID, packetID: packet.id, to: database)
        }
        try database.cachedStatement(sql: "DELETE FROM packet_entry").execute()
    }
}

extension PacketEntry {
    /// Seals what an earlier program left, as `QueuedPacket.sealAll` does.
    static func seal(_ seals: RowSeals, insteadOf earlier: RowSeals?, _ database: Database) throws {
        guard let packet = try? fetch(earlier, database) else { return }
        try database.execute(
            sql: "UPDATE packet_entry SET mac = ?",
            arguments: [databaseBlob(seals.seal(of: packet.sealedFields))])
    }

    /// Nil for one that is not as it was written, or that lies in an older copy, in which the kit has none enter: its
    /// draft is still there, and is sealed anew.
    fileprivate static func readable(
        _ seals: RowSeals, _ database: Database
    ) throws -> QueuedPacket? {
        let isOlderCopy = "SELECT EXISTS (SELECT 1 FROM rollback_mark WHERE accepted_at IS NULL)"
        guard try Bool.fetchOne(database.cachedStatement(sql: isOlderCopy)) == false else { return nil }
        do {
            return try fetch(seals, database)
        } catch is StoreError {
            return nil
        }
    }
}

extension Store {
    /// Remembers a slot that is given out now, when all that it says was just looked up.
    func remember(_ slot: SealingSlot, _ database: Database) {
        newestSlot.withLock { $0 = (slot, database.totalChangesCount) }
    }

    /// Whether no row of the database was changed since this slot was given out.
    ///
    /// All changes go through this one connection, since the folder's lock keeps every other program out.
    func isUnchanged(since slot: SealingSlot, _ database: Database) -> Bool {
        newestSlot.withLock { $0.map { $0.slot == slot && $0.changes == database.totalChangesCount } ?? false }
    }

    /// Puts a packet that has entered the queue in its books, if there is one; comes before everything else.
    func enterBooks(_ database: Database) throws {
        try enterBooks(database) { _ in true }
    }

    private func enterBooks(_ database: Database, if isWhole: (QueuedPacket) throws -> Bool) throws {
        guard hasEntry.withLock({ $0 }) else { return }
        try write(.enterBooks, database) { try PacketEntry.enterBooks(rowSeals, database, if: isWhole) }
        hasEntry.withLock { $0 = false }
        hasRemains.withLock { $0 = true }
        try probe.reached(.committed, of: .enterBooks)
    }

    /// Finds what a power cut left between the two.
    ///
    /// A commit that failed may be there all the same after a power cut, with its packet given up in between: so the
    /// file is looked for.
    ///
    /// - Returns: how many packets that are, and those whose row is not as the kit wrote it: they do not enter, and
    ///   their drafts are still there.
    func findEntry(_ database: Database) throws -> (entered: Int, changed: [ChangedRow]) {
        let found = try String.fetchAll(database, sql: "SELECT IFNULL(id, '') FROM packet_entry")
        let isWhole = try PacketEntry.readable(rowSeals, database) != nil
        hasEntry.withLock { $0 = !found.isEmpty }
        try enterBooks(database) { try packetFiles.size(of: $0.fileName) == $0.fileSize }
        return isWhole ? (found.count, []) : (0, found.map { ChangedRow(table: "packet_entry", key: $0) })
    }
}
