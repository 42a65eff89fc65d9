import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Packets on a stick")
struct PacketStickTests {
    private let maker: StoreMaker
    private let store: Store
    private let stick: DataFolder
    private let signatures = Signatures()
    private let packets: [QueuedPacket]

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
        stick = try DataFolder()
        var packets: [QueuedPacket] = []
        for number in 1...3 {
            let file = patternedBytes(100_000 * number, seed: UInt64(number))
            packets.append(
                try await store.sealPacket("c\(number)", file: file, isUrgent: number == 3, signatures: signatures))
        }
        self.packets = packets
    }

    @Test("each packet lies there with its manifest, byte for byte, and the kit has them all still")
    func written() async throws {
        #expect(try await write().allSatisfy { $0 == .written })
        let files = try stick.files()
        for packet in packets {
            let folder = "draagbaar-loket/kit-07"
            #expect(files["\(folder)/\(packet.id).age"] == (try kitFile(packet)))
            #expect(files["\(folder)/\(packet.id).manifest.jws"] == Array(packet.manifest.utf8))
        }
        #expect(files.keys.allSatisfy { !$0.hasSuffix(".part") })
        let index = try #require(files["draagbaar-loket/kit-07/index.json"])
        let decoded = try JSONDecoder().decode(PacketStickIndex.self, from: Data(index))
        #expect(decoded.packets.map(\.packet) == packets.map(\.id))
        #expect(decoded.packets.map(\.sha256) == packets.map(\.fileDigest))
        #expect(try await store.packets.packets(in: [.sealed]).count == 3)
    }

    @Test("written again it copies nothing twice; what was spoilt in between is written again")
    func again() async throws {
        _ = try await write()
        #expect(try await write().allSatisfy { $0 == .alreadyThere })
        let name = "draagbaar-loket/kit-07/\(packets[0].id).age"
        var bytes = try #require(try stick.files()[name])
        bytes[50] ^= 1
        try stick.overwrite(name, with: bytes)
        #expect(try await write() == [.written, .alreadyThere, .alreadyThere])
    }

    @Test("a file that is damaged on the kit is told, leaves nothing on the stick, and the others are written")
    func damagedOnKit() async throws {
        try maker.folder.overwrite("packets/\(packets[0].fileName)", with: [1, 2, 3])
        try FileManager.default.removeItem(atPath: "\(maker.folder.path)/packets/\(packets[1].fileName)")
        #expect(try await write() == [.damagedOnKit, .damagedOnKit, .written])
        #expect(try stick.files().keys.count { $0.contains(".age") } == 1)
    }

    @Test("pulled out at any call it is named, what is there is whole, and writing again ends well")
    func pulledOut() async throws {
        var failing = 0
        var hasFailed = true
        while hasFailed {
            let stick = try DataFolder()
            let count = Mutex(0)
            let target = failing
            hasFailed = false
            let files = DurableFiles(interposer: { _ in
                let now = count.withLock { count in
                    defer { count += 1 }
                    return count
                }
                return now >= target ? EIO : nil
            })
            do {
                _ = try await write(to: stick, through: files)
            } catch let error as StickError {
                hasFailed = true
                #expect(error == .pulledOut)
                #expect(error.report.code == .stick(.gone) && error.report.kept == .packet)
            }
            for packet in packets {
                guard let file = try stick.files()["draagbaar-loket/kit-07/\(packet.id).age"] else { continue }
                #expect(file == (try kitFile(packet)))
            }
            _ = try await write(to: stick)
            #expect(try stick.files().keys.count { $0.hasSuffix(".age") } == 3)
            failing += 1
        }
        #expect(failing > 20)
        #expect(try await store.packets.packets(in: [.sealed]).count == 3)
    }

    @Test(
        "the system's errors have names",
        arguments: [
            (ENOSPC, StickError.full, FailureCode.Stick.full), (EROFS, .readOnly, .readOnly),
            (EACCES, .readOnly, .readOnly), (ENODEV, .pulledOut, .gone), (EINVAL, .failed(code: EINVAL), .failing),
        ])
    func names(code: Int32, error: StickError, told: FailureCode.Stick) async throws {
        #expect(error.report.code == .stick(told))
        let files = DurableFiles(interposer: { $0 == .create ? code : nil })
        await #expect(throws: error) { try await write(through: files) }
    }

    @Test("what reads back otherwise than it was written does not count")
    func wornStick() async throws {
        let stick = stick
        let files = DurableFiles(interposer: { step in
            // Just before it is read back.
            guard step == .open, let part = try? stick.files().first(where: { $0.key.hasSuffix(".age.part") }),
                part.value.count > 1000
            else { return nil }
            var bytes = part.value
            bytes[500] ^= 1
            try? stick.overwrite(part.key, with: bytes)
            return nil
        })
        await #expect(throws: StickError.differs(packets[0].id)) { try await write(through: files) }
        #expect(try stick.files().keys.allSatisfy { !$0.contains(".age") })
    }

    @Test("no stick at all is named, and so is one with nothing of this kit")
    func noStick() throws {
        #expect(throws: StickError.notThere) { try PacketStick(at: "\(stick.path)/nowhere", of: KitID("k")) }
        #expect(throws: StickError.notThere) { try PacketStick(at: stick.path, of: KitID("k")).receiptNames() }
        #expect(StickError.notThere.report.code == .stick(.absent))
        #expect(StickError.differs(packets[0].id).report.code == .stick(.damaged))
        #expect(StickError.fileTooLarge(packets[0].id).report.code == .stick(.fileTooLarge))
    }

    @Test("names of kits are good on FAT, and no two are the same there")
    func kitFolders() {
        let names = ["kit-07", "kit 07", "kit/07", "..", "", "kit_07", "é"].map {
            PacketStickLayout.folder(of: KitID($0))
        }
        #expect(names == ["kit-07", "kit_2007", "kit_2f07", "_2e_2e", "_", "kit_5f07", "_c3_a9"])
    }

    @Test(
        "a stick that is full holds whole packets, and another takes the rest",
        .enabled(if: geteuid() == 0, "mounting a small disk takes root"))
    func fullStick() async throws {
        guard mount("tmpfs", stick.path, "tmpfs", 0, "size=460k") == 0 else { return }
        defer { umount2(stick.path, Int32(MNT_DETACH)) }
        await #expect(throws: StickError.full) { try await write() }
        let files = try stick.files()
        #expect(files.keys.count { $0.hasSuffix(".age") } == 2)
        #expect(files.keys.allSatisfy { !$0.hasSuffix(".part") })
        guard mount("", stick.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "") == 0 else { return }
        let other = try await store.sealPacket("c4", signatures: signatures)
        let source = store.packets.folder
        #expect(throws: StickError.self) {
            try PacketStick(at: stick.path, of: .init("kit-07")).write(StickPacket(other), from: source)
        }
    }

    @Test("a stick gives its receipts back, and they let their packets go in the order of their chain")
    func receipts() async throws {
        _ = try await write()
        var head: ReceiptChainHead?
        for packet in [packets[2], packets[0]] {
            let receipt = try signatures.receipt(for: packet, after: head)
            head = receipt.chainHead
            try stick.overwrite(
                "draagbaar-loket/kit-07/\(packet.id).receipt.jws", with: Array("\(receipt.compact)\n".utf8))
        }
        let report = try await take()
        #expect(report == ReceiptImport.Report(stored: [packets[2].id, packets[0].id]))
        #expect(try await store.packets.packets().map(\.state) == [.purged, .purged, .sealed])
        #expect(try await take() == ReceiptImport.Report(known: [packets[2].id, packets[0].id]))
    }

    @Test("the receipt of a packet whose row was changed is kept, and holds up none of those that follow")
    func changedRow() async throws {
        _ = try await write()
        var head: ReceiptChainHead?
        for packet in packets {
            let receipt = try signatures.receipt(for: packet, after: head)
            head = receipt.chainHead
            try stick.overwrite(
                "draagbaar-loket/kit-07/\(packet.id).receipt.jws", with: Array("\(receipt.compact)\n".utf8))
        }
        let changed = packets[1]
        try await store.perform { _, database in
            try database.execute(
                sql: "UPDATE packet SET sealed_at = sealed_at + 1 WHERE id = ?", arguments: [changed.id.description])
        }
        let report = try await take()
        #expect(report == ReceiptImport.Report(stored: [packets[0].id, packets[2].id], kept: [changed.id]))
        #expect(try await store.packets.packets().map(\.state) == [.purged, .purged])
        #expect(try await store.packets.receiptChainHead()?.sequence == 3)
        await #expect(throws: StoreError.packetDamaged(changed.id, .rowChanged)) {
            try await store.packets.packet(changed.id)
        }
        #expect(try kitFile(changed)?.count == changed.fileSize)
        #expect(
            try await take() == ReceiptImport.Report(known: [packets[0].id, packets[2].id], kept: [changed.id]))
    }

    @Test("receipts that are forged, another kit's, cut or early are named, and nothing is deleted")
    func badReceipts() async throws {
        _ = try await write()
        let forger = Signatures(kitKey: signatures.kitKey)
        let forged = try ReceiptSigner(key: forger.receiptKey).sign(receipt(packets[0], sequence: 1, kit: .real))
        let foreign = try ReceiptSigner(key: signatures.receiptKey).sign(
            receipt(packets[1], sequence: 1, kit: Kit(id: KitID("kit-99"), isTraining: false)))
        let early = try ReceiptSigner(key: signatures.receiptKey).sign(receipt(packets[2], sequence: 2, kit: .real))
        for (packet, text) in zip(packets, [forged, foreign, early]) {
            try stick.overwrite("draagbaar-loket/kit-07/\(packet.id).receipt.jws", with: Array(text.utf8))
        }
        try stick.overwrite("draagbaar-loket/kit-07/cut.receipt.jws", with: Array(early.utf8.dropLast(100)))
        try stick.overwrite("draagbaar-loket/kit-07/noise.receipt.jws", with: patternedBytes(100_000, seed: 1))
        let report = try await take()
        #expect(report.stored.isEmpty && report.known.isEmpty)
        #expect(report.early == ["\(packets[2].id).receipt.jws": 1])
        #expect(report.refused.count == 4)
        #expect(report.refused["\(packets[0].id).receipt.jws"] != nil)
        #expect(report.refused["\(packets[1].id).receipt.jws"] != nil)
        #expect(try await store.packets.packets(in: [.sealed]).count == 3)
        for packet in packets { #expect(try await store.packets.verifyFile(of: packet.id) == nil) }
    }

    @Test("a folder on it that is a link is not followed, neither to write nor to read", arguments: [0, 1])
    func linkedFolder(level: Int) async throws {
        let elsewhere = try DataFolder()
        let place = "\(stick.path)/draagbaar-loket"
        let inside = level == 0 ? elsewhere.path : "\(maker.folder.path)/packets"
        if level == 0 {
            #expect(symlink(elsewhere.path, place) == 0)
        } else {
            #expect(mkdir(place, 0o700) == 0 && symlink(inside, "\(place)/kit-07") == 0)
        }
        let before = try (elsewhere.files(), maker.folder.files().keys.sorted())
        await #expect(throws: StickError.leadsElsewhere) { try await write() }
        #expect(throws: StickError.leadsElsewhere) { try PacketStick(at: stick.path, of: maker.kit.id).receiptNames() }
        #expect(try before == (elsewhere.files(), maker.folder.files().keys.sorted()))
        #expect(StickError.leadsElsewhere.report.code == .stick(.failing))
    }

    @Test(
        "another disk in the place of a folder on it is not written to",
        .enabled(if: geteuid() == 0, "mounting a small disk takes root"))
    func mountedFolder() async throws {
        let place = "\(stick.path)/draagbaar-loket"
        #expect(mkdir(place, 0o700) == 0)
        guard mount("tmpfs", place, "tmpfs", 0, "size=4m") == 0 else { return }
        defer { umount2(place, Int32(MNT_DETACH)) }
        await #expect(throws: StickError.leadsElsewhere) { try await write() }
    }

    @Test("a pipe in the place of a receipt or of a half-written file holds nothing up", .timeLimit(.minutes(1)))
    func pipes() async throws {
        _ = try await write()
        let folder = "\(stick.path)/draagbaar-loket/kit-07"
        #expect(mkfifo("\(folder)/\(packets[0].id).receipt.jws", 0o600) == 0)
        #expect(try await take().refused.keys.sorted() == ["\(packets[0].id).receipt.jws"])
        #expect(unlink("\(folder)/\(packets[0].fileName)") == 0)
        #expect(mkfifo("\(folder)/\(packets[0].fileName).part", 0o600) == 0)
        await #expect(throws: StickError.leadsElsewhere) { try await write() }
    }

    @Test("receipts are read one at a time: their names are held, not their texts")
    func oneAtATime() async throws {
        let files = (0..<500).map { "\($0).receipt.jws" }
        var (reads, told) = (0, [Int]())
        let verifier = ReceiptVerifier(server: Signatures.server, keys: [signatures.receiptKey.verifyingKey])
        let text = try signatures.receipt(for: packets[0], after: nil).compact
        let report = try await ReceiptImport(
            into: store, receipts: verifier, manifests: ManifestVerifier(keys: [:])
        ).take(files) { _ in
            reads += 1
            return reads % 2 == 0 ? nil : text
        } progress: { done, _ in
            told.append(done)
        }
        // Half of them were no receipt at the first look, a quarter not at the second.
        #expect(reads == 750 && report.refused.count == 500)
        #expect(told == told.sorted() && told.last == 500 && told.count == 251)
    }

    @Test("more names than are wanted end the listing")
    func tooMany() throws {
        for name in ["a.jws", "b.jws", "c.txt", "d.txt"] { try stick.overwrite(name, with: []) }
        let files = DurableFiles()
        #expect(try files.names(in: stick.path, atMost: 2) { $0.hasSuffix(".jws") } == ["a.jws", "b.jws"])
        #expect(throws: FileFailure(.list, E2BIG)) { try files.names(in: stick.path, atMost: 3) }
    }

    @Test("the packets of a dead laptop are written without a key, and its folder is left as it was")
    func rescue() async throws {
        try await store.packets.record(signatures.receipt(for: packets[0], after: nil))
        try await store.packets.refuse(packets[1].id, because: .refusedByCentral)
        // As power left it: with its log, and nobody there.
        let dead = try maker.folder.copy()
        var generator = SystemRandomNumberGenerator()
        let unknown = PacketID(at: .noon, using: &generator)
        try dead.overwrite("packets/\(unknown).age", with: [7])
        try FileManager.default.removeItem(atPath: "\(dead.path)/store.key")
        let before = try dead.files()
        let rescue = try PacketRescue(from: dead.path)
        #expect(rescue.kit == maker.kit.id)
        #expect(rescue.packets.map(\.id) == [packets[1].id, packets[2].id, unknown])
        #expect(rescue.packets.map { $0.manifest != nil } == [true, true, false])
        let target = try PacketStick(at: stick.path, of: maker.kit.id)
        try target.prepare()
        for packet in rescue.packets { #expect(try target.write(packet, from: rescue.folder) == .written) }
        #expect(try dead.files() == before)
        #expect(throws: StoreError.inUse) { try PacketRescue(from: maker.folder.path) }
    }

    @Test("a dead laptop whose database is gone or noise still gives its files", arguments: [nil, 0, 5000])
    func rescueOfFiles(noise: Int?) async throws {
        let dead = try maker.folder.copy()
        try FileManager.default.removeItem(atPath: "\(dead.path)/store.sqlite-wal")
        try FileManager.default.removeItem(atPath: "\(dead.path)/store.sqlite")
        if let noise { try dead.overwrite("store.sqlite", with: patternedBytes(noise, seed: 3)) }
        let rescue = try PacketRescue(from: dead.path)
        #expect(rescue.kit == nil)
        #expect(Set(rescue.packets.map(\.id)) == Set(packets.map(\.id)))
        #expect(rescue.packets.allSatisfy { $0.manifest == nil })
    }

    private func kitFile(_ packet: QueuedPacket) throws -> [UInt8]? {
        try maker.folder.files()["packets/\(packet.fileName)"]
    }

    private func write(
        to other: DataFolder? = nil, through files: DurableFiles = DurableFiles()
    ) async throws -> [PacketStick.Outcome] {
        let stick = try PacketStick(at: (other ?? stick).path, of: maker.kit.id, files: files)
        try stick.prepare()
        var outcomes: [PacketStick.Outcome] = []
        let waiting = try await store.packets.waitingForStick()
        for packet in waiting { outcomes.append(try stick.write(packet, from: store.packets.folder)) }
        try stick.finish(
            PacketStickIndex(
                kit: maker.kit.id, training: false, writtenAt: .noon,
                packets: waiting.map {
                    PacketStickIndex.Entry(
                        packet: $0.id, sequence: $0.sequence, bytes: $0.fileSize, sha256: $0.fileDigest,
                        urgent: $0.isUrgent)
                }))
        return outcomes
    }

    private func take() async throws -> ReceiptImport.Report {
        let stick = try PacketStick(at: stick.path, of: maker.kit.id)
        let verifier = ReceiptVerifier(server: Signatures.server, keys: [signatures.receiptKey.verifyingKey])
        let manifests = ManifestVerifier(keys: [maker.kit.id: [signatures.kitKey.verifyingKey]])
        return try await ReceiptImport(into: store, receipts: verifier, manifests: manifests).take(
            stick.receiptNames(), reading: { try stick.receipt($0) })
    }

    private func receipt(_ packet: QueuedPacket, sequence: Int, kit: Kit) -> Receipt {
        Receipt(
            packetID: packet.id, kit: kit.id, fileDigest: packet.fileDigest, fileSize: packet.fileSize,
            receivedAt: .noon, server: Signatures.server, isTraining: false, sequence: sequence,
            previousReceiptDigest: sequence == 1 ? nil : "x")
    }
}
