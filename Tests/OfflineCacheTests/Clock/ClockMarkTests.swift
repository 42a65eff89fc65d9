import EnrolmentCore
import Testing

@testable import OfflineCache

@Suite("Confidence in the clock")
struct ClockMarkTests {
    private let maker: StoreMaker

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("an instant well before what is known to have happened is implausible, a later one plausible")
    func withoutReference() async throws {
        let store = try await maker.open()
        #expect(try await store.clockMark.confidence(in: .noon) == .plausible)
        #expect(try await store.clockMark.confidence(in: Timestamp(milliseconds: 0)) == .implausible)
        try await store.clockMark.note(.noon)
        let earlier = Timestamp.noon.advanced(by: .seconds(-121))
        #expect(try await store.clockMark.confidence(in: earlier) == .implausible)
        #expect(try await store.clockMark.confidence(in: .noon) == .plausible)
        store.close()
    }

    @Test("of what is no clock to be compared with, the latest instant counts in whatever order they come")
    func monotone() async throws {
        let store = try await maker.open()
        for source in TimeSource.allCases where source != .central {
            try await store.clockMark.note(.noon, from: source)
            try await store.clockMark.note(Timestamp(milliseconds: 0), from: source)
        }
        #expect(try await store.clockMark.lastKnown() == .noon)
        store.close()
    }

    @Test(
        "central's clock decides where it was read",
        arguments: [
            (0, TimeConfidence.synchronised), (119, .synchronised), (-119, .synchronised), (121, .implausible),
            (-121, .implausible), (315_360_000, .implausible),
        ])
    func withReference(seconds: Int, expected: TimeConfidence) async throws {
        let store = try await maker.open()
        let now = Timestamp.noon.advanced(by: .seconds(seconds))
        try await store.clockMark.note(.noon.advanced(by: .seconds(9_999_999)))
        #expect(try await store.clockMark.confidence(in: now, comparedWith: .noon) == expected)
        store.close()
    }
}
