import CentralServer
import EnrolmentCore
import Foundation
import GRDB
import OfflineCache
import PacketFormat
import SyncClient
import SyncProtocol
import Synchronization
import Testing

/// T9: a kit's disk image is put back, or copied.
///
/// `LOKET_ROLLBACK_IMAGES=all` takes an image at every step of the day; otherwise every so many steps, for CI.
@Suite("Older copies of a kit, and two of one")
struct RollbackTests {
    static let seed: UInt64 = 20_261_122
    static let takesAll = ProcessInfo.processInfo.environment["LOKET_ROLLBACK_IMAGES"] == "all"

    @Test("an image of any moment of a day comes back: nothing is submitted twice, nothing lost, and the kit is warned")
    func everyMoment() async throws {
        let centralFolder = try TestFolder()
        let world = try await RollbackWorld(central: centralFolder, seed: Self.seed)
        let images = Mutex<[TestFolder]>([])
        let steps = Mutex(0)
        let probe = StorageProbe { _ throws(StoreError) in
            let step = steps.withLock {
                $0 += 1
                return $0
            }
            guard Self.takesAll || step % 29 == 0 else { return }
            if let image = try? world.bench.folder.copy() { images.withLock { $0.append(image) } }
        }
        let central = try await CentralService.start(RollbackWorld.configuration(centralFolder))
        let store = try await world.bench.open(probe: probe)
        try await world.workOneDay(on: store, with: central)
        #expect(try await store.packets.packets().allSatisfy { $0.state == .purged })
        store.close()
        await central.stop()

        var total = RollbackFigures()
        for image in images.withLock({ $0 }) {
            total += try await round(image, world: world, central: centralFolder)
        }
        print("rollback: seed \(Self.seed), steps \(steps.withLock { $0 }), \(total)")
        #expect(total.images == (Self.takesAll ? steps.withLock { $0 } : steps.withLock { $0 } / 29))
        #expect(total.older > 0 && total.toldReceived + total.accepted > 0)
        #expect(total.isClean, "\(total)")
    }

    private func round(
        _ image: TestFolder, world: RollbackWorld, central folder: TestFolder
    ) async throws -> RollbackFigures {
        let copy = try folder.copy()
        defer { withExtendedLifetime(copy) {} }
        let configuration = RollbackWorld.configuration(copy)
        let central = try await CentralService.start(configuration)
        let store = try await world.bench.open(image)
        var round = RollbackRound(world: world, central: central, configuration: configuration, store: store)
        let figures = try await round.run()
        store.close()
        await central.stop()
        return figures
    }

