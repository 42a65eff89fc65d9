import EnrolmentCore
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Uploads over TLS")
struct UploadTests {
    @Test("A packet that arrives whole is on disk, byte for byte, and has a receipt that the kit can verify")
    func wholeUpload() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 1)
            let created = try await bench.kit.announce(packet)
            #expect(created.status == 201)
            #expect(created.headers["location"] == SyncRoute.packet(packet.id).path)
            let appended = try await bench.kit.append(packet.bytes, at: 0, of: packet.id)
            #expect(appended.status == 204)
            #expect(appended.offset == packet.bytes.count)
            #expect(try PrivateFile.read(bench.central.path(of: packet.id), isSecret: true) == packet.bytes)
            let receipt = try await bench.kit.receipt(packet.id)
            #expect(receipt.headers["content-type"] == "application/jose")
            let verifier = ReceiptVerifier(
                server: bench.bundle.serverName, keys: [try VerifyingKey(pem: bench.bundle.receiptKey)])
            let verified = try verifier.verify(receipt.text, for: packet.signed.manifest, after: nil)
            #expect(verified.receipt.sequence == 1)
        }
    }

    @Test("Central tells what it can do without being asked for a version")
    func options() async throws {
        try await Bench.run { bench in
            let answer = try await bench.kit.send("OPTIONS", SyncRoute.packets.path, headers: [])
            #expect(answer.status == 204)
            let capabilities = try #require(TusCapabilities { answer.headers[$0.lowercased()] })
            #expect(capabilities.extensions == ["creation", "checksum"])
            #expect(capabilities.checksumAlgorithms == [.sha256, .sha1])
            #expect(capabilities.maximumSize == CentralLimits().packetSize)
        }
    }

    @Test("The offset is told with the length and the metadata as they were sent, and never cached")
    func head() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 2)
            _ = try await bench.kit.announce(packet)
            _ = try await bench.kit.append(packet.bytes.prefix(100), at: 0, of: packet.id)
            let answer = try await bench.kit.head(packet.id)
            #expect(answer.status == 200)
            #expect(answer.offset == 100)
            #expect(answer.headers["upload-length"] == "5000")
            #expect(answer.headers["upload-metadata"] == UploadMetadata(signedManifest: packet.signed.compact).header)
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["tus-resumable"] == "1.0.0")
        }
    }

    @Test("A packet in many pieces, each with a checksum of either kind, arrives whole")
    func pieces() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 3)
            _ = try await bench.kit.announce(packet)
            for (index, start) in stride(from: 0, to: 5000, by: 700).enumerated() {
                let piece = Array(packet.bytes[start..<min(start + 700, 5000)])
                let checksum = UploadChecksum(of: piece, using: index.isMultiple(of: 2) ? .sha1 : .sha256)
                let headers = [(SyncHeader.uploadChecksum, checksum.header)]
                let answer = try await bench.kit.append(piece, at: start, of: packet.id, headers: headers)
                #expect(answer.status == 204)
                #expect(answer.offset == start + piece.count)
            }
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("A POST that carries PATCH or HEAD as its override is that request")
    func override() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 4)
            _ = try await bench.kit.announce(packet)
            let fields =
                KitClient.version + [
                    (SyncHeader.contentType, SyncMediaType.offsetStream), (SyncHeader.uploadOffset, "0"),
                    (SyncHeader.methodOverride, "PATCH"),
                ]
            let path = SyncRoute.packet(packet.id).path
            #expect(try await bench.kit.send("POST", path, headers: fields, body: packet.bytes).status == 204)
            let head = KitClient.version + [(SyncHeader.methodOverride, "HEAD")]
            #expect(try await bench.kit.send("POST", path, headers: head).offset == 5000)
            #expect(try await bench.kit.send("POST", path).status == 405)
        }
    }

    @Test("A packet larger than one sync interval arrives whole")
    func large() async throws {
        var limits = CentralLimits()
        limits.syncInterval = 64 << 10
        try await Bench.run(limits: limits) { bench in
            let packet = try TestPacket(bench.bundle, seed: 5, size: 3_000_001)
            #expect(try await bench.kit.upload(packet).offset == 3_000_001)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("Status tells the kit who it is, what time it is and whether this is training")
    func status() async throws {
        try await Bench.run(training: true) { bench in
            let answer = try await bench.kit.send("GET", SyncRoute.status.path, headers: [])
            let status = try CentralStatus(decoding: answer.body)
            #expect(status.kit == bench.bundle.kit)
            #expect(status.isTraining)
            #expect(status.server == bench.bundle.serverName)
        }
    }
}
