package import EnrolmentCore
import EnrolmentFlow
import OfflineCache
import SampleQuality

/// One kit at work: its store, its devices, its officer. Screens, scripts and the demo all use this.
package struct Station: Sendable {
    package let kit: OpenKit
    /// Who has logged in, or says so where there is no list of officers.
    package var officer: Officer
    let devices: any KitDeviceSource
    let enrolments: StoredCases
    /// Says what a card is worth, by this kit's roots.
    let trust: StationTrust
    let rules: FingerRules
    let examiner: any FingerExamining
    let clock: any WallClock
    let limits: CaptureLimits

    /// - Parameter rules: from `FingerRules.station` or `.builtIn`; there are none without being asked for.
    /// - Throws: `input.missingConfiguration` when the kit bundle cannot seal packets.
    package init(
        kit: OpenKit, devices: any KitDeviceSource, officer: Officer, trust: StationTrust, rules: FingerRules,
        examiner: any FingerExamining = FingerExaminer(), clock: any WallClock, limits: CaptureLimits = .bedside
    ) throws(FailureReport) {
        self.kit = kit
        self.devices = devices
        self.officer = officer
        self.trust = trust
        self.rules = rules
        self.examiner = examiner
        self.clock = clock
        self.limits = limits
        enrolments = try StoredCases(kit, clock: clock)
    }

    package var today: CalendarDate { LocalTime.day(of: clock.now()) }

    /// Opens a planned case: its draft where there is one, else a new enrolment.
    package func open(_ id: CaseID, in visit: VisitID) async throws(FailureReport) -> EnrolmentSession {
        let visit = try await kit.visit(visit)
        guard let planned = visit.cases.first(where: { $0.id == id }) else {
            throw FailureReport(.input(.unknownVisit), detail: "case \(id)", kept: .nothingToKeep)
        }
        return try await open(planned, in: visit)
    }

    package func open(_ planned: PlannedCase, in visit: Visit) async throws(FailureReport) -> EnrolmentSession {
        let machine: EnrolmentMachine
        if let draft = try await enrolments.draft(of: planned.id) {
            machine = EnrolmentMachine(
                resuming: draft, rules: rules, today: today, isOverdue: try await isOverdue(planned.id))
        } else {
            try await refuseReceived(planned.id)
            let record = EnrolmentRecord(
                visit: visit, planned: planned, officer: officer, kit: kit.kit, startedAt: clock.now())
            machine = EnrolmentMachine(record: record, rules: rules, today: today)
        }
        return EnrolmentSession(
            machine, devices: try await devices.devices(for: planned), prover: trust, examiner: examiner,
            store: enrolments, clock: clock, limits: limits)
    }

    /// Whether what was taken of a person is older than the law lets anybody keep it.
    private func isOverdue(_ id: CaseID) async throws(FailureReport) -> Bool {
        try await kit.retentionNotices(at: clock.now()).contains {
            if case .draftOverdue(id, _) = $0 { true } else { false }
        }
    }

    /// Nobody is asked again for what is sealed here or what central has: this folder may be an older copy, which
    /// knows that from the chain.
    ///
    /// - Throws: `central.caseKnown`.
    func refuseReceived(_ id: CaseID) async throws(FailureReport) {
        let isDone: Bool
        do throws(StoreError) {
            let isSealed = try await kit.store.packets.holdsPacket(for: id)
            let isReceived = try await !kit.store.chain.alreadyReceived(among: [id]).isEmpty
            isDone = isSealed || isReceived
        } catch {
            throw error.report(kept: .nothingToKeep)
        }
        guard !isDone else {
            throw FailureReport(.central(.caseKnown), detail: "case \(id)", kept: .nothingToKeep)
        }
    }

    /// Enrols one person with scripted answers, from wherever their draft was left.
    package func enrol(
        _ planned: PlannedCase, in visit: Visit, answers: EnrolmentScript.Answers,
        observe: @Sendable (EnrolmentSession.Update) async -> Void = { _ in }
    ) async throws(FailureReport) -> PacketID {
        let session = try await open(planned, in: visit)
        return try await ScriptedEnrolment(session, answers: answers).run(observe: observe)
    }
}
