package import EnrolmentCore
import GRDB

/// What opening the store put right after a power cut; all zero and empty after a clean end.
package struct Recovery: Hashable, Sendable {
    /// Files of packets that were being made; their drafts are still there.
    package var removedFiles = 0
    /// Attempts that were under way.
    package var interruptedAttempts = 0
    /// Purges that had removed the file and not yet said so.
    package var finishedPurges = 0
    /// Packets whose file is not what their row says; they are in the conflict lane now.
    package var conflicts: [PacketID] = []
    /// Files that no row accounts for, by name. They are left alone: the database may be older than they are.
    package var unknownFiles: [String] = []
}

extension Store {
    func recover() async throws(StoreError) -> Recovery {
        try await perform { store, database in
            var recovery = Recovery()
            recovery.removedFiles = try store.removeUnfinishedPackets(database)
            try store.commit(.recover, database) {
                try database.execute(
                    sql: "UPDATE attempt SET ended_at = ?, outcome = ? WHERE outcome IS NULL",
                    arguments: [store.clock.now().milliseconds, AttemptOutcome.interrupted.text])
                recovery.interruptedAttempts = database.changesCount
                recovery.conflicts = try store.setAsideDamaged(database)
                recovery.finishedPurges = try store.finishPurges(database)
            }
            try store.probe.reached(.committed, of: .recover)
            recovery.unknownFiles = try store.unknownFiles(database)
            return recovery
        }
    }

    /// A packet that was being made and is not in the queue: its draft is there, so its file may go.
    private func removeUnfinishedPackets(_ database: Database) throws -> Int {
        let before = try packetFiles.names().count
        for name in try packetFiles.names() where name.hasSuffix(".part") { try packetFiles.remove(name) }
        for text in try String.fetchAll(database, sql: "SELECT packet_id FROM sealing") {
            try removePacketFiles(named: text, operation: .recover)
        }
        try packetFiles.syncFolder()
        try commit(.recover, database) { try database.execute(sql: "DELETE FROM sealing") }
        return before - (try packetFiles.names().count)
    }

    /// Compares sizes only: reading every byte would hold up each start; `check` does it.
    private func setAsideDamaged(_ database: Database) throws -> [PacketID] {
        var damaged: [PacketID] = []
        for packet in try QueuedPacket.fetch(database, in: PacketState.waiting) {
            let size = try packetFiles.size(of: packet.fileName)
            if size == packet.fileSize { continue }
            let problem: PacketProblem = size == nil ? .fileMissing : .fileSizeWrong
            try packet.update(to: .conflict, ["problem": problem.rawValue.databaseValue], database)
            try Journal.add(
                .packetInConflict, at: clock.now(), caseID: packet.caseID, packetID: packet.id,
                reason: problem.rawValue, to: database)
            damaged.append(packet.id)
        }
        return damaged
    }

    private func finishPurges(_ database: Database) throws -> Int {
        var finished = 0
        for packet in try QueuedPacket.fetch(database, in: [.received]) {
            guard try packetFiles.size(of: packet.fileName) == nil else { continue }
            try packet.markPurged(at: clock.now(), database)
            finished += 1
        }
        return finished
    }

    private func unknownFiles(_ database: Database) throws -> [String] {
        let known = try QueuedPacket.fetch(database, in: Set(PacketState.allCases)).map(\.fileName)
        return Set(try packetFiles.names()).subtracting(known).sorted()
    }
}
