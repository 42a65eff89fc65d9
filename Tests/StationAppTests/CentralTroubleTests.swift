import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationUI
import SyncClient
import SyncProtocol
import Testing

@testable import StationApp

@Suite("A central that fails during a synchronisation")
struct CentralTroubleTests {
    @Test("out of reach: everything waits in the queue, and goes when central is there")
    func unreachable() async throws {
        try await withStationBench { bench in
            let link = try await CuttableLink(toCentralAt: bench.central.port)
            let kit = try await bench.open(bundle: bench.bundle.reached(at: "https://localhost:\(link.port)"))
            let packet = try await bench.enrol(on: kit)
            let outcome = try await bench.sync(kit)
            try expectExplained(
                outcome.failure, as: .central(.unreachable), kept: .packet, happened: "geen netwerk",
                remedy: "Werk gewoon verder")
            #expect(outcome.left == 1 && outcome.received == 0)
            try await expectIntact(packet, bench, kit)
            try await link.connect()
            let second = try await bench.sync(kit)
            #expect(second.received == 1 && second.left == 0 && second.stopped == nil)
            try await link.disconnect()
            kit.store.close()
        }
    }

    @Test("another authority's certificate: nothing is said to whoever that is")
    func wrongCertificate() async throws {
        try await withStationBench { bench in
            let stranger = try await Self.central(in: bench.folder.url.appending(path: "stranger"))
            let kit = try await bench.open(bundle: bench.bundle.reached(at: stranger.localURL))
            let packet = try await bench.enrol(on: kit)
            let outcome = try await bench.sync(kit)
            try expectExplained(
                outcome.failure, as: .central(.wrongCertificate), kept: .packet, happened: "niet bewijzen",
                remedy: "ander netwerk")
            #expect(try await stranger.packets().isEmpty)
            await stranger.stop()
            try await expectIntact(packet, bench, kit)
            try await expectReceived(bench, kit)
        }
    }

    @Test("a receipt by another key than central's: the file stays until a true one comes")
    func forgedReceipt() async throws {
        try await withStationBench { bench in
            let forger = try await Self.forger(of: bench)
            let kit = try await bench.open(bundle: bench.bundle.reached(at: forger.localURL))
            let packet = try await bench.enrol(on: kit)
            let outcome = try await bench.sync(kit)
            #expect(outcome.received == 0 && outcome.left == 1)
            try expectExplained(
                outcome.failure, as: .central(.receiptForged), kept: .packet, happened: "telt niet",
                remedy: "blijft in de wachtrij")
            #expect(try await forger.packets().map(\.id) == [packet])
            await forger.stop()
            try await expectIntact(packet, bench, kit)
            try await expectReceived(bench, kit)
        }
    }

    @Test("a flipped byte in one packet's file puts that packet aside, and the others go")
    func flippedByte() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let damaged = try await bench.enrol(BenchDay.first, on: kit)
            let whole = try await bench.enrol(BenchDay.second, on: kit)
            try Self.flipByte(of: bench.file(of: damaged))
            let outcome = try await bench.sync(kit)
            #expect(outcome.received == 1 && outcome.setAside == 1 && outcome.left == 0)
            let rows = try await kit.packets()
            #expect(rows.first { $0.id == whole }?.state == .purged)
            let aside = try #require(rows.first { $0.id == damaged })
            #expect(aside.state == .conflict && aside.problem == .fileDigestWrong && aside.receipt == nil)
            #expect(FileManager.default.fileExists(atPath: bench.file(of: damaged).path))
            let row = QueueRow(aside)
            #expect(row.state == .conflict && row.problem == .store(.packetDamaged))
            try expectExplained(
                FailureReport(try #require(row.problem), kept: .packet), as: .store(.packetDamaged), kept: .packet,
                happened: "niet meer die van het verzegelen", remedy: "meld het aan het kantoor")
            kit.store.close()
        }
    }

    @Test("bytes that are not the manifest's never get a receipt from central")
    func noReceiptForOtherBytes() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let id = try await bench.enrol(on: kit)
            try Self.flipByte(of: bench.file(of: id))
            let packet = try await kit.packet(id).0
            let connection = try CentralConnection(bench.bundle)
            var upload = UploadProtocol(packet, origin: connection.origin, chunkSize: packet.fileSize)
            guard case .send(let announcement)? = upload.handle(.start).first else {
                Issue.record("an upload begins with an announcement")
                return
            }
            #expect(try await connection.exchange(announcement).status == 201)
            let bytes = try await kit.store.packets.bytes(of: id, from: 0, count: packet.fileSize)
            let path = SyncRoute.packet(id).path
            let answer = try await connection.exchange(UploadProtocol.append(bytes, at: 0, to: path))
            #expect(answer.status >= 400, "status \(answer.status)")
            let receipt = try await connection.exchange(SyncRequest(.get, SyncRoute.receipt(id).path))
            #expect(receipt.status >= 400, "status \(receipt.status)")
            await connection.close()
            #expect(try await bench.central.packets().allSatisfy { $0.receivedAt == nil })
            kit.store.close()
        }
    }

    // MARK: Centrals that are not the kit's

    private static func central(in folder: URL) async throws -> RunningCentral {
        let configuration = try StationBench.configuration(in: folder)
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: true)
        return try await CentralService.start(configuration)
    }

    /// A central with the same certificates and the same kits, that signs receipts with a key of its own.
    private static func forger(of bench: StationBench) async throws -> RunningCentral {
        let configuration = try StationBench.configuration(in: bench.folder.url.appending(path: "forger"))
        for name in ["keys", "central.sqlite", "central.sqlite-wal"] {
            let original = bench.folder.url.appending(path: "central/\(name)")
            guard FileManager.default.fileExists(atPath: original.path) else { continue }
            try FileManager.default.copyItem(at: original, to: URL(filePath: "\(configuration.directory)/\(name)"))
        }
        let key = URL(filePath: "\(configuration.keyDirectory)/receipt.key.pem")
        try Data(ReceiptSigningKey().pem.utf8).write(to: key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        return try await CentralService.start(configuration)
    }

    private static func flipByte(of file: URL) throws {
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
    }

    // MARK: What is still there

    /// The packet waits, and opens with central's key.
    private func expectIntact(_ packet: PacketID, _ bench: StationBench, _ kit: OpenKit) async throws {
        let row = try await kit.packet(packet).0
        #expect(PacketState.waiting.contains(row.state) && row.receipt == nil)
        #expect(try await bench.contents(of: packet, on: kit).isEmpty == false)
    }

    /// The same store, with the kit's own central, sends all.
    private func expectReceived(_ bench: StationBench, _ kit: OpenKit) async throws {
        kit.store.close()
        let again = try await bench.open()
        let outcome = try await bench.sync(again)
        #expect(outcome.received == 1 && outcome.left == 0)
        #expect(try await bench.central.packets().count == 1)
        again.store.close()
    }
}
