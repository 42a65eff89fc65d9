import EnrolmentCore
import Foundation
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite(
    "The command line",
    .enabled(if: FileManager.default.isExecutableFile(atPath: ToolProcess.central), "loket-central is not built"))
struct CommandLineTests {
    private func loket(_ arguments: String...) async throws -> ToolProcess.Result {
        try await ToolProcess.run(ToolProcess.central, arguments)
    }

    private struct Ready: Decodable {
        let event: String
        let port: Int
        let madeKeys: Bool
    }

    private func serve(_ folder: String) async throws -> (process: ToolProcess, ready: Ready) {
        let process = try ToolProcess(ToolProcess.central, ["serve", "--dir", folder, "--port", "0"])
        let line = try await process.firstLine()
        return (process, try JSONDecoder().decode(Ready.self, from: Data(line.utf8)))
    }

    @Test("One command serves from an empty folder, says so, and stops cleanly when asked")
    func serveFromNothing() async throws {
        try await TemporaryFolder.run { folder in
            let (process, ready) = try await serve(folder)
            #expect(ready.event == "ready")
            #expect(ready.madeKeys)
            process.terminate()
            let result = try await process.waitForResult()
            #expect(result.status == 0)
            #expect(result.complaints.contains("made new ones"))
        }
    }

    @Test("Killed in the middle of an upload, central goes on after a restart with every byte that it confirmed")
    func killed() async throws {
        try await TemporaryFolder.run { folder in
            let (first, ready) = try await serve(folder)
            let configuration = CentralConfiguration(directory: folder)
            let bundle = try await CentralService.registerKit(
                KitID("kit-1"), url: "https://localhost:\(ready.port)", in: configuration)
            let packet = try TestPacket(bundle, seed: 80, size: 6_000_000)
            let kit = try KitClient(bundle, port: ready.port)
            _ = try await kit.announce(packet)
            #expect(try await kit.append(packet.bytes.prefix(2_000_000), at: 0, of: packet.id).offset == 2_000_000)
            let connection = try await RawConnection(bundle, port: ready.port)
            try await connection.startAppend(
                SyncRoute.packet(packet.id).path, offset: 2_000_000, length: 4_000_000,
                bytes: packet.bytes[2_000_000..<5_000_000])
            first.kill()
            #expect(try await first.waitForResult().status != 0)
            await kit.close()

            let (second, again) = try await serve(folder)
            #expect(!again.madeKeys)
            let returning = try KitClient(bundle, port: again.port)
            let offset = try #require(try await returning.head(packet.id).offset)
            #expect((2_000_000...5_000_000).contains(offset))
            #expect(try await returning.append(packet.bytes[offset...], at: offset, of: packet.id).offset == 6_000_000)
            #expect(try await returning.receipt(packet.id).status == 200)
            await returning.close()
            second.terminate()
            _ = try await second.waitForResult()
        }
    }

    @Test("A kit's bundle is written for its owner only, and a kit is not registered twice by accident")
    func keysKit() async throws {
        try await TemporaryFolder.run { folder in
            #expect(try await loket("keys", "kit", "--dir", folder, "--kit", "k", "--out", folder + "/b").status == 3)
            #expect(try await loket("keys", "init", "--dir", folder, "--training", "--json").status == 0)
            let arguments = ["keys", "kit", "--dir", folder, "--kit", "kit-7", "--out", folder + "/kit.json"]
            #expect(try await ToolProcess.run(ToolProcess.central, arguments).status == 0)
            let bundle = try KitBundle(decoding: try PrivateFile.read(folder + "/kit.json", isSecret: true))
            #expect(bundle.isTraining)
            #expect(bundle.recipients.count == 1)
            let again = try await ToolProcess.run(ToolProcess.central, arguments)
            #expect(again.status == 1)
            #expect(again.complaints.contains("--replace"))
        }
    }

    private struct Content: PacketContent {
        let contentType = "application/json"
        func write(to sink: ByteSink) throws { try sink(Array(#"{"enrollmentId":"x"}"#.utf8)) }
    }

    @Test("A packet opens with its identity; each way that it may not has its own exit code")
    func packetOpen() async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder + "/keys", training: false)
            let other = try CentralKeys.make(in: folder + "/other", training: false)
            var generator = SeededGenerator(state: 81)
            let place = PacketPlace(
                id: PacketID(at: TestPacket.time, using: &generator), sequence: 1, previousManifestDigest: nil,
                sealedAt: TestPacket.time, timeConfidence: .plausible)
            let recipient = try #require(keys.recipients.first)
            let sealer = try PacketSealer(
                directory: URL(filePath: folder), recipient: recipient, key: KitSigningKey())
            let kit = Kit(id: KitID("kit-1"), isTraining: false)
            let sealed = try sealer.seal(Content(), of: kit, at: place)
            let (file, manifest) = (sealed.file.path, folder + "/m.jws")
            try PrivateFile.write(Array((sealed.manifest.compact + "\n").utf8), to: manifest)
            let identity = folder + "/keys/packet-hybrid.agekey"
            let open = { (file: String, identity: String) in
                try await loket("packet", "open", file, "--identity", identity, "--manifest", manifest)
            }
            let opened = try await open(file, identity)
            #expect(opened.status == 0)
            #expect(opened.output == #"{"enrollmentId":"x"}"#)
            #expect(try await open(file, other.directory + "/packet-hybrid.agekey").status == 13)
            #expect(try await open(file, manifest).status == 14)
            var bytes = try PrivateFile.read(file, isSecret: false)
            for (position, status) in [(3, Int32(10)), (bytes.count - 1, 12)] {
                bytes[position] ^= 1
                try PrivateFile.write(bytes, to: folder + "/damaged.age")
                bytes[position] ^= 1
                #expect(try await open(folder + "/damaged.age", identity).status != 0)
                let plain = try await loket("packet", "open", folder + "/damaged.age", "--identity", identity)
                #expect(plain.status == status)
                #expect(plain.output.isEmpty)
            }
            try PrivateFile.write(bytes.dropLast(), to: folder + "/damaged.age")
            #expect(try await open(folder + "/damaged.age", identity).status == 15)
        }
    }

    @Test("The list names what arrived and how much is still missing")
    func packetList() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder)
            configuration.logger.logLevel = .critical
            try await Bench.run(configuration) { bench in
                let (whole, half) = (try TestPacket(bench.bundle, seed: 82), try TestPacket(bench.bundle, seed: 83))
                _ = try await bench.kit.upload(whole)
                _ = try await bench.kit.announce(half)
                let list = try await loket("packet", "list", "--dir", folder)
                #expect(list.output.contains("\(whole.id)  kit-1  received "))
                #expect(list.output.contains("\(half.id)  kit-1  0 of 5000 bytes"))
                #expect(try await loket("packet", "list", "--dir", folder, "--json").output.hasPrefix("[{"))
            }
        }
    }

    @Test("A database that this version cannot use is refused with what to do")
    func otherDatabase() async throws {
        let result = try await loket("packet", "list", "--database", "postgres://x")
        #expect(result.status == 1)
        #expect(result.complaints.contains("sqlite:FILE"))
    }
}
