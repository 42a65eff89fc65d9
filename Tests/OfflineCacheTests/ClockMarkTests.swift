import EnrolmentCore
import Testing

@testable import OfflineCache

@Suite("Confidence in the clock")
struct ClockMarkTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("an instant before what is known to have happened is implausible, a later one plausible")
    func withoutReference() async throws {
        let store = try await maker.open()
        #expect(try await store.clockMark.confidence(in: .noon) == .plausible)
        #expect(try await store.clockMark.confidence(in: Timestamp(milliseconds: 0)) == .implausible)
        try await store.clockMark.note(.noon)
        let earlier = Timestamp.noon.advanced(by: .seconds(-1))
        #expect(try await store.clockMark.confidence(in: earlier) == .implausible)
        #expect(try await store.clockMark.confidence(in: .noon) == .plausible)
        store.close()
    }

    @Test("the mark never moves back")
    func monotone() async throws {
        let store = try await maker.open()
        try await store.clockMark.note(.noon)
        try await store.clockMark.note(Timestamp(milliseconds: 0))
        #expect(try await store.clockMark.lastKnown() == .noon)
        store.close()
    }

    @Test(
        "central's clock decides where it was read",
        arguments: [
            (0, TimeConfidence.synchronised), (119, .synchronised), (-119, .synchronised), (121, .implausible),
            (-121, .implausible), (315_360_000, .implausible),
        ])
    func withReference(seconds: Int, expected: TimeConfidence) {
        let now = Timestamp.noon.advanced(by: .seconds(seconds))
        let later = Timestamp.noon.advanced(by: .seconds(9_999_999))
        #expect(ClockMark.confidence(in: now, lastKnown: later, reference: .noon) == expected)
    }
}
