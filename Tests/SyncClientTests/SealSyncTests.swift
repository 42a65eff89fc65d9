import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import SyncProtocol
import Testing

@testable import SyncClient

@Suite("Seals of days on their way to central")
struct SealSyncTests {
    private static func day(_ number: Int) -> ClosingDay {
        let begins = Timestamp.noon.advanced(by: .seconds(-12 * 3600 + 86_400 * number))
        return ClosingDay(
            date: begins.advanced(by: .seconds(3600)).dayInUTC, begins: begins,
            ends: begins.advanced(by: .seconds(86_400)))
    }

    private static func close(_ bench: CentralBench, _ number: Int) async throws {
        _ = try await bench.store.seals.close(day(number), by: nil, because: .noNetwork, with: bench.bench.kitKey)
    }

    private static func held(_ bench: CentralBench) async throws -> SealReport {
        let configuration = CentralConfiguration(directory: bench.central.keys.directory + "/..")
        return try #require(try await CentralService.seals(of: bench.bundle.kit, in: configuration).first)
    }

    @Test("they come after the packets, in order and once, and agree with the packets and receipts of central")
    func inOrder() async throws {
        let bench = try await CentralBench()
        let packet = try await bench.seal("c1", patternedBytes(1000, seed: 1))
        try await Self.close(bench, 0)
        #expect(try await bench.sync().sealsSent == [1])
        _ = try await bench.seal("c2", patternedBytes(1000, seed: 2))
        for number in 1...2 { try await Self.close(bench, number) }
        let report = try await bench.sync()
        #expect(report.sealsSent == [2, 3] && report.sealsRefused.isEmpty && report.stopped == nil)
        #expect(try await bench.sync().sealsSent.isEmpty)
        let held = try await Self.held(bench)
        #expect(held.entries.map(\.signed.compact) == (try await bench.store.seals.statements()))
        #expect(!held.needsLook)
        // The second packet was sealed on a day that had been closed, and not closed again.
        #expect(held.openDays.map(\.packets) == [1] && held.openDays.first?.coveredBy == 2)
        #expect(held.entries[1].signed.seal.receipts.sequence == 1)
        #expect(held.entries[0].signed.seal.manifests.sequence == packet.sequence)
        await bench.stop()
    }

    @Test("an answer that gets lost, at any point of it, costs nothing: the seal is handed in again and kept once")
    func lostAnswers() async throws {
        let bench = try await CentralBench()
        var sent = 0
        for (number, bytes) in stride(from: 2400, through: 6000, by: 300).enumerated() {
            try await Self.close(bench, number)
            let proxy = try await CuttingProxy.start(to: bench.central.port, cutting: [.init(toKit: bytes)])
            sent += try await bench.sync(through: proxy.port).sealsSent.count
            try await proxy.stop()
        }
        sent += try await bench.sync().sealsSent.count
        let held = try await Self.held(bench)
        #expect(sent == 13 && held.entries.count == 13 && held.gaps.isEmpty && !held.needsLook)
        #expect(try await bench.store.seals.unsent().isEmpty)
        await bench.stop()
    }

    @Test("one that central refuses holds up neither a packet nor the next seal, and is handed in again")
    func refused() async throws {
        let bench = try await CentralBench()
        _ = try await bench.seal("c1", patternedBytes(1000, seed: 3))
        try await Self.close(bench, 0)
        let refusal = SyncAnswer(
            status: 403, headers: [SyncHeader.tusResumable: "1.0.0"], body: try Problem(.invalidSignature).encoded())
        let report = try await bench.sync(falsifying: [SyncRoute.seals.path: .success(refusal)])
        #expect(report.received.count == 1 && report.stopped == nil)
        #expect(report.sealsRefused == [1: .invalidSignature] && report.sealsSent.isEmpty)
        #expect(try await bench.sync().sealsSent == [1])
        await bench.stop()
    }

