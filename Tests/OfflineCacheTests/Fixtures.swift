import Crypto
import EnrolmentCore
import Foundation
import PacketFormat
import StationTestSupport
import Synchronization

@testable import OfflineCache

/// A clock that stands still until a test moves it.
final class SteppedClock: WallClock {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp = .noon) { self.time = Mutex(time) }

    func now() -> Timestamp { time.withLock { $0 } }
    func move(to time: Timestamp) { self.time.withLock { $0 = time } }
}

extension Timestamp {
    /// 2026-11-21T12:00:00Z.
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)
}

extension Kit {
    static let real = Kit(id: KitID("kit-07"), isTraining: false)
    static let training = Kit(id: KitID("kit-07"), isTraining: true)
}

extension StoreKey {
    private static let passphrase = "een goede zin"

    /// A new key in a folder.
    static func example(in folder: String, clock: any WallClock = SteppedClock()) throws -> StoreKey {
        try StoreKeys(in: folder, clock: clock).create(under: secret(passphrase), lock: .passphrase(.least))
    }

    /// The one that `example` made there.
    static func existing(in folder: String) throws -> StoreKey {
        try StoreKeys(in: folder, clock: SteppedClock()).open(with: secret(passphrase))
    }
}

/// One key for all stores of a test run: making one takes as long as a guess must.
private enum ExampleKey {
    private static let made: Result<(vault: Vault, file: [UInt8]), any Error> = Result {
        let folder = try DataFolder()
        let vault = Vault(try StoreKey.example(in: folder.path))
        return (vault, try folder.files()["store.key"] ?? [])
    }

    static func put(in folder: DataFolder) throws -> Vault {
        let (vault, file) = try made.get()
        try folder.overwrite("store.key", with: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(folder.path)/store.key")
        return vault
    }
}

/// Opens stores in a folder under one key and clock.
struct StoreMaker: Sendable {
    let folder: DataFolder
    let clock: SteppedClock
    let sealing: any RecordSealing
    var kit = Kit.real

    init(_ folder: DataFolder, clock: SteppedClock = SteppedClock()) throws {
        self.folder = folder
        self.clock = clock
        sealing = try ExampleKey.put(in: folder)
    }

    init(_ folder: DataFolder, sealing: any RecordSealing, clock: SteppedClock = SteppedClock()) {
        self.folder = folder
        self.clock = clock
        self.sealing = sealing
    }

    func open(probe: StorageProbe = .none) async throws -> Store {
        try await openReporting(probe: probe).store
    }

    func openReporting(probe: StorageProbe = .none) async throws -> (store: Store, recovery: Recovery) {
        try await Store.open(folder: folder.path, kit: kit, sealing: sealing, clock: clock, probe: probe)
    }

    /// The same key and clock over another folder.
    func over(_ other: DataFolder) -> StoreMaker {
        var maker = StoreMaker(other, sealing: sealing, clock: clock)
        maker.kit = kit
        return maker
    }
}

/// Signs for the kit and for central, as both do.
struct Signatures: Sendable {
    static let server = "central.example"

    let kitKey: KitSigningKey
    let receiptKey: ReceiptSigningKey

    init(kitKey: KitSigningKey = KitSigningKey(), receiptKey: ReceiptSigningKey = ReceiptSigningKey()) {
        self.kitKey = kitKey
        self.receiptKey = receiptKey
    }

    func manifest(for slot: SealingSlot, file: [UInt8], kit: Kit = .real) throws -> SignedManifest {
        let manifest = Manifest(
            packetID: slot.packetID, kit: kit.id, sequence: slot.sequence,
            previousManifestDigest: slot.previousManifestDigest, sealedAt: .noon, timeConfidence: .plausible,
            isTraining: kit.isTraining, contentType: "application/json", contentSize: file.count,
            fileSize: file.count, fileDigest: hexText(SHA256.hash(data: file)), recipientKeyID: "0123456789abcdef")
        return try ManifestSigner(key: kitKey).sign(manifest)
    }

    /// A receipt for a packet, as central gives it after `head`.
    func receipt(
        for packet: QueuedPacket, after head: ReceiptChainHead?, sequence: Int? = nil, kit: Kit = .real,
        receivedAt: Timestamp = .noon
    ) throws -> VerifiedReceipt {
        let number = sequence ?? (head?.sequence ?? 0) + 1
        let receipt = Receipt(
            packetID: packet.id, kit: kit.id, fileDigest: packet.fileDigest, fileSize: packet.fileSize,
            receivedAt: receivedAt, server: Self.server, isTraining: kit.isTraining, sequence: number,
            previousReceiptDigest: head?.digest)
        return try verify(ReceiptSigner(key: receiptKey).sign(receipt), for: packet, after: head)
    }

    func verify(
        _ compact: String, for packet: QueuedPacket, after head: ReceiptChainHead?
    ) throws -> VerifiedReceipt {
        let manifests = ManifestVerifier(keys: [Kit.real.id: [kitKey.verifyingKey]])
        let verifier = ReceiptVerifier(server: Self.server, keys: [receiptKey.verifyingKey])
        return try verifier.verify(compact, for: manifests.verify(packet.manifest).manifest, after: head)
    }
}

extension PacketQueue {
    /// Reads a staged file back and queues it, as `seal` does.
    func enqueue(
        _ signed: SignedManifest, from slot: SealingSlot, isUrgent: Bool
    ) async throws -> QueuedPacket {
        try enqueue(try verify(signed, in: slot), isUrgent: isUrgent)
    }
}

extension Store {
    /// Brings a case from nothing to a sealed packet.
    func sealPacket(
        _ name: String, file: [UInt8] = Array("age file".utf8), isUrgent: Bool = false, signatures: Signatures
    ) async throws -> QueuedPacket {
        try await sealPacket(name, file: file, isUrgent: isUrgent, signatures: signatures) {}.packet
    }

    /// The same, with a look at the store just before the draft goes.
    func sealPacket<Value>(
        _ name: String, file: [UInt8] = Array("age file".utf8), isUrgent: Bool = false, signatures: Signatures,
        look: () async throws -> Value
    ) async throws -> (packet: QueuedPacket, value: Value) {
        let caseID = CaseID(name)
        let revision = try await drafts.save(Array("draft".utf8), for: caseID, in: VisitID("v1"), after: 0)
        var generator = SystemRandomNumberGenerator()
        let id = PacketID(at: .noon, using: &generator)
        let slot = try await packets.beginSealing(id, of: caseID, at: revision)
        try await packets.stage(file, in: slot)
        let manifest = try signatures.manifest(for: slot, file: file, kit: kit)
        let value = try await look()
        return (try await packets.enqueue(manifest, from: slot, isUrgent: isUrgent), value)
    }
}

func patternedBytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
}
