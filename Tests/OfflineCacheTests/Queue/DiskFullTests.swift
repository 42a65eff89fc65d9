import EnrolmentCore
import Foundation
import GRDB
import Testing

@testable import OfflineCache

#if canImport(Glibc)
    import Glibc
#endif

@Suite("A full disk")
struct DiskFullTests {
    @Test("a draft that no longer fits is refused by name, and the last one that did is still there")
    func fullDatabase() async throws {
        let maker = try StoreMaker(try DataFolder())
        let store = try await maker.open()
        let caseID = CaseID("c1")
        _ = try await store.drafts.save([1], for: caseID, in: VisitID("v"), after: 0)
        try await store.perform { _, database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        let large = patternedBytes(200_000, seed: 5)
        let error = await #expect(throws: StoreError.diskFull) {
            try await store.drafts.save(large, for: caseID, in: VisitID("v"), after: 1)
        }
        #expect(error?.code.text == "store.diskFull")
        #expect(try await store.drafts.draft(of: caseID)?.content == [1])
        try await store.perform { _, database in try database.execute(sql: "PRAGMA max_page_count = 100000") }
        #expect(try await store.drafts.save(large, for: caseID, in: VisitID("v"), after: 1) == 2)
        store.close()
    }

    @Test(
        "a disk that fills up while a packet is sealed keeps the draft, and the packet is made once there is room",
        .enabled(if: canMount, "mounting a small disk takes root, and a system that lets root do it"))
    func fullDisk() async throws {
        let folder = try DataFolder()
        #expect(Self.mountSmallDisk(at: folder.path))
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        let maker = try StoreMaker(folder)
        let store = try await maker.open()
        defer { store.close() }
        let caseID = CaseID("c1")
        let content = patternedBytes(100_000, seed: 6)
        let revision = try await store.drafts.save(content, for: caseID, in: VisitID("v"), after: 0)
        let filler = "\(folder.path)/filler"
        let room = try store.freeSpace()
        try Data(count: room - 300_000).write(to: URL(fileURLWithPath: filler))
        var generator = SystemRandomNumberGenerator()
        let slot = try await store.packets.beginSealing(
            PacketID(at: .noon, using: &generator), of: caseID, at: revision)
        let file = patternedBytes(500_000, seed: 7)
        await #expect(throws: StoreError.diskFull) { try await store.packets.stage(file, in: slot) }
        #expect(try await store.drafts.draft(of: caseID)?.content == content)
        try FileManager.default.removeItem(atPath: filler)
        try await store.packets.stage(file, in: slot)
        let manifest = try Signatures().manifest(for: slot, file: file)
        let packet = try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        #expect(packet.state == .sealed)
        try await store.check()
    }

    private static let canMount: Bool = {
        guard let folder = try? DataFolder(), mountSmallDisk(at: folder.path) else { return false }
        return umount2(folder.path, Int32(MNT_DETACH)) == 0
    }()

    private static func mountSmallDisk(at path: String) -> Bool {
        geteuid() == 0 && mount("tmpfs", path, "tmpfs", 0, "size=16m,mode=0700") == 0
    }
}
