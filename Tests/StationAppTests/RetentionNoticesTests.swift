import EnrolmentCore
import OfflineCache
import Testing

@testable import StationApp

@Suite("What has been on a kit for too long")
struct RetentionNoticesTests {
    private static let days = 91
    private static let visit = VisitID("b-1")

    /// A kit with these drafts, opened again after the law's limit.
    private func kit(_ drafts: [(CaseID, String)]) async throws -> (LoginBench, OpenKit) {
        let bench = try LoginBench()
        let before = try await bench.open()
        for (id, content) in drafts {
            _ = try await before.store.drafts.save(Array(content.utf8), for: id, in: Self.visit, after: 0)
        }
        before.store.close()
        bench.clock.move(by: Int64(Self.days) * 86_400)
        return (bench, try await bench.open())
    }

    @Test("is overdue where it is an enrolment; a delivery must go on, and what cannot be read may be one")
    func kinds() async throws {
        let drafts: [(CaseID, String)] = [
            (CaseID("a-enrolment"), "{}"), (CaseID("b-delivery"), #"{"kind":"delivery"}"#),
            (CaseID("c-other"), #"{"kind":"other"}"#), (CaseID("d-none"), "[1, 2"),
        ]
        let (bench, kit) = try await kit(drafts)
        #expect(
            try await kit.store.retentionNotices() == drafts.map { .draftOverdue($0.0, days: Self.days) },
            "by age alone all of them are")
        #expect(
            try await kit.retentionNotices(at: bench.clock.now()) == [
                .draftOverdue(drafts[0].0, days: Self.days), .draftOld(drafts[1].0, days: Self.days),
                .draftOld(drafts[2].0, days: Self.days), .draftOld(drafts[3].0, days: Self.days),
            ])
        kit.store.close()
    }

    @Test("is overdue by no clock that cannot be right")
    func implausible() async throws {
        let id = CaseID("a-enrolment")
        let (bench, kit) = try await kit([(id, "{}")])
        let now = bench.clock.now()
        #expect(try await kit.retentionNotices(at: now) == [.draftOverdue(id, days: Self.days)])
        try await kit.store.clockMark.note(now.advanced(by: .seconds(400 * 86_400)))
        #expect(try await kit.retentionNotices(at: now) == [.draftOld(id, days: Self.days)])
        kit.store.close()
    }
}
