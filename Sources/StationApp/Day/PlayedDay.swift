package import EnrolmentCore
import EnrolmentFlow
import Foundation
import StationUI

/// The station's part of a played day: goes through the planned visits from wherever the store says
/// that they are, then, when asked to, syncs.
package struct PlayedDay: Sendable {
    /// Up to where this run of the program goes.
    package struct Part: Sendable {
        /// The last visit of this part; nil for all.
        package var until: VisitID?
        /// Stand still, for ever, once the second finger of this person is being taken: the program is
        /// going to be killed there.
        package var holdAt: CaseID?
        package var syncs: Bool

        package init(until: VisitID?, holdAt: CaseID?, syncs: Bool) {
            self.until = until
            self.holdAt = holdAt
            self.syncs = syncs
        }
    }

    let station: Station
    let day: TrainingDay
    let stage: any DayStage
    let words: Catalogue
    let report: DayReport

    func run(_ part: Part) async throws(FailureReport) {
        do throws(FailureReport) {
            try await visit(part)
            if part.syncs { try await sync() }
        } catch {
            report.tell(.failed(code: error.code.text))
            await stage.tell(.failure(error))
            await stage.close()
            throw error
        }
        await stage.close()
    }

    private func visit(_ part: Part) async throws(FailureReport) {
        let visits = try await station.kit.plannedVisits()
        let last = part.until.flatMap { id in visits.firstIndex { $0.visit.id == id } }
        for machine in visits.prefix(last.map { $0 + 1 } ?? visits.count) where machine.state != .complete {
            await showHome()
            await stage.say(words.line(.playVisit, machine.visit.id.text, "\(machine.visit.cases.count)"))
            for planned in machine.visit.cases where machine.outcomes[planned.id]?.isFinal != true {
                if machine.outcomes[planned.id] == .begun {
                    await stage.say("  \(planned.id)  \(words.line(.playResumed))")
                }
                if planned.delivery == nil {
                    try await enrol(planned, in: machine.visit, part)
                } else {
                    try await deliver(planned, in: machine.visit)
                }
            }
        }
        await showHome()
    }

    /// The home screen as an officer would find it now.
    private func showHome() async {
        await stage.tell(station.clockEvent())
        await stage.tell(.kit(await station.state()))
        for event in await station.listEvents() { await stage.tell(event) }
    }

    private func enrol(_ planned: PlannedCase, in visit: Visit, _ part: Part) async throws(FailureReport) {
        guard let answers = day.people[planned.id]?.answers else {
            throw FailureReport(.input(.unknownVisit), detail: "case \(planned.id)", kept: .nothingToKeep)
        }
        let watcher = Watcher(planned.id, holds: part.holdAt == planned.id, report: report, stage: stage)
        let packet = try await station.enrol(planned, in: visit, answers: answers) {
            await watcher.see($0)
        }
        report.tell(.sealed(planned.id, packet))
        await stage.tell(.enrolment(nil))
    }

    private func deliver(_ planned: PlannedCase, in visit: Visit) async throws(FailureReport) {
        guard let answers = day.people[planned.id]?.deliveryAnswers else {
            throw FailureReport(.input(.unknownVisit), detail: "case \(planned.id)", kept: .nothingToKeep)
        }
        let watcher = DeliveryWatcher(planned.id, report: report, stage: stage)
        let ending = try await station.deliver(
            planned, in: visit, answers: answers, pins: try TrainingPINs.pins(of: planned.id)
        ) {
            await watcher.see($0)
        }
        if let packet = ending.packet {
            report.tell(.sealed(planned.id, packet))
            if ending.stopped == nil { report.tell(.delivered(planned.id)) }
        }
        await stage.tell(.delivery(nil))
    }

    private func sync() async throws(FailureReport) {
        await stage.say(words.line(.playSync))
        await stage.tell(.key("f3"))
        let outcome = try await station.sync { state in await stage.tell(.sync(state)) }
        report.tell(.synced(received: outcome.received, resumed: outcome.resumed, left: outcome.left))
        for event in await station.listEvents() { await stage.tell(event) }
        await stage.say(words.line(.playDay))
        await stage.tell(.key("esc"))
        await stage.tell(.key("f4"))
        await stage.tell(await station.dayEvent())
        await stage.say(words.line(.playClosed))
    }

    /// Counts what is captured, and stands still where it is told to.
    private actor Watcher {
        private let id: CaseID
        private let holds: Bool
        private let report: DayReport
        private let stage: any DayStage
        private var last: EnrolmentMachine?

        init(_ id: CaseID, holds: Bool, report: DayReport, stage: any DayStage) {
            self.id = id
            self.holds = holds
            self.report = report
            self.stage = stage
        }

        func see(_ update: EnrolmentSession.Update) async {
            await stage.tell(update)
            guard case .state(let machine) = update else { return }
            defer { last = machine }
            if let last, last.activity == .saving, machine.activity != .unsaved, let part = Self.captured(last) {
                report.tell(.captured(id, part, fragments: Self.fragments(of: part, in: machine.draft)))
            }
            if machine.step == .fingers, machine.activity == .working {
                report.tell(.fingerBegun(id, saved: machine.draft.fingerSamples.count))
                if holds, machine.record.fingers.count == 1 { await Self.standStill() }
            }
        }

        /// What the save that just ended was for, when a device had given it.
        private static func captured(_ machine: EnrolmentMachine) -> EnrolmentPart? {
            switch machine.step {
            case .card where machine.record.card != nil: .card
            case .photo where machine.lastSaveHeldSample: .photo
            case .fingers where machine.lastSaveHeldSample: .fingers
            case .signature where machine.lastSaveHeldSample: .signature
            default: nil
            }
        }

        private static func fragments(of part: EnrolmentPart, in draft: EnrolmentDraft) -> [Data] {
            let sample =
                switch part {
                case .card: draft.record.card?.photo
                case .photo: draft.record.portrait?.jpeg
                case .fingers: draft.fingerSamples.last?.image.pixels
                case .signature, .choices: nil as [UInt8]?
                }
            // More than elsewhere: most of a finger's picture is white, and says nothing.
            return PlaintextScan.fragments(of: sample ?? [], count: 32).map { Data($0) }
        }

        private static func standStill() async {
            let never = AsyncStream<Never> { _ in }
            for await _ in never {}
        }
    }
}
