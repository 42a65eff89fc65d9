import CentralServer
import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncProtocol
import Synchronization
import Testing

@testable import SyncClient

@Suite("A sync with the real central over TLS")
struct SyncSessionTests {
    @Test("brings every packet over, byte for byte, and leaves receipts where the files were")
    func wholeQueue() async throws {
        let bench = try await CentralBench()
        let files = [patternedBytes(10, seed: 1), patternedBytes(200_000, seed: 2), patternedBytes(65_536, seed: 3)]
        var packets: [QueuedPacket] = []
        for (index, file) in files.enumerated() {
            packets.append(try await bench.seal("c\(index)", file, isUrgent: index == 2))
        }
        let seen = Mutex<[SyncProgress]>([])
        let report = try await bench.sync { progress in seen.withLock { $0.append(progress) } }
        #expect(report.received == [packets[2].id, packets[0].id, packets[1].id])
        #expect(report.stopped == nil && report.failed.isEmpty && report.setAside.isEmpty)
        #expect(report.bytesSent == files.map(\.count).reduce(0, +))
        #expect(report.resumed == 0)
        for (packet, file) in zip(packets, files) {
            #expect(bench.copy(of: packet) == file)
            let now = try await bench.store.packets.packet(packet.id)
            #expect(now.state == .purged && now.receipt != nil)
            #expect(try await bench.store.packets.attempts(of: packet.id).map(\.outcome) == ["received"])
        }
        let last = try #require(seen.withLock { $0.last })
        #expect(last.packetsDone == 3 && last.bytesDone == last.bytesTotal && last.timeLeft == nil)
        #expect(try await bench.store.packets.receiptChainHead()?.sequence == 3)
        #expect(abs(try #require(report.clockAhead).components.seconds) < 60)
        await bench.stop()
    }

    @Test("a line that breaks at any percent of the way costs at most one chunk, and each packet arrives once")
    func everyPercent() async throws {
        let bench = try await CentralBench()
        let size = 150_000
        var cuts = 0
        for percent in 0..<100 {
            let file = patternedBytes(size, seed: UInt64(percent))
            let packet = try await bench.seal("c\(percent)", file)
            let limit = CuttingProxy.Limit(toCentral: size * percent / 100)
            let proxy = try await CuttingProxy.start(to: bench.central.port, cutting: [limit])
            let report = try await bench.sync(through: proxy.port)
            try await proxy.stop()
            #expect(report.received == [packet.id], "\(percent) %: \(report)")
            #expect(proxy.cuts >= 1, "\(percent) %")
            #expect(report.bytesSent <= size + CentralBench.chunk, "\(percent) %")
            #expect(bench.copy(of: packet) == file, "\(percent) %")
            cuts += proxy.cuts
        }
        #expect(cuts >= 100)
        let held = try await bench.central.packets().map(\.id)
        #expect(held.count == 100 && Set(held).count == 100)
        #expect(try await bench.store.packets.receiptChainHead()?.sequence == 100)
        await bench.stop()
    }

    @Test("Case 34: an answer that gets lost, at any point of it, is asked for again, and nothing is doubled")
    func lostAnswers() async throws {
        let bench = try await CentralBench()
        let size = 100_000
        var expected = 0
        // The whole exchange brings about 5000 bytes to the kit, of which TLS takes the first half.
        for bytes in stride(from: 0, through: 5000, by: 125) {
            let file = patternedBytes(size, seed: UInt64(bytes))
            let packet = try await bench.seal("c\(bytes)", file)
            let proxy = try await CuttingProxy.start(to: bench.central.port, cutting: [.init(toKit: bytes)])
            let report = try await bench.sync(through: proxy.port)
            try await proxy.stop()
            expected += 1
            #expect(report.received == [packet.id], "\(bytes): \(report)")
            #expect(report.bytesSent <= size + proxy.cuts * CentralBench.chunk, "\(bytes)")
            #expect(bytes > 4000 || proxy.cuts >= 1, "\(bytes)")
            #expect(bench.copy(of: packet) == file, "\(bytes)")
        }
        #expect(try await bench.central.packets().count == expected)
        #expect(try await bench.store.packets.receiptChainHead()?.sequence == expected)
        await bench.stop()
    }

    @Test("a line that never holds ends the attempt by name, and the next sync goes on from central's offset")
    func hopelessLine() async throws {
        let bench = try await CentralBench()
        let file = patternedBytes(300_000, seed: 7)
        let packet = try await bench.seal("c1", file)
        let limits = [CuttingProxy.Limit(toCentral: 120_000)] + Array(repeating: .init(toCentral: 900), count: 40)
        let proxy = try await CuttingProxy.start(to: bench.central.port, cutting: limits)
        let report = try await bench.sync(through: proxy.port)
        try await proxy.stop()
        #expect(report.failed == [packet.id: .central(.unreachable)])
        #expect(bench.pace.waits.count == UploadProtocol.patience)
        let between = try await bench.store.packets.packet(packet.id)
        #expect(between.state == .uploading && between.uploadOffset == CentralBench.chunk)
        let second = try await bench.sync()
        #expect(second.received == [packet.id])
        #expect(second.bytesSent == file.count - CentralBench.chunk)
        #expect(second.resumed == 1)
        await bench.stop()
    }