    @Test("a central of before, one that is busy and one that falls silent keep them for the next sync")
    func later() async throws {
        let bench = try await CentralBench()
        try await Self.close(bench, 0)
        let version = [SyncHeader.tusResumable: "1.0.0"]
        for answer: Result<SyncAnswer, ExchangeFailure> in [
            .success(SyncAnswer(status: 404, headers: version, body: try Problem(.noSuchRoute).encoded())),
            .success(SyncAnswer(status: 507, headers: version, body: try Problem(.storageFull).encoded())),
            .success(SyncAnswer(status: 200, body: Array("a portal".utf8))), .failure(.interrupted),
        ] {
            let report = try await bench.sync(falsifying: [SyncRoute.seals.path: answer])
            #expect(report.sealsSent.isEmpty && report.stopped == nil)
            #expect(try await bench.store.seals.unsent().map(\.number) == [1])
        }
        #expect(try await bench.sync().sealsSent == [1])
        await bench.stop()
    }

    @Test("a central that was put back to an older state gets what it lost again")
    func restoredCentral() async throws {
        let bench = try await CentralBench()
        for number in 0..<3 { try await Self.close(bench, number) }
        #expect(try await bench.sync().sealsSent == [1, 2, 3])
        #expect(try await bench.store.seals.unsent(heldBy: 1).map(\.number) == [2, 3])
        #expect(try await bench.store.seals.unsent(heldBy: 3).isEmpty)
        #expect(try await bench.store.seals.unsent().isEmpty)
        await bench.stop()
    }

    @Test("an older copy of a kit closes another day under the same number: central keeps both and says so")
    func olderCopy() async throws {
        let bench = try await CentralBench()
        try await Self.close(bench, 0)
        let image = try bench.bench.folder.copy()
        try await Self.close(bench, 1)
        #expect(try await bench.sync().sealsSent == [1, 2])
        let copy = try await bench.bench.open(image)
        _ = try await copy.seals.close(Self.day(1), by: OfficerID("o-12"), because: nil, with: bench.bench.kitKey)
        let connection = try CentralConnection(bench.bundle.reached(at: "https://localhost:\(bench.central.port)"))
        let session = try SyncSession(
            store: copy, bundle: bench.bundle, exchange: connection, clock: SystemWallClock(), pace: bench.pace)
        let report = await session.run()
        await connection.close()
        #expect(report.sealsRefused == [2: .sealForked])
        #expect(try await copy.seals.unsent().isEmpty)
        let held = try await Self.held(bench)
        #expect(held.entries.count == 3 && held.needsLook)
        #expect(held.entries.compactMap(\.contradiction) == [.number])
        copy.close()
        await bench.stop()
    }

    @Test("a journal whose end was cut off is found by what central has: behind the last seal, and with it")
    func cutJournal() async throws {
        let bench = try await CentralBench()
        _ = try await bench.seal("c1", patternedBytes(1000, seed: 4))
        try await Self.close(bench, 0)
        let image = try bench.bench.folder.copy()
        try await Self.close(bench, 1)
        _ = try await bench.seal("c2", patternedBytes(1000, seed: 5))
        _ = try await bench.sync()
        let configuration = CentralConfiguration(directory: bench.central.keys.directory + "/..")
        func verify(_ store: Store) async throws -> AuditReport {
            let file = URL(filePath: bench.bench.folder.path).appending(path: "journal.jsonl")
            _ = try await store.journal.export(to: file, with: bench.bench.kitKey)
            return try await CentralService.verifyJournal(file.path, of: bench.bundle.kit, in: configuration)
        }
        let whole = try await verify(bench.store)
        #expect(whole.isWhole && whole.exportedAt == .noon)
        #expect(whole.unsealedLines > 0)
        // The folder as it was: every line, seal, packet and receipt of later is gone together.
        let copy = try await bench.bench.open(image)
        let cut = try await verify(copy)
        #expect(Set(cut.findings.map(\.kind)) == [.endCutOff, .packetWithoutLine])
        #expect(cut.findings.first { $0.kind == .endCutOff }?.seal == 2)
        copy.close()
        await bench.stop()
    }
}
