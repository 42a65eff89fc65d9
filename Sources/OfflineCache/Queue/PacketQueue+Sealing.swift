package import EnrolmentCore
import GRDB
package import PacketFormat

/// A packet that is being made out of a draft: what its manifest must say, and where its file goes.
package struct SealingSlot: Hashable, Sendable {
    package let packetID: PacketID
    package let caseID: CaseID
    /// The draft's.
    package let visitID: VisitID
    /// The draft's revision that is being sealed.
    package let revision: Int
    /// For the manifest.
    package let sequence: Int
    /// For the manifest.
    package let previousManifestDigest: String?
    /// Of the packet's folder, absolute; a file that is being written has `PacketFileName.unfinished` there,
    /// and `PacketFileName.sealed` when it is whole.
    package let folder: String
}

/// A packet whose file was read back from the disk and is what its manifest says; only `PacketQueue.accept`
/// and `PacketQueue.verify` make one.
package struct VerifiedPacket: Hashable, Sendable {
    package let manifest: SignedManifest
    let slot: SealingSlot
}

/// The single steps of sealing, each durable when it returns and each possible again after a crash. In
/// which order they run is the business of `SealingMachine`.
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
            try store.enterBooks(database)
            try RollbackMark.requireNone(database)
            let visitID = try Self.requireDraft(caseID, revision, database)
            if let earlier = try SealingRow.packet(of: caseID, database) {
                try store.removePacketFiles(of: earlier, operation: .beginSealing)
            }
            try store.commit(.beginSealing, database) { try SealingRow.put(id, of: caseID, database) }
            try store.probe.reached(.committed, of: .beginSealing)
            let head = try ChainHead.fetch(.manifest, database)
            let slot = SealingSlot(
                packetID: id, caseID: caseID, visitID: visitID, revision: revision, sequence: head.sequence + 1,
                previousManifestDigest: head.digest, folder: store.packetFiles.path)
            store.remember(slot, database)
            return slot
        }
    }

    /// Writes bytes that are an age file already into the slot, durably and under their final name.
    ///
    /// A `PacketSealer` makes the file as it goes, with `Store.packetCalls` instead.
    package func stage(_ file: [UInt8], in slot: SealingSlot) async throws(StoreError) {
        try await store.perform { store, _ in
            let (part, final) = (PacketFileName.unfinished(slot.packetID), PacketFileName.sealed(slot.packetID))
            try store.packetFiles.write(file, to: part)
            try store.probe.reached(.fileWritten, of: .stage)
            try store.packetFiles.sync(part)
            try store.probe.reached(.fileSynced, of: .stage)
            try store.packetFiles.rename(part, to: final)
            try store.probe.reached(.fileRenamed, of: .stage)
            try store.packetFiles.syncFolder()
            try store.probe.reached(.folderSynced, of: .stage)
        }
    }

    /// Takes a packet that its sealer has read back from the disk, and compares what its manifest says with
    /// the slot and with the file that lies there.
    ///
    /// - Throws: `packetDamaged`, `manifestDisagrees`.
    package func accept(_ packet: SealedPacket, in slot: SealingSlot) throws(StoreError) -> VerifiedPacket {
        try compare(packet.manifest.manifest, with: slot)
        try store.verifySize(of: slot.packetID, packet.manifest.manifest.fileSize)
        try store.probe.reached(.fileRead, of: .verify)
        return VerifiedPacket(manifest: packet.manifest, slot: slot)
    }

    /// Reads the slot's file back and compares it with its manifest, and the manifest with the slot: for a
    /// file that came as it is.
    ///
    /// Blocks for as long as the reading takes, and not the store: from a thread that may wait.
    ///
    /// - Throws: `packetDamaged`, `manifestDisagrees`.
    package func verify(_ signed: SignedManifest, in slot: SealingSlot) throws(StoreError) -> VerifiedPacket {
        let manifest = signed.manifest
        try compare(manifest, with: slot)
        try store.verifyFile(of: slot.packetID, size: manifest.fileSize, digest: manifest.fileDigest)
        try store.probe.reached(.fileRead, of: .verify)
        return VerifiedPacket(manifest: signed, slot: slot)
    }

    private func compare(_ manifest: Manifest, with slot: SealingSlot) throws(StoreError) {
        guard manifest.packetID == slot.packetID else { throw StoreError.manifestDisagrees("packetID") }
        guard manifest.sequence == slot.sequence else { throw StoreError.manifestDisagrees("sequence") }
        guard manifest.previousManifestDigest == slot.previousManifestDigest else {
            throw StoreError.manifestDisagrees("previousManifestDigest")
        }
        guard manifest.kit == store.kit.id else { throw StoreError.manifestDisagrees("kit") }
        guard manifest.isTraining == store.kit.isTraining else { throw StoreError.manifestDisagrees("isTraining") }
        guard manifest.caseDigest == nil || manifest.caseDigest == Manifest.caseDigest(of: slot.caseID) else {
            throw StoreError.manifestDisagrees("caseDigest")
        }
    }

    /// Puts a verified packet in the queue, in place of its draft, by one row that is written at once or not at all.
    ///
    /// When this returns the packet is in the queue, whatever happens; when it throws the draft still is there, and
    /// the slot may be abandoned or tried again. That the file is there was seen when it was verified.
    ///
    /// Before the store answers anything else the packet is in its books and the draft's key is destroyed, and then
    /// what the draft left is taken away (`Store.settle`); when power goes first, the next opening does both.
    ///
    /// Blocks until the disk has the row: from a thread that may wait, as whoever wrote the file is on.
    ///
    /// - Throws: `outOfTurn`, `draftChanged`, `rolledBack`.
    package func enqueue(_ verified: VerifiedPacket, isUrgent: Bool) throws(StoreError) -> QueuedPacket {
        let packet = try store.performHere { store, database in
            let slot = verified.slot
            try store.enterBooks(database)
            let packet = QueuedPacket(entering: verified, isUrgent: isUrgent)
            let isUnchanged = store.isUnchanged(since: slot, database)
            guard
                try PacketEntry.write(
                    packet, slot, isUnchanged: isUnchanged, at: store.clock.now(), store.rowSeals, database)
            else {
                try Self.requireOpen(slot, database)
                try Self.requireTurn(slot, database)
                try Self.requireDraft(slot.caseID, slot.revision, database)
                try RollbackMark.requireNone(database)
                throw StoreError.unwritable("the queue (packet \(slot.packetID))")
            }
            store.hasEntry.withLock { $0 = true }
            try store.probe.reached(.committed, of: .enqueue)
            return packet
        }
        store.settleNext()
        return packet
    }

    /// Gives a slot back, with whatever was written for it.
    package func abandonSealing(_ slot: SealingSlot) async throws(StoreError) {
        try await store.perform { store, database in
            guard try SealingRow.packet(of: slot.caseID, database) == slot.packetID else { return }
            try store.removePacketFiles(of: slot.packetID, operation: .abandonSealing)
            try store.commit(.abandonSealing, database) { try SealingRow.remove(slot.caseID, database) }
            try store.probe.reached(.committed, of: .abandonSealing)
        }
    }

    /// - Returns: the visit of the draft.
    @discardableResult
    private static func requireDraft(_ caseID: CaseID, _ revision: Int, _ database: Database) throws -> VisitID {
        guard let held = try DraftStore.head(of: caseID, database) else { throw StoreError.unknownDraft(caseID) }
        guard held.revision == revision else { throw StoreError.draftChanged(caseID, held: held.revision) }
        return held.visitID
    }

    private static func requireOpen(_ slot: SealingSlot, _ database: Database) throws {
        guard try SealingRow.packet(of: slot.caseID, database) == slot.packetID else {
            throw StoreError.unknownPacket(slot.packetID)
        }
    }

    private static func requireTurn(_ slot: SealingSlot, _ database: Database) throws {
        let head = try ChainHead.fetch(.manifest, database)
        guard slot.sequence == head.sequence + 1, slot.previousManifestDigest == head.digest else {
            throw StoreError.outOfTurn(expected: head.sequence + 1)
        }
    }
}