    @Test("a receipt that got lost with an earlier packet is fetched before the next one is stored")
    func gapInTheChain() async throws {
        let bench = try await CentralBench()
        let first = try await bench.seal("c1", patternedBytes(1000, seed: 1))
        // Central receives the first packet, and the kit never learns of it.
        let connection = try CentralConnection(bench.bundle)
        var machine = UploadProtocol(first, origin: connection.origin, chunkSize: 1000)
        guard case .send(let announcement) = machine.handle(.start)[0] else { return }
        _ = try await connection.exchange(announcement)
        let path = SyncRoute.packet(first.id).path
        let bytes = try await bench.store.packets.bytes(of: first.id, from: 0, count: 1000)
        _ = try await connection.exchange(UploadProtocol.append(bytes, at: 0, to: path))
        await connection.close()
        let urgent = try await bench.seal("c2", patternedBytes(2000, seed: 2), isUrgent: true)
        let report = try await bench.sync()
        #expect(report.received == [first.id, urgent.id])
        #expect(report.bytesSent == 2000)
        #expect(try await bench.store.packets.receiptChainHead()?.sequence == 2)
        await bench.stop()
    }

    @Test("a packet that central refuses is put aside, and the others go on")
    func isolation() async throws {
        let bench = try await CentralBench()
        let stranger = try await bench.bench.seal(
            "c1", patternedBytes(100, seed: 1), in: bench.store, key: KitSigningKey())
        let good = try await bench.seal("c2", patternedBytes(100, seed: 2))
        let report = try await bench.sync()
        #expect(report.setAside == [stranger.id: .central(.refused)])
        #expect(report.received == [good.id])
        let aside = try await bench.store.packets.packet(stranger.id)
        #expect(aside.state == .refused && aside.problem == .refusedByCentral)
        await bench.stop()
    }

    @Test("a receipt signed by someone else deletes nothing")
    func forgedReceipt() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(100, seed: 1))
        let other = bench.bundle.reached(
            at: bench.bundle.centralURL, receiptKey: ReceiptSigningKey().verifyingKey.pem)
        let report = try await bench.sync(as: other)
        #expect(report.failed == [packet.id: .central(.receiptForged)])
        let kept = try await bench.store.packets.packet(packet.id)
        #expect(kept.state == .uploading && kept.receipt == nil)
        #expect(try await bench.store.packets.verifyFile(of: packet.id) == nil)
        #expect(try await bench.sync().received == [packet.id])
        await bench.stop()
    }

    @Test("a central of another authority is not spoken to, and sees no packet")
    func wrongAuthority() async throws {
        let bench = try await CentralBench()
        let stranger = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(100, seed: 1))
        let report = try await bench.sync(through: stranger.central.port)
        #expect(report.stopped?.code == .central(.wrongCertificate))
        #expect(try await stranger.central.packets().isEmpty)
        #expect(try await bench.store.packets.packet(packet.id) == packet)
        await stranger.stop()
        await bench.stop()
    }

    @Test("a kit whose certificate central does not accept is told so")
    func wrongClientCertificate() async throws {
        let bench = try await CentralBench()
        let stranger = try await CentralBench()
        _ = try await bench.seal("c1", patternedBytes(100, seed: 1))
        let other = bench.bundle.reached(
            at: bench.bundle.centralURL, client: (stranger.bundle.clientCertificate, stranger.bundle.clientKey))
        let report = try await bench.sync(as: other)
        #expect(report.stopped?.code == .central(.wrongCertificate))
        await stranger.stop()
        await bench.stop()
    }

    @Test("a kit that was given a newer certificate elsewhere is refused by name")
    func replacedKit() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(100, seed: 1))
        _ = try await bench.central.registerKit(KitID("kit-07"), replacing: true)
        let report = try await bench.sync()
        #expect(report.stopped?.code == .central(.kitRefused))
        #expect(try await bench.store.packets.packet(packet.id) == packet)
        await bench.stop()
    }

    @Test("training never reaches a real central, nor the reverse", arguments: [true, false])
    func training(centralTrains: Bool) async throws {
        let bench = try await CentralBench(training: centralTrains, kitTrains: !centralTrains)
        _ = try await bench.seal("c1", patternedBytes(100, seed: 1))
        let report = try await bench.sync()
        #expect(report.stopped?.code == .central(.trainingRefused))
        #expect(try await bench.central.packets().isEmpty)
        await bench.stop()
    }

    @Test("with nobody there it asks once more, then says that central is out of reach")
    func unreachable() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(100, seed: 1))
        await bench.central.stop()
        let report = try await bench.sync()
        #expect(report.stopped?.code == .central(.unreachable))
        #expect(bench.pace.waits.count == 1)
        #expect(try await bench.store.packets.packet(packet.id) == packet)
        bench.store.close()
    }

    @Test("a cancelled sync stops and loses nothing")
    func cancelled() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(500_000, seed: 1))
        let task = Mutex<Task<SyncReport, any Error>?>(nil)
        let (started, start) = AsyncStream<Void>.makeStream()
        let running = Task {
            for await _ in started { break }
            return try await bench.sync { progress in
                if progress.bytesDone > 0 { task.withLock { $0?.cancel() } }
            }
        }
        task.withLock { $0 = running }
        start.yield()
        let report = try await running.value
        #expect(report.wasCancelled && report.received.isEmpty)
        #expect(try await bench.store.packets.attempts(of: packet.id).map(\.outcome) == ["cancelled"])
        #expect(try await bench.sync().received == [packet.id])
        await bench.stop()
    }

    @Test("a kit without packets only meets central")
    func emptyQueue() async throws {
        let bench = try await CentralBench()
        let report = try await bench.sync()
        #expect(report.stopped == nil && report.received.isEmpty && report.clockAhead != nil)
        await bench.stop()
    }
}
