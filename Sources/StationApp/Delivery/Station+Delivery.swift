package import EnrolmentCore
import EnrolmentFlow

extension Station {
    /// What a case is: what its draft is the beginning of, and without one what was planned.
    package func kind(of planned: PlannedCase) async throws(FailureReport) -> DraftKind {
        if let begun = try await enrolments.kindOfDraft(of: planned.id) { return begun }
        return planned.delivery == nil ? .enrolment : .delivery
    }

    /// Opens a case that was planned as a delivery: its draft where there is one, else a new delivery.
    ///
    /// - Throws: `input.unknownVisit` when no card is to be handed over in this case.
    package func openDelivery(
        _ planned: PlannedCase, in visit: Visit
    ) async throws(FailureReport) -> DeliverySession {
        let machine: DeliveryMachine
        if let draft = try await enrolments.delivery(of: planned.id) {
            machine = DeliveryMachine(resuming: draft, today: today, at: clock.now())
        } else {
            try await refuseReceived(planned.id)
            let record = DeliveryRecord(
                visit: visit, planned: planned, officer: officer, kit: kit.kit, startedAt: clock.now())
            guard let record else {
                throw FailureReport(.input(.unknownVisit), detail: "case \(planned.id)", kept: .nothingToKeep)
            }
            machine = DeliveryMachine(record: record, today: today)
        }
        return DeliverySession(
            machine, devices: try await devices.devices(for: planned), prover: trust, store: enrolments, clock: clock,
            limits: limits)
    }

    /// Hands one card over with scripted answers, from wherever the draft was left.
    ///
    /// - Parameter pins: on a kit for training only.
    package func deliver(
        _ planned: PlannedCase, in visit: Visit, answers: DeliveryScript.Answers, pins: ScriptPINs? = nil,
        observe: @Sendable (DeliverySession.Update) async -> Void = { _ in }
    ) async throws(FailureReport) -> ScriptedDelivery.Ending {
        guard pins == nil || kit.kit.isTraining else {
            throw FailureReport(
                .input(.invalidScript), detail: "PINs from a file are for training", kept: .nothingToKeep)
        }
        let session = try await openDelivery(planned, in: visit)
        return try await ScriptedDelivery(session, answers: answers, pins: pins).run(observe: observe)
    }
}
