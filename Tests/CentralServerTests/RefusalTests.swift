import EnrolmentCore
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("What central refuses, and that nothing changes by it")
struct CentralRefusalTests {
    @Test("Requests in another version of tus, or in none, are not processed")
    func version() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 10)
            for version in [[], [(SyncHeader.tusResumable, "0.2.2")]] {
                let fields = packet.announcement.filter { $0.0 != SyncHeader.tusResumable } + version
                let answer = try await bench.kit.send("POST", SyncRoute.packets.path, headers: fields)
                #expect(answer.status == 412)
                #expect(answer.headers["tus-version"] == "1.0.0")
            }
            #expect(try await bench.central.packets().isEmpty)
        }
    }

    @Test("An address or method that central does not have is named as such")
    func routes() async throws {
        try await Bench.run { bench in
            let path = SyncRoute.packet(try TestPacket(bench.bundle, seed: 11).id).path
            #expect(try await bench.kit.send("GET", "/").code == .noSuchRoute)
            #expect(try await bench.kit.send("GET", "/v1/packets/x").code == .noSuchRoute)
            #expect(try await bench.kit.send("DELETE", path).code == .methodNotAllowed)
            #expect(try await bench.kit.send("PUT", SyncRoute.packets.path).code == .methodNotAllowed)
        }
    }

    @Test("An announcement needs a length and a readable signed manifest")
    func announcements() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 12)
            func code(_ fields: [(String, String)]) async throws -> RefusalCode? {
                try await bench.kit.send("POST", SyncRoute.packets.path, headers: KitClient.version + fields).code
            }
            let length = (SyncHeader.uploadLength, "5000")
            let manifest = (SyncHeader.uploadMetadata, UploadMetadata(signedManifest: packet.signed.compact).header)
            #expect(try await code([manifest]) == .invalidHeader)
            #expect(try await code([manifest, (SyncHeader.uploadLength, "-1")]) == .invalidHeader)
            #expect(try await code([manifest, length, length]) == .invalidHeader)
            #expect(try await code([manifest, ("Upload-Defer-Length", "1")]) == .invalidHeader)
            #expect(try await code([length]) == .invalidMetadata)
            #expect(try await code([length, (SyncHeader.uploadMetadata, "manifest !")]) == .invalidMetadata)
            let noise = UploadMetadata(signedManifest: "a.b.c").header
            #expect(try await code([length, (SyncHeader.uploadMetadata, noise)]) == .invalidMetadata)
            #expect(try await code([(SyncHeader.uploadLength, "4999"), manifest]) == .lengthMismatch)
            #expect(try await bench.central.packets().isEmpty)
        }
    }

    @Test("A manifest signed by another key, or naming another kit, is not taken")
    func signatures() async throws {
        try await Bench.run { bench in
            let foreign = try TestPacket(bench.bundle, seed: 13, key: KitSigningKey())
            #expect(try await bench.kit.announce(foreign).code == .invalidSignature)
            let other = try TestPacket(bench.bundle, seed: 14, kit: KitID("kit-2"))
            #expect(try await bench.kit.announce(other).code == .wrongKit)
            #expect(try await bench.central.packets().isEmpty)
        }
    }

    @Test(
        "A training packet is no application, and a training central takes none that is one", arguments: [true, false])
    func training(centralTrains: Bool) async throws {
        try await Bench.run(training: centralTrains) { bench in
            let packet = try TestPacket(bench.bundle, seed: 15, training: !centralTrains)
            let answer = try await bench.kit.announce(packet)
            #expect(answer.status == 403)
            #expect(answer.code == (centralTrains ? .trainingOnly : .trainingRefused))
            #expect(try await bench.central.packets().isEmpty)
        }
    }

    @Test("A packet above the limit, and one open upload too many, are refused")
    func limits() async throws {
        var limits = CentralLimits()
        limits.packetSize = 1000
        limits.openUploads = 2
        try await Bench.run(limits: limits) { bench in
            let large = try TestPacket(bench.bundle, seed: 16, size: 1001)
            #expect(try await bench.kit.announce(large).status == 413)
            var packets: [TestPacket] = []
            for seed in UInt64(17)...19 {
                packets.append(try TestPacket(bench.bundle, seed: seed, size: 1000, after: packets.last))
            }
            #expect(try await bench.kit.announce(packets[0]).status == 201)
            #expect(try await bench.kit.announce(packets[1]).status == 201)
            let third = try await bench.kit.announce(packets[2])
            #expect(third.code == .tooManyUploads)
            #expect(third.headers["retry-after"] != nil)
            _ = try await bench.kit.append(packets[0].bytes, at: 0, of: packets[0].id)
            #expect(try await bench.kit.announce(packets[2]).status == 201)
        }
    }

    @Test("A header field that is too long ends the request, not the server")
    func longHeader() async throws {
        try await Bench.run { bench in
            let field = ("X-Long", String(repeating: "x", count: 40_000))
            let answer = try? await bench.kit.send("GET", SyncRoute.status.path, headers: [field])
            #expect(answer?.status ?? 400 == 400)
            let next = try await bench.kit.send("GET", SyncRoute.status.path, headers: [])
            #expect(next.status == 200)
        }
    }

    @Test("An append that breaks a rule is refused with its own code and leaves the offset")
    func appends() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 20)
            _ = try await bench.kit.announce(packet)
            _ = try await bench.kit.append(packet.bytes.prefix(10), at: 0, of: packet.id)
            let next = Array(packet.bytes[10..<20])
            let wrong = try await bench.kit.append(next, at: 9, of: packet.id)
            #expect(wrong.code == .offsetMismatch)
            #expect(wrong.offset == 10)
            let path = SyncRoute.packet(packet.id).path
            let untyped = KitClient.version + [(SyncHeader.uploadOffset, "10")]
            #expect(try await bench.kit.send("PATCH", path, headers: untyped, body: next).status == 415)
            let tooMuch = packet.bytes[10...] + [0]
            #expect(try await bench.kit.append(tooMuch, at: 10, of: packet.id).code == .beyondLength)
            for (checksum, status) in [
                ("md5 AAAA", 400), ("sha256 AAAA", 400), (UploadChecksum(of: [1]).header, 460),
                (UploadChecksum(of: [1], using: .sha1).header, 460),
            ] {
                let headers = [(SyncHeader.uploadChecksum, checksum)]
                #expect(try await bench.kit.append(next, at: 10, of: packet.id, headers: headers).status == status)
            }
            #expect(try await bench.kit.head(packet.id).offset == 10)
            #expect(try await bench.kit.append(packet.bytes[10...], at: 10, of: packet.id).offset == 5000)
            #expect(try await bench.kit.receipt(packet.id).status == 200)
        }
    }

    @Test("A body that grows past the length without saying so beforehand is refused too")
    func chunkedOverflow() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 21, size: 10)
            _ = try await bench.kit.announce(packet)
            let connection = try await RawConnection(bench.bundle, port: bench.central.port)
            let head = """
                PATCH \(SyncRoute.packet(packet.id).path) HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r
                Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nTransfer-Encoding: chunked\r
                Connection: close\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n
                """
            try await connection.write(Array(head.utf8))
            try await connection.waitUntilClosed()
            #expect(try await bench.kit.head(packet.id).offset == 0)
        }
    }

    @Test("An upload that central does not know, or that is another kit's, does not exist and shows no offset")
    func unknown() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 22)
            _ = try await bench.kit.announce(packet)
            let bundle = try await bench.central.registerKit(KitID("kit-2"))
            let other = try KitClient(bundle, port: bench.central.port)
            for (client, id) in [(bench.kit, try TestPacket(bench.bundle, seed: 23).id), (other, packet.id)] {
                let head = try await client.head(id)
                #expect(head.status == 404)
                #expect(head.offset == nil)
                #expect(try await client.append([1], at: 0, of: id).code == .unknownPacket)
                #expect(try await client.receipt(id).code == .unknownPacket)
            }
            let stolen = try TestPacket(bundle, seed: 24, id: packet.id)
            #expect(try await other.announce(stolen).code == .conflict)
            await other.close()
        }
    }
}
