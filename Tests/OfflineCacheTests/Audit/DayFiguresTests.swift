import EnrolmentCore
import OfflineCacheSchema
import Testing

@testable import OfflineCache

@Suite("Figures of the day")
struct DayFiguresTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("count what was sealed, received, purged and is still waiting, in packets and bytes")
    func day() async throws {
        let signatures = Signatures()
        let store = try await maker.open()
        let first = try await store.sealPacket("c1", file: patternedBytes(10, seed: 1), signatures: signatures)
        let second = try await store.sealPacket("c2", file: patternedBytes(20, seed: 2), signatures: signatures)
        let third = try await store.sealPacket("c3", file: patternedBytes(40, seed: 3), signatures: signatures)
        _ = try await store.sealPacket("c4", file: patternedBytes(80, seed: 4), signatures: signatures)
        let receipt = try signatures.receipt(for: first, after: nil)
        try await store.packets.record(receipt)
        try await store.packets.record(signatures.receipt(for: second, after: receipt.chainHead))
        try await store.packets.purge(first.id)
        try await store.packets.refuse(third.id, because: .refusedByCentral)
        let claim = try #require(try await store.packets.claimNext())
        try await store.packets.finish(claim, .failed(.central(.unreachable)), bytesSent: 33)
        _ = try await store.drafts.save([1], for: CaseID("c5"), in: VisitID("v"), after: 0)
        _ = try await store.drafts.save([1], for: CaseID("c6"), in: VisitID("v"), after: 0)
        let reason = try #require(DiscardReason(code: "not-eligible"))
        try await store.drafts.discard(CaseID("c6"), because: reason, by: OfficerID("o-1"))

        var expected = DayFigures()
        expected.sealed = .init(packets: 4, bytes: 150)
        expected.received = .init(packets: 2, bytes: 30)
        expected.purged = .init(packets: 1, bytes: 10)
        expected.waiting = .init(packets: 1, bytes: 80)
        expected.refused = .init(packets: 1, bytes: 40)
        expected.openDrafts = 1
        expected.discardedDrafts = 1
        expected.attempts = 1
        expected.bytesSent = 33
        expected.firstSequence = 1
        expected.lastSequence = 4
        let next = Timestamp.noon.advanced(by: .seconds(1))
        #expect(try await store.figures(from: .noon, to: next) == expected)

        let tomorrow = try await store.figures(from: next, to: next.advanced(by: .seconds(86_400)))
        #expect(tomorrow.sealed == .init())
        #expect(tomorrow.waiting == expected.waiting)
        #expect(tomorrow.firstSequence == nil)
        store.close()
    }
}
