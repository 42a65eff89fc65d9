import EnrolmentCore
import PacketFormat
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Chains of manifests")
struct ChainTests {
    private func status(_ client: KitClient) async throws -> CentralStatus {
        try CentralStatus(decoding: try await client.send("GET", SyncRoute.status.path, headers: []).body)
    }

    @Test("A kit is told the highest number that central has of it, the digest of that manifest, and its receipts")
    func status() async throws {
        try await Bench.run { bench in
            #expect(try await status(bench.kit).chain == KitChain(sequence: 0, digest: nil, receipts: 0, seals: 0))
            let first = try TestPacket(bench.bundle, seed: 200)
            let second = try TestPacket(bench.bundle, seed: 201, after: first)
            _ = try await bench.kit.upload(first)
            _ = try await bench.kit.announce(second)
            let chain = try await status(bench.kit).chain
            #expect(chain == KitChain(sequence: 2, digest: second.signed.digest, receipts: 1, seals: 0))
            let path = SyncRoute.manifestInChain(1).path
            #expect(try await bench.kit.send("GET", path, headers: []).text == first.signed.compact)
            let missing = try await bench.kit.send("GET", SyncRoute.manifestInChain(3).path, headers: [])
            #expect(missing.status == 404 && missing.code == .unknownPacket)
        }
    }

    @Test("A number that another manifest has is refused by name, both are kept as evidence, and the first stays")
    func sameNumber() async throws {
        try await Bench.run { bench in
            let first = try TestPacket(bench.bundle, seed: 202)
            let copy = try TestPacket(bench.bundle, seed: 203)
            _ = try await bench.kit.upload(first)
            for _ in 0..<3 {
                let answer = try await bench.kit.announce(copy)
                #expect(answer.status == 409)
                #expect(answer.code == .chainForked)
            }
            #expect(try await bench.kit.announce(first).status == 201)
            let report = try #require(try await CentralService.chains(in: bench.configuration).first)
            let finding = try #require(report.findings.first)
            #expect(report.findings.count == 1)
            #expect(finding.kind == .number && finding.sequence == 1)
            #expect(finding.packet == copy.id && finding.digest == copy.signed.digest)
            #expect(finding.heldPacket == first.id && finding.heldDigest == first.signed.digest)
            let refusals = try await CentralService.refusals(in: bench.configuration)
            #expect(refusals.map(\.code) == [.chainForked])
            #expect(refusals.map(\.count) == [3])
            #expect(try await bench.central.packets().map(\.id) == [first.id])
        }
    }

    @Test("A manifest that contradicts the one before it, or the one behind it, is a fork too")
    func neighbours() async throws {
        try await Bench.run { bench in
            let first = try TestPacket(bench.bundle, seed: 204)
            let otherFirst = try TestPacket(bench.bundle, seed: 205)
            let third = try TestPacket(
                bench.bundle, seed: 206, after: try TestPacket(bench.bundle, seed: 207, after: otherFirst))
            _ = try await bench.kit.announce(third)
            #expect(try await bench.kit.announce(first).status == 201)
            let second = try TestPacket(bench.bundle, seed: 208, after: first)
            #expect(try await bench.kit.announce(second).code == .chainForked)
            let afterOther = try TestPacket(bench.bundle, seed: 209, after: otherFirst)
            #expect(try await bench.kit.announce(afterOther).code == .chainForked)
            let kinds = try await CentralService.chains(in: bench.configuration).flatMap(\.findings).map(\.kind)
            #expect(kinds == [.next, .previous])
        }
    }

    @Test("A gap is no refusal: it is told with since when, and settles when the packets come")
    func gaps() async throws {
        try await Bench.run { bench in
            var packets: [TestPacket] = []
            for seed in UInt64(210)...214 {
                packets.append(try TestPacket(bench.bundle, seed: seed, after: packets.last))
            }
            for index in [3, 0] { _ = try await bench.kit.upload(packets[index]) }
            var report = try #require(try await CentralService.chains(in: bench.configuration).first)
            #expect(report.gaps.map { [$0.first, $0.last] } == [[2, 3]])
            #expect(report.head == 4 && report.received == 2 && report.isCurrent)
            #expect(try await bench.kit.announce(packets[1]).status == 201)
            _ = try await bench.kit.upload(packets[4])
            report = try #require(try await CentralService.chains(in: bench.configuration).first)
            #expect(report.gaps.map { [$0.first, $0.last] } == [[3, 3]])
            #expect(report.unfinished.map(\.packet) == [packets[1].id])
            for index in [2, 1] { _ = try await bench.kit.upload(packets[index]) }
            report = try #require(try await CentralService.chains(in: bench.configuration).first)
            #expect(report.gaps.isEmpty && report.unfinished.isEmpty && report.findings.isEmpty)
        }
    }

    @Test("The time of a gap is that of the first later number that came")
    func sinceWhen() {
        let step = { (sequence: Int, time: Int64) in
            ChainStep(sequence: sequence, announcedAt: Timestamp(milliseconds: time))
        }
        let gaps = ChainReport.Gap.all(in: [step(2, 50), step(3, 40), step(7, 10), step(9, 30)])
        #expect(gaps.map(\.first) == [1, 4, 8])
        #expect(gaps.map(\.last) == [1, 6, 8])
        #expect(gaps.map(\.since.milliseconds) == [10, 10, 30])
    }

