import EnrolmentCore
import GRDB
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Seals of days")
struct SealTests {
    @Test("are kept once, in order, however often they come, and the kit is told how far central is")
    func kept() async throws {
        try await Bench.run { bench in
            let first = try TestSeal.make(bench.bundle)
            let second = try TestSeal.make(bench.bundle, day: 1, after: first)
            #expect(try await bench.kit.hand(in: first).status == 201)
            #expect(try await bench.kit.hand(in: second).status == 201)
            for seal in [first, second, first] { #expect(try await bench.kit.hand(in: seal).status == 200) }
            let report = try await bench.days()
            #expect(report.entries.map(\.signed) == [first, second])
            #expect(!report.needsLook && report.gaps.isEmpty && report.openDays.isEmpty)
            let status = try await bench.kit.send("GET", SyncRoute.status.path, headers: [])
            #expect(try CentralStatus(decoding: status.body).chain?.seals == 2)
        }
    }

    @Test("that another key signed, of another kit or another mode, or that are none are refused by name")
    func refused() async throws {
        try await Bench.run { bench in
            let (kit, bundle) = (bench.kit, bench.bundle)
            let good = try TestSeal.make(bundle)
            #expect(try await kit.hand(in: TestSeal.make(bundle, key: KitSigningKey())).code == .invalidSignature)
            #expect(try await kit.hand(in: TestSeal.make(bundle, kit: KitID("kit-2"))).code == .wrongKit)
            #expect(try await kit.hand(in: TestSeal.make(bundle, training: true)).code == .trainingRefused)
            let manifest = try TestPacket(bundle, seed: 400).signed.compact
            for text in ["", "a.b.c", manifest] { #expect(try await kit.hand(in: text).code == .invalidSeal) }
            // Naming a seal before the first, or none behind it.
            #expect(try await kit.hand(in: TestSeal.make(bundle, number: 2)).code == .invalidSeal)
            #expect(try await kit.hand(in: TestSeal.make(bundle, after: good, number: 1)).code == .invalidSeal)
            #expect(try await kit.hand(in: String(repeating: "x", count: 20_000)).code == .tooLarge)
            #expect(try await kit.hand(in: good.compact, type: SyncMediaType.json).code == .unsupportedMediaType)
            let report = try await bench.days()
            #expect(report.entries.isEmpty && report.needsLook)
            #expect(
                Set(report.refusals.map(\.code)) == [.invalidSignature, .wrongKit, .trainingRefused, .invalidSeal])
            // A packet goes its way all the same.
            #expect(try await kit.upload(TestPacket(bundle, seed: 401)).status == 204)
        }
    }

    @Test("that contradict one another are both kept, told as a fork, and those behind each are taken")
    func forked() async throws {
        try await Bench.run { bench in
            let first = try TestSeal.make(bench.bundle)
            let second = try TestSeal.make(bench.bundle, day: 1, after: first)
            let other = try TestSeal.make(bench.bundle, day: 1, after: first, head: "b")
            for seal in [first, second] { _ = try await bench.kit.hand(in: seal) }
            for _ in 0..<2 {
                let answer = try await bench.kit.hand(in: other)
                #expect(answer.status == 409 && answer.code == .sealForked)
            }
            let third = try TestSeal.make(bench.bundle, day: 2, after: other)
            #expect(try await bench.kit.hand(in: third).status == 201)
            let report = try await bench.days()
            #expect(report.needsLook && report.entries.count == 4 && report.refusals.isEmpty)
            #expect(report.entries.compactMap(\.contradiction) == [.number])
            #expect(report.entries.map(\.branch) == [0, 0, 1, 1])
        }
    }

    @Test("are compared with the packets and receipts that central knows")
    func heads() async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(bench.bundle, seed: 402)
            let copy = try TestPacket(bench.bundle, seed: 403)
            _ = try await bench.kit.upload(packet)
            let receipt = try await bench.kit.receipt(packet.id).text
            let head = AuditSeal.Head(sequence: 1, digest: ReceiptSigner.digest(of: receipt))
            let right = try TestSeal.make(bench.bundle, packets: packet, receipts: head)
            let wrong = try TestSeal.make(
                bench.bundle, day: 1, after: right, packets: copy,
                receipts: AuditSeal.Head(sequence: 2, digest: packet.signed.digest))
            // A packet that has not come yet contradicts nothing.
            let ahead = try TestSeal.make(
                bench.bundle, day: 2, after: wrong, packets: TestPacket(bench.bundle, seed: 404, after: packet))
            for seal in [right, wrong, ahead] { #expect(try await bench.kit.hand(in: seal).status == 201) }
            #expect(try await bench.days().entries.map(\.differs) == [[], [.manifests, .receipts], []])
        }
    }

