import EnrolmentCore
import Foundation
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Packets that come on a stick")
struct StickImportTests {
    /// A stick as `PacketStickLayout` describes it.
    private struct Stick {
        let path: String

        init(in folder: String) throws {
            path = folder + "/stick"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        func folder(of kit: KitID) throws -> String {
            let folder = "\(path)/\(PacketStickLayout.folder)/\(PacketStickLayout.folder(of: kit))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            return folder
        }

        func put(_ packet: TestPacket, bytes: [UInt8]? = nil, of kit: KitID) throws {
            let folder = try folder(of: kit)
            try PrivateFile.write(bytes ?? packet.bytes, to: "\(folder)/\(PacketFileName.sealed(packet.id))")
            try PrivateFile.write(
                Array(packet.signed.compact.utf8), to: "\(folder)/\(PacketFileName.manifest(packet.id))")
        }

        func receipt(of packet: TestPacket, kit: KitID) throws -> String? {
            let path = "\(try folder(of: kit))/\(PacketFileName.receipt(packet.id))"
            guard PrivateFile.exists(path) else { return nil }
            return String(decoding: try PrivateFile.read(path, isSecret: false), as: UTF8.self)
        }
    }

    @Test("Each packet is taken by the rules of an upload, one bad one holds up no other, and receipts lie beside them")
    func wholeStick() async throws {
        try await Bench.run { bench in
            let kit = bench.bundle.kit
            let stick = try Stick(in: bench.configuration.directory)
            let first = try TestPacket(bench.bundle, seed: 300, size: 200_000, caseID: "a")
            let second = try TestPacket(bench.bundle, seed: 301, after: first, caseID: "b")
            let damaged = try TestPacket(bench.bundle, seed: 302, after: second)
            let short = try TestPacket(bench.bundle, seed: 303, after: damaged)
            let foreign = try TestPacket(bench.bundle, seed: 304, after: short, key: KitSigningKey())
            let training = try TestPacket(bench.bundle, seed: 305, after: foreign, training: true)
            let fork = try TestPacket(bench.bundle, seed: 306)
            let lonely = try TestPacket(bench.bundle, seed: 307)
            for packet in [first, second, foreign, training, fork] { try stick.put(packet, of: kit) }
            var flipped = damaged.bytes
            flipped[17] ^= 1
            try stick.put(damaged, bytes: flipped, of: kit)
            try stick.put(short, bytes: Array(short.bytes.dropLast()), of: kit)
            try PrivateFile.write(lonely.bytes, to: "\(stick.folder(of: kit))/\(PacketFileName.sealed(lonely.id))")
            try stick.put(lonely, of: KitID("kit-unknown"))
            // One of them is half uploaded over the network.
            _ = try await bench.kit.announce(first)
            _ = try await bench.kit.append(first.bytes.prefix(100_000), at: 0, of: first.id)

            let report = try await CentralService.importPackets(from: stick.path, in: bench.configuration)
            let outcomes = Dictionary(
                report.items.compactMap { item in item.packet.map { ($0, item) } }, uniquingKeysWith: { one, _ in one })
            #expect(outcomes[first.id]?.outcome == .received)
            #expect(outcomes[second.id]?.outcome == .received)
            #expect(outcomes[damaged.id]?.outcome == .damaged)
            #expect(outcomes[short.id]?.outcome == .damaged)
            #expect(outcomes[foreign.id]?.code == .invalidSignature)
            #expect(outcomes[training.id]?.code == .trainingRefused)
            #expect(outcomes[fork.id]?.code == .chainForked)
            #expect(outcomes[lonely.id]?.outcome == .manifestMissing)
            #expect(report.items.first { $0.packet == nil }?.code == .unknownKit)
            #expect(!report.isComplete)
            for packet in [first, second] {
                let receipt = try await bench.kit.receipt(packet.id).text
                #expect(try stick.receipt(of: packet, kit: kit) == receipt)
                #expect(try PrivateFile.read(bench.central.path(of: packet.id), isSecret: true) == packet.bytes)
            }
            #expect(try stick.receipt(of: damaged, kit: kit) == nil)
            // The kit that was uploading is told that all is there, and the half upload leaves nothing.
            #expect(try await bench.kit.head(first.id).offset == 200_000)
            #expect(try await bench.kit.append([], at: 200_000, of: first.id).status == 204)
            #expect(!PrivateFile.exists(bench.unfinishedPath(of: first)))
            let left = try FileManager.default.contentsOfDirectory(atPath: bench.configuration.packetDirectory)
            #expect(!left.contains { $0.hasSuffix(".import") })
        }
    }

