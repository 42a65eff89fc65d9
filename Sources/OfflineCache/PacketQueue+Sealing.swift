package import EnrolmentCore
import GRDB
package import PacketFormat

/// A packet that is being made out of a draft: what its manifest must say, and where its file goes.
package struct SealingSlot: Hashable, Sendable {
    package let packetID: PacketID
    package let caseID: CaseID
    /// The draft's revision that is being sealed.
    package let revision: Int
    /// For the manifest.
    package let sequence: Int
    /// For the manifest.
    package let previousManifestDigest: String?
    /// The file to write, by an absolute path; `stage` writes it whole.
    package let partPath: String
}

extension PacketQueue {
    /// Begins to seal the draft of a case; an earlier slot of the same case is given back.
    ///
    /// The number in the slot is given away only by `enqueue`: of two slots that are open at once, the
    /// second to be enqueued fails with `outOfTurn` and must be sealed again. That keeps the manifests
    /// without a gap, whatever is abandoned or cut short.
    package func beginSealing(
        _ id: PacketID, of caseID: CaseID, at revision: Int
    ) async throws(StoreError) -> SealingSlot {
        try await store.perform { store, database in
            try RollbackMark.requireNone(database)
            try Self.requireDraft(caseID, revision, database)
            let earlier = try String.fetchAll(
                database, sql: "SELECT packet_id FROM sealing WHERE case_id = ?", arguments: [caseID.text])
            for text in earlier { try store.removePacketFiles(named: text, operation: .beginSealing) }
            try store.commit(.beginSealing, database) {
                try database.execute(sql: "DELETE FROM sealing WHERE case_id = ?", arguments: [caseID.text])
                try database.execute(
                    sql: "INSERT INTO sealing (packet_id, case_id) VALUES (?, ?)",
                    arguments: [id.description, caseID.text])
            }
            try store.probe.reached(.committed, of: .beginSealing)
            let head = try ChainHead.fetch(.manifest, database)
            return SealingSlot(
                packetID: id, caseID: caseID, revision: revision, sequence: head.sequence + 1,
                previousManifestDigest: head.digest,
                partPath: store.packetFiles.path(of: QueuedPacket.partName(of: id)))
        }
    }

    /// Writes the whole age file into the slot.
    package func stage(_ file: [UInt8], in slot: SealingSlot) async throws(StoreError) {
        try await store.perform { store, _ in
            try store.packetFiles.write(file, to: QueuedPacket.partName(of: slot.packetID))
            try store.probe.reached(.fileWritten, of: .stage)
        }
    }

    /// Gives a slot back, with whatever was written for it.
    package func abandonSealing(_ slot: SealingSlot) async throws(StoreError) {
        try await store.perform { store, database in
            guard try Self.isOpen(slot, database) else { return }
            try store.removePacketFiles(named: slot.packetID.description, operation: .abandonSealing)
            try store.commit(.abandonSealing, database) { try Self.close(slot, database) }
            try store.probe.reached(.committed, of: .abandonSealing)
        }
    }

    /// Puts the staged packet in the queue and destroys its draft, in one step.
    ///
    /// The file is read back and compared with the manifest first. When this returns the packet is on the
    /// disk; when it throws the draft still is, and the slot may be abandoned or tried again.
    package func enqueue(
        _ signed: SignedManifest, from slot: SealingSlot, isUrgent: Bool
    ) async throws(StoreError) -> QueuedPacket {
        try await store.perform { store, database in
            try Self.requireOpen(slot, database)
            try Self.requireDraft(slot.caseID, slot.revision, database)
            try store.check(signed.manifest, against: slot, database)
            try store.placeFile(of: slot, as: signed.manifest)
            let packet = try store.commit(.enqueue, database) {
                try Self.insert(signed, slot, isUrgent, store.clock.now(), database)
            }
            try store.probe.reached(.committed, of: .enqueue)
            store.shrinkLog(database)
            return packet
        }
    }

