import EnrolmentCore
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Interrupted uploads")
struct InterruptionTests {
    /// Every piece is confirmed, so that the test can wait for a byte to be safe.
    private static var limits: CentralLimits {
        var limits = CentralLimits()
        limits.syncInterval = 1
        return limits
    }

    @Test("What came before the network dropped is kept, and the rest completes the packet")
    func droppedConnection() async throws {
        try await Bench.run(limits: Self.limits) { bench in
            let packet = try TestPacket(bench.bundle, seed: 60, size: 50_000)
            _ = try await bench.kit.announce(packet)
            let connection = try await RawConnection(bench.bundle, port: bench.central.port)
            try await connection.startAppend(
                SyncRoute.packet(packet.id).path, offset: 0, length: 50_000, bytes: packet.bytes.prefix(20_000))
            try await bench.waitUntil(packet.id, hasDurable: 20_000)
            try await connection.drop()
            #expect(try await bench.kit.head(packet.id).offset == 20_000)
            #expect(try await bench.kit.append(packet.bytes[20_000...], at: 20_000, of: packet.id).offset == 50_000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("A kit that comes back on a new connection need not wait for the old one to be found dead")
    func preemption() async throws {
        try await Bench.run(limits: Self.limits) { bench in
            let packet = try TestPacket(bench.bundle, seed: 61, size: 50_000)
            _ = try await bench.kit.announce(packet)
            let stale = try await RawConnection(bench.bundle, port: bench.central.port)
            try await stale.startAppend(
                SyncRoute.packet(packet.id).path, offset: 0, length: 50_000, bytes: packet.bytes.prefix(7000))
            try await bench.waitUntil(packet.id, hasDurable: 7000)
            #expect(try await bench.kit.append(packet.bytes[7000...], at: 7000, of: packet.id).offset == 50_000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
            try await stale.waitUntilClosed()
        }
    }

    @Test("Of a piece with a checksum, nothing counts until all of it is there")
    func checksummedPiece() async throws {
        try await Bench.run(limits: Self.limits) { bench in
            let packet = try TestPacket(bench.bundle, seed: 62, size: 3000)
            _ = try await bench.kit.announce(packet)
            let connection = try await RawConnection(bench.bundle, port: bench.central.port)
            let checksum = UploadChecksum(of: packet.bytes).header
            let path = SyncRoute.packet(packet.id).path + " HTTP/1.1\r\nUpload-Checksum: \(checksum)\r\nX-Rest:"
            try await connection.startAppend(path, offset: 0, length: 3000, bytes: packet.bytes.prefix(2000))
            try await connection.drop()
            #expect(try await bench.kit.head(packet.id).offset == 0)
            #expect(try await bench.kit.upload(packet).offset == 3000)
        }
    }

    @Test("After a stop and a start in the middle of an upload, it goes on at the durable offset")
    func restart() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder, limits: Self.limits)
            configuration.logger.logLevel = .critical
            var kept: (bundle: KitBundle, packet: TestPacket)?
            try await Bench.run(configuration) { bench in
                let packet = try TestPacket(bench.bundle, seed: 63, size: 50_000)
                _ = try await bench.kit.announce(packet)
                let connection = try await RawConnection(bench.bundle, port: bench.central.port)
                try await connection.startAppend(
                    SyncRoute.packet(packet.id).path, offset: 0, length: 50_000, bytes: packet.bytes.prefix(30_000))
                try await bench.waitUntil(packet.id, hasDurable: 30_000)
                kept = (bench.bundle, packet)
            }
            let (bundle, packet) = try #require(kept)
            try await Bench.run(configuration, bundle: bundle) { bench in
                let head = try await bench.kit.head(packet.id)
                #expect(head.offset == 30_000)
                let rest = packet.bytes[30_000...]
                #expect(try await bench.kit.append(rest, at: 30_000, of: packet.id).offset == 50_000)
                #expect(try await bench.kit.receipt(packet.id).status == 200)
            }
        }
    }

    @Test("Bytes behind the confirmed offset are cut off, as after a crash before the transaction")
    func unconfirmedTail() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 64)
            _ = try await bench.kit.announce(packet)
            _ = try await bench.kit.append(packet.bytes.prefix(1000), at: 0, of: packet.id)
            let file = try AppendableFile(path: bench.unfinishedPath(of: packet), continuingAt: 1000)
            try file.append([0xFF, 0xFF, 0xFF])
            #expect(try await bench.kit.append(packet.bytes[1000...], at: 1000, of: packet.id).offset == 5000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("When the disk lost confirmed bytes, the kit is told to announce the packet again")
    func lostBytes() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 65)
            _ = try await bench.kit.announce(packet)
            _ = try await bench.kit.append(packet.bytes.prefix(1000), at: 0, of: packet.id)
            _ = try AppendableFile(path: bench.unfinishedPath(of: packet), continuingAt: 400)
            #expect(try await bench.kit.append(packet.bytes[1000...], at: 1000, of: packet.id).code == .unknownPacket)
            #expect(try await bench.kit.upload(packet).offset == 5000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }
}
