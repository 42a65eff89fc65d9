import EnrolmentCore
import Foundation
import PacketFormat
import StationTestSupport
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
            var generator = SeededGenerator(seed: 81)
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

    @Test("A packet that was sealed for an earlier key of central opens after the keys were renewed, twice")
    func packetOpenEarlierKey() async throws {
        try await TemporaryFolder.run { folder in
            let keys = try CentralKeys.make(in: folder + "/keys", training: false)
            var generator = SeededGenerator(seed: 82)
            let sealer = try PacketSealer(
                directory: URL(filePath: folder), recipient: #require(keys.recipients.first), key: KitSigningKey())
            let place = PacketPlace(
                id: PacketID(at: TestPacket.time, using: &generator), sequence: 1, previousManifestDigest: nil,
                sealedAt: TestPacket.time, timeConfidence: .plausible)
            let sealed = try sealer.seal(Content(), of: Kit(id: KitID("kit-1"), isTraining: false), at: place)
            let manifest = folder + "/m.jws"
            try PrivateFile.write(Array(sealed.manifest.compact.utf8), to: manifest)
            for _ in 0..<2 { #expect(try await loket("keys", "rotate", "--dir", folder, "--json").status == 0) }
            let opened = try await loket("packet", "open", sealed.file.path, "--dir", folder)
            #expect(opened.status == 0 && opened.output == #"{"enrollmentId":"x"}"#)
            // A central whose folder was made anew does not have the key: it is said which one is wanted.
            _ = try CentralKeys.make(in: folder + "/new/keys", training: false)
            let refused = try await loket(
                "packet", "open", sealed.file.path, "--dir", folder + "/new", "--manifest", manifest)
            #expect(refused.status == 13)
            let wanted = sealed.manifest.manifest.recipientKeyID
            #expect(refused.complaints.contains("sealed for key \(wanted)") && refused.complaints.contains("2 keys"))
        }
    }

    @Test("The list names what arrived and how much is still missing")
    func packetList() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder)
            configuration.logger.logLevel = .critical
            try await Bench.run(configuration) { bench in
                let whole = try TestPacket(bench.bundle, seed: 82)
                let half = try TestPacket(bench.bundle, seed: 83, after: whole)
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

    @Test("Officers are added with a number from standard input or a file, and no verb ever shows that number")
    func officers() async throws {
        try await TemporaryFolder.run { folder in
            #expect(try await loket("keys", "init", "--dir", folder).status == 0)
            let run = { (arguments: [String], input: String?) in
                try await ToolProcess.run(
                    ToolProcess.central, ["officers"] + arguments + ["--dir", folder], input: input)
            }
            let added = try await run(
                ["add", "--kit", "kit-7", "--kit", "kit-8", "--officer", "S1"], "71.02.03-000.16\n")
            #expect(added.status == 0)
            #expect(added.output.contains("kit-7  roster 1, 1 officer, good until "))
            #expect(added.complaints.contains("kit-8 is not registered yet"))
            try PrivateFile.write(Array("85073003328\n".utf8), to: folder + "/number")
            let second = try await run(
                [
                    "add", "--kit", "kit-7", "--officer", "S2", "--allow-passphrase", "--number-file",
                    folder + "/number",
                ],
                nil)
            #expect(second.output.contains("kit-7  roster 2, 2 officers"))
            let list = try await run(["list", "--kit", "kit-7"], nil)
            #expect(list.output.contains("  S1  card\n") && list.output.contains("  S2  card or passphrase\n"))
            let json = try await run(["list", "--kit", "kit-7", "--json"], nil)
            #expect(json.output.contains(#"{"mayUsePassphrase":true,"officer":"S2"}"#))
            #expect(try await run(["remove", "--kit", "kit-7", "--officer", "S1"], nil).status == 0)
            let published = try await run(["publish", "--kit", "kit-7", "--days", "7"], nil)
            #expect(published.output.contains("kit-7  roster 4, 1 officer"))
            for result in [added, second, list, json, published] {
                for part in ["710203", "71.02", "850730"] {
                    #expect(!(result.output + result.complaints).contains(part))
                }
            }
        }
    }

    @Test("A number that is none, an officer or a kit that is not there: each says what to do")
    func officersRefused() async throws {
        try await TemporaryFolder.run { folder in
            let run = { (arguments: [String], input: String?) in
                try await ToolProcess.run(
                    ToolProcess.central, ["officers"] + arguments + ["--dir", folder], input: input)
            }
            #expect(try await run(["list", "--kit", "k"], nil).status == 3)
            #expect(try await loket("keys", "init", "--dir", folder).status == 0)
            #expect(try await run(["list", "--kit", "k"], nil).complaints.contains("officers add --kit k"))
            for input in ["", "x", "7102030001", "710203000161"] {
                let result = try await run(["add", "--kit", "k", "--officer", "S1"], input)
                #expect(result.status == 1 && result.complaints.contains("eleven digits"))
            }
            let doubtful = try await run(["add", "--kit", "k", "--officer", "S1"], "71020300017")
            #expect(doubtful.status == 0 && doubtful.complaints.contains("check digits"))
            #expect(
                try await run(["remove", "--kit", "k", "--officer", "S9"], nil).complaints.contains("officers list"))
            #expect(try await run(["publish", "--kit", "k", "--days", "0"], nil).complaints.contains("1 to 366"))
            try PrivateFile.write(Array("71020300016".utf8), to: folder + "/number")
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/number")
            let exposed = try await run(
                ["add", "--kit", "k", "--officer", "S2", "--number-file", folder + "/number"], nil)
            #expect(exposed.status == 3 && exposed.complaints.contains("chmod 600"))
        }
    }

    @Test("A list of roots is published once, and the next one needs a higher version")
    func roots() async throws {
        try await TemporaryFolder.run { folder in
            #expect(try await loket("keys", "init", "--dir", folder).status == 0)
            #expect(try await loket("roots", "show", "--dir", folder).output.contains("came with"))
            let file = folder + "/roots.json"
            try PrivateFile.write(Array(#"{"version":2,"roots":[]}"#.utf8), to: file)
            #expect(try await loket("roots", "publish", file, "--dir", folder).output == "published version 2\n")
            let again = try await loket("roots", "publish", file, "--dir", folder)
            #expect(again.status == 1 && again.complaints.contains("higher version"))
            #expect(try await loket("roots", "show", "--dir", folder).output.hasPrefix("version 2, published 20"))
        }
    }

    @Test("An address of a responder that cannot be read keeps central from starting")
    func responder() async throws {
        try await TemporaryFolder.run { folder in
            let result = try await loket("serve", "--dir", folder, "--port", "0", "--responder", "https://x.example")
            #expect(result.status == 1 && result.complaints.contains("http://ocsp.example"))
        }
    }
}
