import EnrolmentCore
import EnrolmentFlow
import Foundation
import OfflineCache
import StationUI
import Testing

@testable import StationApp

@Suite("Discarding a draft")
struct DiscardingTests {
    @Test("when it fails the officer is told, and draft and journal are as they were; then it can be done again")
    func failing() async throws {
        try await withStationBench { bench in
            let trouble = StorageTrouble()
            let kit = try await bench.open(probe: trouble.probe)
            let before = try await begun(bench, kit)
            trouble.fail(.discardDraft, at: .rowsWritten, with: .unwritable("test"))
            let session = try await bench.station(kit, try bench.devices()).open(bench.planned, in: bench.visit)
            await session.send(.stop(.citizenUnwell))
            let machine = try await next(of: session) { $0.notice != nil }
            #expect(machine.step == before.step && machine.stopReason == nil)
            guard case .failure(let report)? = machine.notice else {
                Issue.record("\(String(describing: machine.notice))")
                return
            }
            #expect(report.code == .store(.unwritable) && report.kept == .draft)
            #expect(try await bench.draft(on: kit) == before)
            #expect(try await kit.journal(from: 1).allSatisfy { $0.event != .draftDiscarded })
            trouble.mend()
            await session.send(.stop(.citizenUnwell))
            for await _ in session.updates {}
            #expect(await session.state.step == .stopped)
            #expect(try await bench.draft(on: kit) == nil)
            #expect(try await kit.journal(from: 1).last { $0.event == .draftDiscarded }?.reason == "citizen-unwell")
            kit.store.close()
        }
    }

    @Test("a draft behind the law's limit warns louder, is not gone on with, and goes with the reason retention")
    func overdue() async throws {
        try await withStationBench { bench in
            let first = try await bench.open()
            _ = try await begun(bench, first)
            // As old as that, and it must go on.
            _ = try await first.store.drafts.save(
                Array(#"{"kind":"delivery"}"#.utf8), for: CaseID("levering"), in: bench.visit.id, after: 0)
            first.store.close()
            let clock = StandingClock(later: .seconds(91 * 86_400))
            let key = try StoreKeys(in: bench.home.path, clock: clock).open(
                with: try SecretBytes(text: StationBench.passphrase))
            let (store, recovery) = try await Store.open(
                folder: bench.home.path, kit: StationBench.kit, sealing: Vault(key), clock: clock)
            let kit = OpenKit(
                folder: KitFolder(bench.home, safe: nil), bundle: bench.bundle, store: store, recovery: recovery)
            let station = try Station(
                kit: kit, devices: try bench.devices(), officer: bench.day.officer,
                trust: try await StationTrust(kit, clock: clock), rules: try .builtIn(.belgian),
                examiner: EasyExaminer(), clock: clock, limits: .bedside)
            let warnings = await station.warnings()
            #expect(warnings.contains(.draftsOverdue(cases: 1, days: 91)))
            #expect(warnings.contains(.draftsOld(cases: 1, days: 91)))
            let answers = try #require(try bench.person(bench.planned.id).0.answers)
            await #expect(throws: FailureReport(.input(.invalidScript), detail: "retentionOver", kept: .draft)) {
                try await station.enrol(bench.planned, in: bench.visit, answers: answers)
            }
            #expect(try await kit.packets().isEmpty)
            let session = try await station.open(bench.planned, in: bench.visit)
            #expect(await session.state.isOverdue)
            await session.send(.stop(.retention))
            for await _ in session.updates {}
            #expect(try await kit.journal(from: 1).last { $0.event == .draftDiscarded }?.reason == "retention")
            let after = await station.warnings()
            #expect(after.contains(.draftsOld(cases: 1, days: 91)))
            #expect(!after.contains { if case .draftsOverdue = $0 { true } else { false } })
            kit.store.close()
        }
    }

    /// A case that was broken off at the camera.
    private func begun(_ bench: StationBench, _ kit: OpenKit) async throws -> EnrolmentDraft {
        _ = await #expect(throws: FailureReport.self) {
            try await bench.enrol(on: kit, with: try bench.devices(.init(camera: [.refusesStart(.busy)])))
        }
        return try #require(try await bench.draft(on: kit))
    }

    private func next(
        of session: EnrolmentSession, where isWanted: (EnrolmentMachine) -> Bool
    ) async throws -> EnrolmentMachine {
        for await update in session.updates {
            if case .state(let machine) = update, isWanted(machine) { return machine }
        }
        return try #require(nil as EnrolmentMachine?)
    }
}
