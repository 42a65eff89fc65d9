import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

@Suite("Entering the queue")
struct PacketEntryTests {
    private let scene: Scene

    init() throws { scene = try Scene() }

    @Test("costs one page of the log")
    func onePage() async throws {
        let (cut, packet) = try await cutBehindEntry()
        let log = try #require(try cut.files()["store.sqlite-wal"])
        #expect(pagesOfLastCommit(log) == 1)
        #expect(log.count > 0 && packet.state == .sealed)
    }

    @Test("power that goes behind it leaves the packet in the queue, numbered and told of once, and no draft")
    func cut() async throws {
        let (cut, packet) = try await cutBehindEntry()
        let (store, recovery) = try await scene.maker.over(cut).openReporting()
        #expect(recovery == Recovery(enteredPackets: 1, sweptDrafts: 1))
        #expect(try await store.packets.packets() == [packet])
        #expect(try await store.drafts.draft(of: packet.caseID) == nil)
        #expect(try await store.journal.lines().map(\.event) == [.caseBegun, .packetSealed])
        #expect(try await store.chain.head().sequence == 1)
        #expect(try await store.sealPacket("c2", signatures: scene.signatures).sequence == 2)
        try await store.check()
        store.close()
    }

    @Test("one that somebody changed behind it is not believed: the draft is still there and is sealed anew")
    func changed() async throws {
        let (cut, packet) = try await cutBehindEntry()
        let database = try DatabaseQueue(path: "\(cut.path)/\(Store.databaseName)")
        try await database.writeWithoutTransaction { try $0.execute(sql: "UPDATE packet_entry SET visit_id = 'v9'") }
        try database.close()
        let (store, recovery) = try await scene.maker.over(cut).openReporting()
        #expect(recovery.abandonedSealings == 1 && recovery.enteredPackets == 0)
        // The officer had been told that it is in the queue.
        #expect(recovery.changedRows == [ChangedRow(table: "packet_entry", key: packet.id.description)])
        #expect(try await store.packets.packets().isEmpty)
        #expect(try await store.drafts.cases() == [packet.caseID])
        #expect(try await store.chain.head().sequence == 0)
        store.close()
    }

    @Test("one in a folder that a planted row makes an older copy has not entered: the kit opens, with the draft in it")
    func planted() async throws {
        let (cut, packet) = try await cutBehindEntry()
        let database = try DatabaseQueue(path: "\(cut.path)/\(Store.databaseName)")
        try await database.writeWithoutTransaction { database in
            try database.execute(
                sql: "INSERT INTO rollback_mark (id, found_at, found_by, own_sequence) VALUES (0, 1, 'machine', 0)")
        }
        try database.close()
        let (store, recovery) = try await scene.maker.over(cut).openReporting()
        #expect(Set(recovery.changedRows.map(\.table)) == ["rollback_mark", "packet_entry"])
        #expect(try await store.drafts.cases() == [packet.caseID])
        #expect(try await store.chain.mark() != nil)
        store.close()
    }

    @Test("one whose file was given up behind it has not entered: the draft is still there")
    func givenUp() async throws {
        let (cut, packet) = try await cutBehindEntry()
        try FileManager.default.removeItem(atPath: "\(cut.path)/packets/\(packet.fileName)")
        let (store, recovery) = try await scene.maker.over(cut).openReporting()
        #expect(recovery.conflicts.isEmpty && recovery.abandonedSealings == 1)
        #expect(try await store.packets.packets().isEmpty)
        #expect(try await store.drafts.draft(of: packet.caseID)?.content == Array("draft".utf8))
        #expect(try await store.sealPacket("c2", signatures: scene.signatures).sequence == 1)
        store.close()
    }

    @Test("where the books cannot be written, reading goes on, writing says why, and afterwards nothing is missing")
    func booksFail() async throws {
        let isFull = Mutex(true)
        let probe = StorageProbe { step throws(StoreError) in
            if step.operation == .enterBooks, step.moment == .rowsWritten, isFull.withLock({ $0 }) { throw .diskFull }
        }
        let store = try await scene.maker.open(probe: probe)
        let packet = try await store.sealPacket("c1", signatures: scene.signatures)
        #expect(try await store.packets.packets().isEmpty)
        await #expect(throws: StoreError.diskFull) {
            try await store.drafts.save([1], for: packet.caseID, in: VisitID("v1"), after: 1)
        }
        isFull.withLock { $0 = false }
        #expect(try await store.packets.packets() == [packet])
        #expect(try await store.drafts.cases().isEmpty)
        try await store.check()
        store.close()
    }

    @Test("leaves the log its length, with nothing in it but zeroes, once it is settled")
    func emptyLog() async throws {
        let store = try await scene.maker.open()
        _ = try await store.sealPacket("c1", signatures: scene.signatures)
        let length = try #require(try scene.maker.folder.files()["store.sqlite-wal"]).count
        try await store.settle()
        let log = try #require(try scene.maker.folder.files()["store.sqlite-wal"])
        #expect(log.count >= length && log.allSatisfy { $0 == 0 })
        #expect(try await store.sealPacket("c2", signatures: scene.signatures).sequence == 2)
        try await store.settle()
        let copy = try scene.maker.folder.copy()
        store.close()
        let reopened = try await scene.maker.over(copy).open()
        #expect(try await reopened.packets.packets().map(\.sequence) == [1, 2])
        try await reopened.check()
        reopened.close()
    }

    @Test("a log beyond its limit is cut off")
    func largeLog() async throws {
        let store = try await scene.maker.open()
        let draft = [UInt8](repeating: 1, count: 6 << 20)
        _ = try await store.drafts.save(draft, for: CaseID("c1"), in: VisitID("v1"), after: 0)
        try await store.settle()
        #expect(try scene.maker.folder.files()["store.sqlite-wal"]?.count == 0)
        #expect(try await store.drafts.draft(of: CaseID("c1"))?.content == draft)
        store.close()
    }

    private func cutBehindEntry() async throws -> (folder: DataFolder, packet: QueuedPacket) {
        let snapshots = Snapshots(of: scene)
        let store = try await scene.maker.open(probe: snapshots.probe)
        let packet = try await store.sealPacket("c1", signatures: scene.signatures)
        store.close()
        let cut = try #require(snapshots.taken.first { $0.step.operation == .enqueue })
        return (cut.store, packet)
    }

    /// Frames behind the last but one commit (sqlite.org/fileformat2.html 4.1).
    private func pagesOfLastCommit(_ log: [UInt8]) -> Int {
        var (sinceCommit, last) = (0, 0)
        var offset = 32
        while offset + 24 + 4096 <= log.count, log[offset + 8..<offset + 16] == log[16..<24] {
            sinceCommit += 1
            if log[offset + 4..<offset + 8].contains(where: { $0 != 0 }) { (last, sinceCommit) = (sinceCommit, 0) }
            offset += 24 + 4096
        }
        return last
    }
}