    private static func insert(
        _ signed: SignedManifest, _ slot: SealingSlot, _ isUrgent: Bool, _ now: Timestamp, _ database: Database
    ) throws -> QueuedPacket {
        let manifest = signed.manifest
        let visitID = try String.fetchOne(
            database, sql: "SELECT visit_id FROM draft WHERE case_id = ?", arguments: [slot.caseID.text])
        try database.execute(
            sql: """
                INSERT INTO packet (
                    id, sequence, case_id, visit_id, state, is_urgent, sealed_at, manifest, file_size, file_digest)
                VALUES (?, ?, ?, ?, 'sealed', ?, ?, ?, ?, ?)
                """,
            arguments: [
                slot.packetID.description, slot.sequence, slot.caseID.text, visitID, isUrgent,
                manifest.sealedAt.milliseconds, signed.compact, manifest.fileSize, manifest.fileDigest,
            ])
        try DraftStore.destroy(slot.caseID, database)
        try ChainHead.advance(.manifest, to: slot.sequence, digest: signed.digest, database)
        try Journal.add(.packetSealed, at: now, caseID: slot.caseID, packetID: slot.packetID, to: database)
        return try QueuedPacket.fetch(database, slot.packetID)
    }

    private static func requireDraft(_ caseID: CaseID, _ revision: Int, _ database: Database) throws {
        guard let held = try DraftStore.revision(of: caseID, database) else { throw StoreError.unknownDraft(caseID) }
        guard held == revision else { throw StoreError.draftChanged(caseID, held: held) }
    }

    private static func isOpen(_ slot: SealingSlot, _ database: Database) throws -> Bool {
        let found = try String.fetchOne(
            database, sql: "SELECT case_id FROM sealing WHERE packet_id = ?", arguments: [slot.packetID.description])
        return found == slot.caseID.text
    }

    private static func requireOpen(_ slot: SealingSlot, _ database: Database) throws {
        guard try isOpen(slot, database) else { throw StoreError.unknownPacket(slot.packetID) }
    }

    private static func close(_ slot: SealingSlot, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM sealing WHERE packet_id = ?", arguments: [slot.packetID.description])
    }
}

extension Store {
    fileprivate func check(_ manifest: Manifest, against slot: SealingSlot, _ database: Database) throws {
        let head = try ChainHead.fetch(.manifest, database)
        guard slot.sequence == head.sequence + 1, slot.previousManifestDigest == head.digest else {
            throw StoreError.outOfTurn(expected: head.sequence + 1)
        }
        guard manifest.packetID == slot.packetID else { throw StoreError.manifestDisagrees("packetID") }
        guard manifest.sequence == slot.sequence else { throw StoreError.manifestDisagrees("sequence") }
        guard manifest.previousManifestDigest == slot.previousManifestDigest else {
            throw StoreError.manifestDisagrees("previousManifestDigest")
        }
        guard manifest.kit == kit.id else { throw StoreError.manifestDisagrees("kit") }
        guard manifest.isTraining == kit.isTraining else { throw StoreError.manifestDisagrees("isTraining") }
    }

    /// Brings the file under its final name, durably; may be repeated.
    fileprivate func placeFile(of slot: SealingSlot, as manifest: Manifest) throws {
        let (part, final) = (QueuedPacket.partName(of: slot.packetID), QueuedPacket.fileName(of: slot.packetID))
        let name = try packetFiles.size(of: part) == nil ? final : part
        try packetFiles.sync(name)
        try probe.reached(.fileSynced, of: .enqueue)
        try verifyFile(name, of: slot.packetID, size: manifest.fileSize, digest: manifest.fileDigest)
        if name == part { try packetFiles.rename(part, to: final) }
        try probe.reached(.fileRenamed, of: .enqueue)
        try packetFiles.syncFolder()
        try probe.reached(.folderSynced, of: .enqueue)
    }

    func verifyFile(of packet: QueuedPacket) throws {
        try verifyFile(packet.fileName, of: packet.id, size: packet.fileSize, digest: packet.fileDigest)
    }

    private func verifyFile(_ name: String, of id: PacketID, size: Int, digest: String) throws {
        guard let found = try packetFiles.size(of: name) else { throw StoreError.packetDamaged(id, .fileMissing) }
        guard found == size else { throw StoreError.packetDamaged(id, .fileSizeWrong) }
        guard try packetFiles.digest(of: name) == digest else { throw StoreError.packetDamaged(id, .fileDigestWrong) }
    }

    /// Removes what lies on disk under a packet's name, finished or not.
    func removePacketFiles(named text: String, operation: StoreOperation) throws {
        guard let id = PacketID(text) else { throw StoreError.unreadable("the database (packet name)") }
        try packetFiles.remove(QueuedPacket.partName(of: id))
        try packetFiles.remove(QueuedPacket.fileName(of: id))
        try probe.reached(.fileRemoved, of: operation)
        try packetFiles.syncFolder()
        try probe.reached(.folderSynced, of: operation)
    }
}