/// Which packet is being made of a case: what a start after a crash goes by.
enum SealingRow {
    static func packet(of caseID: CaseID, _ database: Database) throws -> PacketID? {
        let statement = try database.cachedStatement(sql: "SELECT packet_id FROM sealing_slot WHERE case_id = ?")
        return try Row.fetchOne(statement, arguments: [caseID.text]).flatMap { PacketID(try $0.value("packet_id")) }
    }

    static func put(_ id: PacketID, of caseID: CaseID, _ database: Database) throws {
        let sql = "INSERT OR REPLACE INTO sealing_slot (case_id, packet_id) VALUES (?, ?)"
        try database.cachedStatement(sql: sql).execute(arguments: [caseID.text, id.description])
    }

    static func remove(_ caseID: CaseID, _ database: Database) throws {
        let statement = try database.cachedStatement(sql: "DELETE FROM sealing_slot WHERE case_id = ?")
        try statement.execute(arguments: [caseID.text])
    }
}

extension QueuedPacket {
    /// As it enters the queue.
    fileprivate init(entering verified: VerifiedPacket, isUrgent: Bool) {
        let (slot, manifest) = (verified.slot, verified.manifest.manifest)
        self.init(
            id: slot.packetID, sequence: slot.sequence, caseID: slot.caseID, visitID: slot.visitID, state: .sealed,
            isUrgent: isUrgent, sealedAt: manifest.sealedAt, manifest: verified.manifest.compact,
            fileSize: manifest.fileSize, fileDigest: manifest.fileDigest, uploadURL: nil, uploadOffset: 0,
            receipt: nil, receivedAt: nil, purgedAt: nil, problem: nil)
    }
}

extension Store {
    func verifyFile(of packet: QueuedPacket) throws(StoreError) {
        try verifyFile(of: packet.id, size: packet.fileSize, digest: packet.fileDigest)
    }

    func verifyFile(of id: PacketID, size: Int, digest: String) throws(StoreError) {
        try verifySize(of: id, size)
        let found = try packetFiles.digest(of: PacketFileName.sealed(id))
        guard found == digest else { throw StoreError.packetDamaged(id, .fileDigestWrong) }
    }

    fileprivate func verifySize(of id: PacketID, _ size: Int) throws(StoreError) {
        let found = try packetFiles.size(of: PacketFileName.sealed(id))
        guard let found else { throw StoreError.packetDamaged(id, .fileMissing) }
        guard found == size else { throw StoreError.packetDamaged(id, .fileSizeWrong) }
    }

    /// Removes what lies on disk under a packet's name, finished or not.
    ///
    /// - Returns: how many files that were.
    @discardableResult
    func removePacketFiles(of id: PacketID, operation: StoreOperation) throws(StoreError) -> Int {
        var removed = 0
        for name in [PacketFileName.unfinished(id), PacketFileName.sealed(id)] where try packetFiles.remove(name) {
            removed += 1
        }
        try probe.reached(.fileRemoved, of: operation)
        try packetFiles.syncFolder()
        try probe.reached(.folderSynced, of: operation)
        return removed
    }
}