    @Test("that are missing though packets came are told by day, and by what covers them later")
    func openDays() async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder)
            configuration.logger.logLevel = .critical
            let clock = SteppedClock(TestPacket.time.advanced(by: .seconds(3600)))
            configuration.clock = clock
            try await Bench.run(configuration) { bench in
                let packet = try TestPacket(bench.bundle, seed: 405)
                _ = try await bench.kit.upload(packet)
                let day = try #require(try await bench.days().openDays.first)
                #expect(day.packets == 1 && day.isToday && day.coveredBy == nil)
                #expect(try await !bench.days().needsLook)
                clock.advance(by: .seconds(2 * 86_400))
                #expect(try await bench.days().needsLook)
                // Closed the next day: covered, and the day itself never was.
                let late = try TestSeal.make(bench.bundle, day: 1, packets: packet)
                _ = try await bench.kit.hand(in: late)
                let covered = try #require(try await bench.days().openDays.first)
                #expect(covered.day == packet.signed.manifest.sealedAt.dayInUTC && covered.coveredBy == 1)
                #expect(try await !bench.days().needsLook)
                _ = try await bench.kit.hand(in: TestSeal.make(bench.bundle, after: late, packets: packet))
                #expect(try await bench.days().openDays.isEmpty)
            }
        }
    }

    @Test("come on a stick too, by the kit's present key only")
    func stick() async throws {
        try await Bench.run { bench in
            let old = try KitSigningKey(pem: bench.bundle.signingKey)
            let renewed = try await CentralService.registerKit(
                bench.bundle.kit, url: "https://localhost:1", replacing: true, in: bench.configuration)
            let folder =
                "\(bench.configuration.directory)/stick/\(PacketStickLayout.folder)"
                + "/\(PacketStickLayout.folder(of: renewed.kit))"
            try PrivateFile.makeDirectory(folder)
            let first = try TestSeal.make(renewed)
            let foreign = try TestSeal.make(renewed, day: 1, after: first, key: old)
            for seal in [first, foreign] {
                try PrivateFile.write(
                    Array(seal.compact.utf8), to: "\(folder)/\(PacketStickLayout.seal(seal.seal.number))")
            }
            try PrivateFile.write(Array("no seal".utf8), to: "\(folder)/\(PacketStickLayout.seal(9))")
            for isNew in [true, false] {
                let report = try await CentralService.importPackets(
                    from: "\(bench.configuration.directory)/stick", in: bench.configuration)
                #expect(report.seals.map(\.code) == [nil, .invalidSignature, .invalidSeal])
                #expect(report.seals.first?.isNew == isNew && report.isComplete)
            }
            // Over its own connection a kit may hand in what its earlier key signed.
            let kit = try KitClient(renewed, port: bench.central.port)
            #expect(try await kit.hand(in: foreign).status == 201)
            await kit.close()
        }
    }

    @Test("are never changed or taken back, whoever writes, and no neighbour that contradicts is let in")
    func rules() async throws {
        try await Bench.run { bench in
            _ = try await bench.kit.hand(in: TestSeal.make(bench.bundle))
            let digest = String(repeating: "0", count: 64)
            for statement in [
                "UPDATE daySeal SET branch = 7", "DELETE FROM daySeal", "UPDATE kitKey SET registeredAt = 0",
                "DELETE FROM kitKey", "DELETE FROM sealRefusal WHERE 1 OR 1",
                """
                INSERT INTO daySeal (kit, signer, branch, number, position, digest, previousDigest, compact, receivedAt)
                VALUES ('kit-1', 'k', 0, 2, 99, '\(digest)', '\(digest)', 'x', 0)
                """,
            ] {
                if statement.contains("sealRefusal") { _ = try await bench.kit.hand(in: "x") }
                await #expect(throws: DatabaseError.self, "\(statement)") {
                    try await bench.central.database.writer.write { try $0.execute(sql: statement) }
                }
            }
        }
    }

    @Test("A kit cannot fill central with them")
    func limit() async throws {
        var limits = CentralLimits()
        limits.seals = 2
        try await Bench.run(limits: limits) { bench in
            let first = try TestSeal.make(bench.bundle)
            let second = try TestSeal.make(bench.bundle, day: 1, after: first)
            for seal in [first, second] { #expect(try await bench.kit.hand(in: seal).status == 201) }
            let third = try TestSeal.make(bench.bundle, day: 2, after: second)
            #expect(try await bench.kit.hand(in: third).code == .storageFull)
            #expect(try await bench.kit.hand(in: second).status == 200)
        }
    }
}
