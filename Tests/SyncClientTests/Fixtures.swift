import Crypto
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationTestSupport
import SyncClient
import SyncProtocol
import Synchronization

func patternedBytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
    return Array(bytes.prefix(count))
}

func packetID(_ generator: inout some RandomNumberGenerator) -> PacketID {
    PacketID(at: .noon, using: &generator)
}

extension Timestamp {
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)
}

struct StandingClock: WallClock {
    let time: Timestamp
    func now() -> Timestamp { time }
}

/// Lets no time pass: each wait is over at once, and noted.
final class HastyPace: Pace {
    private let noted = Mutex<[Duration]>([])

    var waits: [Duration] { noted.withLock { $0 } }
    func elapsed() -> Duration { waits.reduce(.zero, +) }

    func wait(_ duration: Duration) async throws {
        try Task.checkCancellation()
        noted.withLock { $0.append(duration) }
    }
}

/// A folder of its own for one test, gone with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/loket-sync-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What a disk would hold if power went now: all but SQLite's shared memory, which is on no disk.
    func copy() throws -> TestFolder {
        let copy = try TestFolder()
        try DiskImage.copy(of: path, to: copy.path)
        return copy
    }
}

/// A kit's store, and packets in it that hold no one's data.
struct StoreBench: Sendable {
    let folder: TestFolder
    let kit: Kit
    let kitKey: KitSigningKey
    private let vault: Vault

    init(kit: Kit = Kit(id: KitID("kit-07"), isTraining: false), kitKey: KitSigningKey = KitSigningKey()) throws {
        folder = try TestFolder()
        self.kit = kit
        self.kitKey = kitKey
        let passphrase = try SecretBytes()
        passphrase.append(UInt8(ascii: "p"))
        let keys = StoreKeys(in: folder.path, clock: StandingClock(time: .noon))
        let cost = Argon2id.Cost(memoryKiB: 8192, passes: 1)
        vault = Vault(try keys.create(under: passphrase, lock: .passphrase(cost)))
    }

    /// - Parameter copy: of the folder; nil for the folder itself.
    func open(_ copy: TestFolder? = nil, probe: StorageProbe = .none) async throws -> Store {
        try await Store.open(
            folder: (copy ?? folder).path, kit: kit, sealing: vault, clock: StandingClock(time: .noon), probe: probe
        ).store
    }

    /// - Parameter revision: of the draft that is there; nil for a case that nobody has begun.
    func seal(
        _ name: String, _ file: [UInt8], isUrgent: Bool = false, in store: Store, key: KitSigningKey? = nil,
        at revision: Int? = nil
    ) async throws -> QueuedPacket {
        let revision =
            if let revision { revision } else {
                try await store.drafts.save([1], for: CaseID(name), in: VisitID("v1"), after: 0)
            }
        var generator = SystemRandomNumberGenerator()
        let slot = try await store.packets.beginSealing(packetID(&generator), of: CaseID(name), at: revision)
        try await store.packets.stage(file, in: slot)
        let digest = SHA256.hash(data: file).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let manifest = Manifest(
            packetID: slot.packetID, kit: kit.id, sequence: slot.sequence,
            previousManifestDigest: slot.previousManifestDigest, sealedAt: .noon, timeConfidence: .plausible,
            isTraining: kit.isTraining, contentType: "application/json", contentSize: file.count,
            fileSize: file.count, fileDigest: digest, recipientKeyID: "0123456789abcdef",
            caseDigest: Manifest.caseDigest(of: slot.caseID))
        let signed = try ManifestSigner(key: key ?? kitKey).sign(manifest)
        return try store.packets.enqueue(try store.packets.verify(signed, in: slot), isUrgent: isUrgent)
    }
}