    @Test("A kit's case is received once; another kind of content about it, and another kit's, are other matters")
    func sameCase() async throws {
        try await Bench.run { bench in
            let first = try TestPacket(bench.bundle, seed: 215, caseID: "2026-1-1")
            // Both may be on their way; who is whole first counts.
            let again = try TestPacket(bench.bundle, seed: 216, after: first, caseID: "2026-1-1")
            let delivery = try TestPacket(
                bench.bundle, seed: 217, after: again, caseID: "2026-1-1", contentType: "application/x-delivery")
            #expect(try await bench.kit.announce(first).status == 201)
            #expect(try await bench.kit.announce(again).status == 201)
            #expect(try await bench.kit.append(first.bytes, at: 0, of: first.id).status == 204)
            #expect(try await bench.kit.append(again.bytes, at: 0, of: again.id).code == .caseKnown)
            #expect(try await bench.kit.receipt(again.id).code == .caseKnown)
            #expect(try await bench.kit.announce(again).code == .caseKnown)
            #expect(try await bench.kit.upload(delivery).status == 204)
            let bundle = try await bench.central.registerKit(KitID("kit-2"))
            let other = try KitClient(bundle, port: bench.central.port)
            #expect(try await other.upload(try TestPacket(bundle, seed: 218, caseID: "2026-1-1")).status == 204)
            await other.close()
            let received = try await bench.central.packets().filter { $0.receivedAt != nil }
            #expect(received.count == 3)
        }
    }

    @Test("A clerk's word lets a forked packet and a second one of a case in, once, and is kept")
    func accept() async throws {
        try await Bench.run { bench in
            let first = try TestPacket(bench.bundle, seed: 219, caseID: "2026-2-1")
            let fork = try TestPacket(bench.bundle, seed: 220, caseID: "2026-2-2")
            let again = try TestPacket(bench.bundle, seed: 221, after: first, caseID: "2026-2-1")
            _ = try await bench.kit.upload(first)
            #expect(try await bench.kit.announce(fork).code == .chainForked)
            #expect(try await bench.kit.announce(again).code == .caseKnown)
            let (kit, configuration) = (bench.bundle.kit, bench.configuration)
            await #expect(throws: CentralError.self) {
                try await CentralService.accept(3, of: kit, because: .copyRetired, in: configuration)
            }
            #expect(try await CentralService.accept(1, of: kit, because: .copyRetired, in: configuration) == fork.id)
            #expect(try await CentralService.accept(2, of: kit, because: .caseRepeated, in: configuration) == again.id)
            await #expect(throws: CentralError.self) {
                try await CentralService.accept(1, of: kit, because: .copyRetired, in: configuration)
            }
            for packet in [fork, again] {
                #expect(try await bench.kit.upload(packet).status == 204)
                #expect(try await bench.kit.receipt(packet.id).status == 200)
            }
            let report = try #require(try await CentralService.chains(of: kit, in: configuration).first)
            #expect(report.acceptances.map(\.reason) == [.copyRetired, .caseRepeated])
            #expect(report.gaps.isEmpty)
            let refusals = try await CentralService.refusals(in: configuration)
            #expect(refusals.allSatisfy { $0.acceptedAt != nil && $0.receivedAt != nil })
        }
    }

    @Test("Of several packets under one number a clerk has to say which")
    func acceptOneOfSeveral() async throws {
        try await Bench.run { bench in
            let packets = try (222...224).map { try TestPacket(bench.bundle, seed: $0) }
            for packet in packets { _ = try await bench.kit.announce(packet) }
            let (kit, configuration) = (bench.bundle.kit, bench.configuration)
            do {
                _ = try await CentralService.accept(1, of: kit, because: .kitRestored, in: configuration)
                Issue.record("one of two was taken")
            } catch let error as CentralError {
                #expect(error.code == .severalToAccept)
            }
            let accepted = try await CentralService.accept(
                1, of: kit, packet: packets[2].id, because: .kitRestored, in: configuration)
            #expect(accepted == packets[2].id)
            #expect(try await bench.kit.announce(packets[1]).code == .chainForked)
            #expect(try await bench.kit.upload(packets[2]).status == 204)
        }
    }

    @Test("A kit with a new key begins a new chain, and the old one stays on record")
    func newKey() async throws {
        try await Bench.run { bench in
            let old = try TestPacket(bench.bundle, seed: 225)
            _ = try await bench.kit.upload(old)
            let bundle = try await bench.central.registerKit(bench.bundle.kit, replacing: true)
            let kit = try KitClient(bundle, port: bench.central.port)
            #expect(try await status(kit).chain == KitChain(sequence: 0, digest: nil, receipts: 1, seals: 0))
            #expect(try await kit.upload(try TestPacket(bundle, seed: 226)).status == 204)
            let reports = try await CentralService.chains(in: bench.configuration)
            #expect(reports.map(\.isCurrent) == [false, true])
            #expect(reports.allSatisfy { $0.findings.isEmpty && $0.received == 1 })
            await kit.close()
        }
    }

    @Test(
        "A number below 1, a first one that follows another, and a later one that follows none are no manifests",
        arguments: [(0, nil), (-1, "x"), (1, "x"), (2, nil)])
    func misplaced(sequence: Int, previous: String?) async throws {
        try await Bench.run { bench in
            let packet = try TestPacket(
                bench.bundle, seed: 227, sequence: sequence,
                previous: previous.map { _ in String(repeating: "0", count: 64) })
            #expect(try await bench.kit.announce(packet).code == .invalidMetadata)
            #expect(try await bench.central.packets().isEmpty)
        }
    }
}
