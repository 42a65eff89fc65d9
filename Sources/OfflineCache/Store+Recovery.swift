package import EnrolmentCore
import GRDB
import PacketFormat

/// What opening the store put right after a power cut; all zero and empty after a clean end.
package struct Recovery: Hashable, Sendable {
    /// Files of packets that were being made; their drafts are still there.
    package var removedFiles = 0
    /// Packets that were being made, with or without a file; their drafts are still there.
    package var abandonedSealings = 0
    /// Packets that had entered the queue, and were not in its books.
    package var enteredPackets = 0
    /// Attempts that were under way.
    package var interruptedAttempts = 0
    /// Purges that had removed the file and not yet said so.
    package var finishedPurges = 0
    /// Destroyed drafts whose remains still lay in the database.
    package var sweptDrafts = 0
    /// Files of the folder, and of packets, that others might have read or written, and may not any more.
    package var closedFiles = 0
    /// Packets whose file is not what their row says; they are in the conflict lane now.
    package var conflicts: [PacketID] = []
    /// Rows of packets that cannot be read, or are not as the kit wrote them, by their place in the table. They are
    /// left alone, their files too, and hold up no other.
    package var unreadableRows: [Int64] = []
    /// Other rows that are not as the kit wrote them. A draft among them is kept and not opened; a chain's head was put
    /// right from the rows that it speaks of, or the folder counts as an older copy; the rest is not believed.
    package var changedRows: [ChangedRow] = []
    /// Files that no row accounts for, by name. They are left alone: the database may be older than they are.
    package var unknownFiles: [String] = []
}

extension Store {
    /// - Parameter closed: files that were open to others.
    func recover(closed: Int) async throws(StoreError) -> Recovery {
        try await perform { store, database in
            var recovery = Recovery(closedFiles: closed)
            recovery.changedRows = try store.changedRows(database)
            let entry = try store.findEntry(database)
            recovery.enteredPackets = entry.entered
            recovery.changedRows += entry.changed
            try store.removeUnfinishedPackets(database, &recovery)
            try store.commit(.recover, database) {
                recovery.interruptedAttempts = try PacketQueue.interruptAttempts(at: store.clock.now(), database)
                try store.putChainsRight(database)
                try store.setAsideDamaged(database, &recovery)
                try store.finishPurges(database, &recovery)
            }
            try store.probe.reached(.committed, of: .recover)
            try store.forgetOld(database)
            recovery.sweptDrafts = try store.sweep(database)
            recovery.unknownFiles = try store.unknownFiles(database)
            try store.note(recovery, database)
            return recovery
        }
    }

    private func putChainsRight(_ database: Database) throws {
        try RollbackMark.noteChanged(in: self, database)
        try ChainHead.repair(rowSeals, database) {
            try ManifestChain.note(.machine, central: nil, in: self, database)
        }
    }

    /// A packet that was being made and is not in the queue: its draft is there, so its file may go.
    private func removeUnfinishedPackets(_ database: Database, _ recovery: inout Recovery) throws {
        for name in try packetFiles.names() where name.hasSuffix(".part") {
            if try packetFiles.remove(name) { recovery.removedFiles += 1 }
        }
        let open = try String.fetchAll(database, sql: "SELECT packet_id FROM sealing_slot")
        for name in open {
            // One that is no packet's name stands for no file of ours.
            guard let id = PacketID(name), try !QueuedPacket.isHeld(id, database) else { continue }
            recovery.removedFiles += try removePacketFiles(of: id, operation: .recover)
        }
        try packetFiles.syncFolder()
        try probe.reached(.folderSynced, of: .recover)
        if open.isEmpty { return }
        try commit(.recover, database) { try database.execute(sql: "DELETE FROM sealing_slot") }
        recovery.abandonedSealings = open.count
    }

    /// Compares sizes only: reading every byte would hold up each start; `check` does it.
    private func setAsideDamaged(_ database: Database, _ recovery: inout Recovery) throws {
        let waiting = try QueuedPacket.fetch(database, in: PacketState.waiting, rowSeals)
        recovery.unreadableRows =
            try waiting.unreadable + changedRows(database).filter { !waiting.unreadable.contains($0) }
        for packet in waiting.packets {
            let size = try packetFiles.size(of: packet.fileName)
            if size == packet.fileSize { continue }
            let problem: PacketProblem = size == nil ? .fileMissing : .fileSizeWrong
            try packet.update(to: .conflict, rowSeals, database) { $0.problem = problem }
            try Journal.add(
                .packetInConflict, at: clock.now(), caseID: packet.caseID, packetID: packet.id,
                reason: problem.rawValue, to: database)
            recovery.conflicts.append(packet.id)
        }
    }

    /// Whoever changes the state of a row takes its packet out of the queue; its file is still there.
    private func changedRows(_ database: Database) throws -> [Int64] {
        let sql = "SELECT *, rowid FROM packet WHERE id = ?"
        return try packetFiles.names().compactMap { name in
            guard let id = Self.packet(ofFile: name),
                let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [id.description]),
                (try? QueuedPacket(row, rowSeals)) == nil
            else { return nil }
            return try row.value("rowid")
        }
    }

    private func finishPurges(_ database: Database, _ recovery: inout Recovery) throws {
        for packet in try QueuedPacket.fetch(database, in: [.received], rowSeals).packets {
            guard try packetFiles.size(of: packet.fileName) == nil else { continue }
            try packet.markPurged(at: clock.now(), rowSeals, database)
            recovery.finishedPurges += 1
        }
    }

    private func unknownFiles(_ database: Database) throws -> [String] {
        try packetFiles.names().filter { name in
            guard let id = Self.packet(ofFile: name) else { return true }
            return try !QueuedPacket.isHeld(id, database)
        }
    }

    private static func packet(ofFile name: String) -> PacketID? {
        name.hasSuffix(".age") ? PacketID(String(name.dropLast(4))) : nil
    }
}