    @Test("a folder that lost its last packet's row and its chain's head meets central, is accepted, and goes on")
    func headLost() async throws {
        let centralFolder = try TestFolder()
        let world = try await RollbackWorld(central: centralFolder, seed: Self.seed)
        let central = try await CentralService.start(RollbackWorld.configuration(centralFolder))
        var store = try await world.bench.open()
        for name in ["c1", "c2"] { _ = try await world.seal(name, in: store) }
        _ = try await world.sync(store, with: central)
        _ = try await world.seal("c3", in: store)
        store.close()
        let database = try DatabaseQueue(path: "\(world.bench.folder.path)/store.sqlite")
        try await database.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA foreign_keys = OFF; DELETE FROM packet WHERE sequence = 3;
                    UPDATE chain_head SET mac = NULL WHERE chain = 'manifest'
                    """)
        }
        try database.close()

        store = try await world.bench.open()
        let report = try await world.sync(store, with: central)
        #expect(report.stopped == nil)
        let mark = try #require(report.rollback)
        #expect(mark.foundBy == .machine && mark.ownSequence == 2 && mark.central?.sequence == 2)
        #expect(try await store.chain.accept(by: nil) == .accepted(continuedAfter: 2))
        #expect(try await world.seal("c4", in: store).sequence == 3)
        #expect(try await world.sync(store, with: central).received.count == 1)
        store.close()
        await central.stop()
    }

    @Test(
        "yesterday's image with nothing but the passphrase lock is found at the next sync, and goes on behind central")
    func yesterday() async throws {
        let centralFolder = try TestFolder()
        let world = try await RollbackWorld(central: centralFolder, seed: Self.seed)
        let central = try await CentralService.start(RollbackWorld.configuration(centralFolder))
        var store = try await world.bench.open()
        _ = try await world.seal("c1", in: store)
        _ = try await world.sync(store, with: central)
        store.close()
        let yesterday = try world.bench.folder.copy()
        store = try await world.bench.open()
        _ = try await world.seal("c2", in: store)
        _ = try await world.seal("c3", in: store)
        _ = try await world.sync(store, with: central)
        store.close()

        let old = try await world.bench.open(yesterday)
        _ = try await old.drafts.save([1], for: CaseID("c2"), in: VisitID("v1"), after: 0)
        let report = try await world.sync(old, with: central)
        let mark = try #require(report.rollback)
        #expect(mark.foundBy == .central && mark.ownSequence == 1 && mark.central?.sequence == 3)
        #expect(report.alreadyReceived == [CaseID("c2")])
        #expect(report.stopped == nil && report.bytesSent == 0)
        #expect(try await old.packets.receiptChainHead()?.sequence == 3)
        #expect(try await old.chain.accept(by: nil) == .accepted(continuedAfter: 3))
        let next = try await world.seal("c4", in: old)
        #expect(next.sequence == 4)
        let second = try await world.sync(old, with: central)
        #expect(second.received == [next.id] && second.rollback == nil)
        // It is not found again.
        #expect(try await world.sync(old, with: central).rollback == nil)
        old.close()
        await central.stop()
    }

    @Test("a packet whose row was changed keeps its file, and its receipt holds up none of those that follow")
    func changedRow() async throws {
        let centralFolder = try TestFolder()
        let world = try await RollbackWorld(central: centralFolder, seed: Self.seed)
        let central = try await CentralService.start(RollbackWorld.configuration(centralFolder))
        var store = try await world.bench.open()
        let changed = try await world.seal("c1", in: store)
        let other = try await world.seal("c2", in: store)
        store.close()
        // Central has both, and neither receipt arrives.
        let unanswered = try world.bench.folder.copy()
        store = try await world.bench.open()
        #expect(try await world.sync(store, with: central).received == [changed.id, other.id])
        store.close()
        let database = try DatabaseQueue(path: "\(unanswered.path)/store.sqlite")
        try await database.write { try $0.execute(sql: "UPDATE packet SET is_urgent = 1 WHERE sequence = 1") }
        try database.close()

        let old = try await world.bench.open(unanswered)
        let report = try await world.sync(old, with: central)
        #expect(report.stopped == nil && report.rollback == nil && report.received == [other.id])
        #expect(try await old.packets.receiptChainHead()?.sequence == 2)
        await #expect(throws: StoreError.packetDamaged(changed.id, .rowChanged)) {
            try await old.packets.packet(changed.id)
        }
        let file = "\(unanswered.path)/packets/\(changed.id).age"
        #expect(FileManager.default.contents(atPath: file)?.count == changed.fileSize)
        let next = try await world.seal("c3", in: old)
        #expect(try await world.sync(old, with: central).received == [next.id])
        old.close()
        await central.stop()
    }

    @Test("two copies of one kit that both work: the second's packet is told as a fork, and both keep their data")
    func clones() async throws {
        let centralFolder = try TestFolder()
        let world = try await RollbackWorld(central: centralFolder, seed: Self.seed)
        let configuration = RollbackWorld.configuration(centralFolder)
        let central = try await CentralService.start(configuration)
        let clone = try world.bench.folder.copy()
        let (first, second) = (try await world.bench.open(), try await world.bench.open(clone))
        let packet = try await world.seal("c1", in: first)
        let forked = try await world.seal("c2", in: second)
        #expect(try await world.sync(first, with: central).received == [packet.id])
        let report = try await world.sync(second, with: central)
        #expect(report.setAside == [forked.id: .central(.chainForked)])
        #expect(report.rollback?.foundBy == .central)
        let kept = try await second.packets.packet(forked.id)
        #expect(kept.state == .conflict && kept.problem == .chainForked)
        #expect(try await second.packets.verifyFile(of: forked.id) == nil)
        let finding = try #require(try await CentralService.chains(in: configuration).first?.findings.first)
        #expect(finding.packet == forked.id && finding.heldPacket == packet.id)
        _ = try await CentralService.accept(1, of: world.bundle.kit, because: .copyRetired, in: configuration)
        try await second.packets.retry(forked.id, by: OfficerID("S1"))
        #expect(try await world.sync(second, with: central).received == [forked.id])
        #expect(try await world.sync(first, with: central).rollback == nil)
        first.close()
        second.close()
        await central.stop()
    }

    @Test("a status that lies about the chain stops no kit: only the kit's own signature does")
    func lyingStatus() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(100, seed: 1))
        let lie = CentralStatus(
            server: bench.bundle.serverName, time: .noon, isTraining: false, kit: bench.bundle.kit,
            maximumPacketSize: 1 << 20,
            chain: KitChain(sequence: 7, digest: String(repeating: "0", count: 64), receipts: 0))
        let stranger = SigningKey()
        let manifest = Manifest(
            packetID: packet.id, kit: bench.bundle.kit, sequence: 7, previousManifestDigest: nil, sealedAt: .noon,
            timeConfidence: .plausible, isTraining: false, contentType: "x", contentSize: 1, fileSize: 1,
            fileDigest: "", recipientKeyID: "")
        let forged = try ManifestSigner(key: stranger).sign(manifest).compact
        let headers = [SyncHeader.tusResumable: TusCapabilities.version]
        let report = try await bench.sync(falsifying: [
            SyncRoute.status.path: .success(SyncAnswer(status: 200, headers: headers, body: try lie.encoded())),
            SyncRoute.manifestInChain(7).path: .success(
                SyncAnswer(status: 200, headers: headers, body: Array(forged.utf8))),
        ])
        #expect(report.rollback == nil && report.received == [packet.id])
        await bench.stop()
    }

    @Test("a laptop that takes a kit over with a new key takes up the kit's receipts, and its packets come through")
    func newLaptop() async throws {
        let bench = try await CentralBench()
        _ = try await bench.seal("c1", patternedBytes(100, seed: 1))
        _ = try await bench.sync()
        let bundle = try await bench.central.registerKit(KitID("kit-07"), replacing: true)
        let laptop = try StoreBench(kitKey: try SigningKey(pem: bundle.signingKey))
        let store = try await laptop.open()
        let packet = try await laptop.seal("c2", patternedBytes(100, seed: 2), in: store)
        let connection = try CentralConnection(bundle)
        let session = try SyncSession(
            store: store, bundle: bundle, exchange: connection, clock: SystemWallClock(), pace: HastyPace())
        let report = await session.run()
        #expect(report.received == [packet.id] && report.rollback == nil)
        #expect(try await store.packets.receiptChainHead()?.sequence == 2)
        await connection.close()
        store.close()
        await bench.stop()
    }
}

extension RollbackFigures {
    static func += (left: inout RollbackFigures, right: RollbackFigures) {
        left.images += right.images
        left.older += right.older
        left.warned += right.warned
        left.falselyWarned += right.falselyWarned
        left.secondSubmissions += right.secondSubmissions
        left.lost += right.lost
        left.damaged += right.damaged
        left.accepted += right.accepted
        left.sealedTooEarly += right.sealedTooEarly
        left.toldReceived += right.toldReceived
        left.wronglyToldReceived += right.wronglyToldReceived
    }
}
