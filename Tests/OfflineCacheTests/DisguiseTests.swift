import Foundation
import Testing

@testable import OfflineCache

#if canImport(Glibc)
    import Glibc
#endif

@Suite("What is no plain file in the place of the store's files", .timeLimit(.minutes(1)))
struct DisguiseTests {
    private let maker: StoreMaker
    private let key: StoreKey

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        key = try StoreKey.existing(in: maker.folder.path)
        try SealedRecordFile.kit.write([1, 2, 3], in: maker.folder.path, under: key)
        let store = try await maker.open()
        _ = try await store.sealPacket("c1", signatures: Signatures())
        store.close()
    }

    @Test("a pipe in the place of any file is named, and nothing waits for it", arguments: ["store.key", "kit.sealed"])
    func secrets(name: String) throws {
        try putPipe(name)
        let error = #expect(throws: StoreError.self) {
            if name == "store.key" {
                _ = try StoreKeys(in: maker.folder.path, clock: SteppedClock()).status()
            } else {
                _ = try SealedRecordFile.kit.read(in: maker.folder.path, under: key)
            }
        }
        #expect(error == .unreadable("\(name) (not a plain file)"))
    }

    @Test("a pipe or a folder in the place of the lock or the database ends the opening", arguments: [true, false])
    func opening(isPipe: Bool) async throws {
        for name in ["store.lock", "store.sqlite", "store.sqlite-wal"] {
            let copy = try maker.folder.copy()
            try? FileManager.default.removeItem(atPath: "\(copy.path)/\(name)")
            #expect((isPipe ? mkfifo("\(copy.path)/\(name)", 0o600) : mkdir("\(copy.path)/\(name)", 0o700)) == 0)
            await #expect(throws: StoreError.self, "\(name)") { try await maker.over(copy).open().close() }
        }
    }

    @Test("a packet that is a pipe is damaged, and a dead laptop's others are written all the same")
    func packet() async throws {
        let packets = try maker.folder.files().keys.filter { $0.hasPrefix("packets/") }
        try putPipe(try #require(packets.first))
        let store = try await maker.open()
        #expect(try await store.packets.packets().map(\.state) == [.conflict])
        store.close()
        for database in ["store.sqlite", nil] {
            if database == nil { try FileManager.default.removeItem(atPath: "\(maker.folder.path)/store.sqlite") }
            let rescue = try PacketRescue(from: maker.folder.path)
            let stickFolder = try DataFolder()
            let stick = try PacketStick(at: stickFolder.path, of: maker.kit.id)
            try stick.prepare()
            #expect(rescue.packets.count == 1)
            for packet in rescue.packets {
                #expect(try stick.write(packet, from: rescue.folder) == .damagedOnKit)
            }
        }
    }

    @Test(
        "a pipe in the place of the lock or the database does not stop a rescue",
        arguments: ["store.lock", "store.sqlite"])
    func rescue(name: String) throws {
        try putPipe(name)
        #expect(try PacketRescue(from: maker.folder.path).packets.count == 1)
    }

    private func putPipe(_ name: String) throws {
        let path = "\(maker.folder.path)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
    }
}