    @Test("A stick that comes twice, or after the network was quicker, brings no second receipt")
    func again() async throws {
        try await Bench.run { bench in
            let kit = bench.bundle.kit
            let stick = try Stick(in: bench.configuration.directory)
            let first = try TestPacket(bench.bundle, seed: 310)
            let between = try TestPacket(bench.bundle, seed: 311, after: first)
            let last = try TestPacket(bench.bundle, seed: 312, after: between)
            for packet in [first, last] { try stick.put(packet, of: kit) }
            for packet in [first, between] { _ = try await bench.kit.upload(packet) }
            let report = try await CentralService.importPackets(from: stick.path, in: bench.configuration)
            #expect(report.items.map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.known, .received])
            // The receipt between them is there too, so that the kit can take them in their order.
            #expect(report.otherReceipts == 1)
            #expect(try await stick.receipt(of: between, kit: kit) == bench.kit.receipt(between.id).text)
            let again = try await CentralService.importPackets(from: stick.path, in: bench.configuration)
            #expect(again.count(of: .known) == 2 && again.isComplete)
            #expect(try await bench.central.packets().count == 3)
        }
    }

    @Test("A folder that is no stick, a pipe in the place of a file, and a second import at once are told apart")
    func noStick() async throws {
        try await Bench.run { bench in
            let kit = bench.bundle.kit
            await #expect(throws: CentralError.self) {
                try await CentralService.importPackets(
                    from: bench.configuration.packetDirectory, in: bench.configuration)
            }
            let stick = try Stick(in: bench.configuration.directory)
            let packet = try TestPacket(bench.bundle, seed: 313)
            try stick.put(packet, of: kit)
            let file = "\(try stick.folder(of: kit))/\(PacketFileName.sealed(packet.id))"
            PrivateFile.remove(file)
            #expect(mkfifo(file, 0o600) == 0)
            let report = try await CentralService.importPackets(from: stick.path, in: bench.configuration)
            #expect(report.items.map(\.outcome) == [.fileMissing])
        }
    }

    @Test("The verbs that an office uses: take a stick in, see what is missing and refused, accept, take it in again")
    func verbs() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder)
            configuration.logger.logLevel = .critical
            try await Bench.run(configuration) { bench in
                let kit = bench.bundle.kit
                let stick = try Stick(in: folder)
                let first = try TestPacket(bench.bundle, seed: 320)
                let third = try TestPacket(
                    bench.bundle, seed: 321, after: try TestPacket(bench.bundle, seed: 322, after: first))
                let fork = try TestPacket(bench.bundle, seed: 323)
                for packet in [first, third] { _ = try await bench.kit.upload(packet) }
                try stick.put(fork, of: kit)
                let loket = { (arguments: String...) in
                    try await ToolProcess.run(ToolProcess.central, arguments + ["--dir", folder])
                }
                let refused = try await loket("packet", "import", stick.path)
                #expect(refused.status == 20)
                #expect(refused.output.contains("\(fork.id)  kit-1  refused  chainForked  no receipt"))
                let chains = try await loket("chain", "list", "--kit", "kit-1").output
                #expect(chains.contains("kit-1  2 received, highest number 3"))
                #expect(chains.contains("  missing 2  since 20"))
                #expect(chains.contains("  FORK at 1 (number)  \(fork.id) against \(first.id)"))
                #expect(try await loket("refusals", "list").output.contains("#1  \(fork.id)  chainForked  1 times"))
                #expect(
                    try await loket("chain", "accept", "kit-1", "--sequence", "1", "--reason", "because").status == 64)
                #expect(
                    try await loket("chain", "accept", "kit-1", "--sequence", "1", "--reason", "copy-retired").status
                        == 0)
                let taken = try await loket("packet", "import", stick.path, "--json")
                #expect(taken.status == 0 && taken.output.contains(#""isComplete":true"#))
                #expect(try await loket("chain", "list", "--json").output.contains(#""reason":"copy-retired""#))
                #expect(try await loket("refusals", "list", "--json").output.contains(#""receivedAt":"20"#))
            }
        }
    }
}
