import EnrolmentCore
import EnrolmentFlow

/// Decides as an officer would who has all answers on paper: one decision for each state in which it is
/// the officer's turn.
struct ScriptedDeliveryOfficer: Sendable {
    enum Decision: Sendable {
        case send(DeliveryEvent)
        /// It is not the officer's turn.
        case wait
        /// The delivery is over.
        case done
        /// The script has no way on: the machine failed, or a person did not mend it often enough.
        case giveUp(FailureReport)
    }

    private let answers: DeliveryScript.Answers
    private let pins: ScriptPINs?
    /// How often a capture that a person can mend is tried again.
    private let patience: Int
    private var retries = 0

    init(_ answers: DeliveryScript.Answers, pins: ScriptPINs?, patience: Int = 2) {
        self.answers = answers
        self.pins = pins
        self.patience = patience
    }

    mutating func decide(_ machine: DeliveryMachine) -> Decision {
        if machine.step.isFinal { return .done }
        switch machine.activity {
        case .working, .saving: return .wait
        case .unsaved: return .giveUp(Self.report(of: machine))
        case .reviewing, .idle: break
        }
        if let decision = answer(to: machine.notice, machine) { return decision }
        if machine.activity == .reviewing { return .send(.keep) }
        do throws(FailureReport) {
            return try whenIdle(machine)
        } catch {
            return .giveUp(error)
        }
    }

    /// What the last notice leaves to decide, nil when it is no hindrance.
    private mutating func answer(to notice: DeliveryNotice?, _ machine: DeliveryMachine) -> Decision? {
        switch notice {
        case nil:
            retries = 0
            return nil
        case .failure(let report): return .giveUp(report)
        case .refused(let why): return invalid(why.rawValue, machine)
        case .retry(.cardNotActivated): return endingNotActivated(machine)
        case .retry(let retry):
            retries += 1
            return retries <= patience ? nil : .giveUp(FailureReport(.person(retry), kept: Self.kept(machine)))
        case .pin(.notActivated): return endingNotActivated(machine)
        case .pin(.changeUnknown): return nil
        case .pin(.blocked):
            return machine.step == .pin && answers.withoutPIN == .blocked ? nil : invalid("PIN blocked", machine)
        case .pin(let trouble): return invalid("PIN \(String(describing: trouble).prefix { $0.isLetter })", machine)
        case .certificate(let key, let verdict):
            if answers.leftCertificates?[key.rawValue] == .notWorking {
                return .send(.leaveCertificate(key, .notWorking))
            }
            return invalid("\(key.rawValue) certificate \(verdict.rawValue)", machine)
        }
    }

    private func endingNotActivated(_ machine: DeliveryMachine) -> Decision {
        if let reason = answers.stop { return .send(.stop(reason)) }
        return .giveUp(FailureReport(.person(.cardNotActivated), kept: Self.kept(machine)))
    }

    private func whenIdle(_ machine: DeliveryMachine) throws(FailureReport) -> Decision {
        switch machine.step {
        case .card, .review: return .send(.begin)
        case .person: return atPerson(machine)
        case .pin: return .send(try atPIN(machine))
        case .certificates: return .send(try atCertificates(machine))
        case .replaced: return atReplaced(machine)
        case .receipt: return .send(atReceipt(machine))
        case .sealing, .stored, .stopped: return .wait
        }
    }

    private func atPerson(_ machine: DeliveryMachine) -> Decision {
        let stopping = machine.findings.filter { $0.weight == .stops }
        if let first = stopping.first {
            if let reason = answers.stop { return .send(.stop(reason)) }
            return invalid("the card: \(first.rawValue)", machine)
        }
        if answers.takesPortrait == true, machine.record.portrait == nil { return .send(.takePortrait) }
        return .send(.confirmPerson(answers.basis ?? .face, despite: Set(answers.accepts ?? [])))
    }

    private var pinAnswer: DeliveryScript.PINAnswer { answers.pin ?? .change }

    private func atPIN(_ machine: DeliveryMachine) throws(FailureReport) -> DeliveryEvent {
        if let absence = answers.withoutPIN, absence != .blocked || machine.pinState != nil {
            return .leavePIN(absence)
        }
        if machine.pinState == nil { return .begin }
        guard pinAnswer.isChanged else { return .keepPIN }
        if pinAnswer.isOnPinpad { return .changePIN(from: .pinpad, to: .pinpad) }
        let pins = try pinsNeeded(machine)
        let id = machine.record.planned.id
        return .changePIN(from: .typed(try pins.letter(of: id)), to: .typed(try pins.chosen(of: id)))
    }

    private func atCertificates(_ machine: DeliveryMachine) throws(FailureReport) -> DeliveryEvent {
        guard let next = machine.nextCertificate else { return .begin }
        if let absence = answers.leftCertificates?[next.key.rawValue], absence != .notWorking {
            return .leaveCertificate(next.key, absence)
        }
        if machine.pinState == nil { return .begin }
        if pinAnswer.isOnPinpad { return .tryCertificate(next.key, .pinpad) }
        let pins = try pinsNeeded(machine)
        let id = machine.record.planned.id
        let pin = machine.record.pin == .kept ? try pins.letter(of: id) : try pins.chosen(of: id)
        return .tryCertificate(next.key, .typed(pin))
    }

    private func pinsNeeded(_ machine: DeliveryMachine) throws(FailureReport) -> ScriptPINs {
        guard let pins else {
            throw FailureReport(.input(.invalidScript), detail: "no PIN", kept: Self.kept(machine))
        }
        return pins
    }

    private func atReplaced(_ machine: DeliveryMachine) -> Decision {
        if let absence = answers.nothingToTakeIn { return .send(.nothingToTakeIn(absence)) }
        if let number = answers.annex12 { return .send(.takeIn(.annex12(number), answers.deviation)) }
        if let number = answers.oldCard { return .send(.takeIn(.card(number), answers.deviation)) }
        return invalid("nothing handed in", machine)
    }

    private func atReceipt(_ machine: DeliveryMachine) -> DeliveryEvent {
        if let role = answers.representative, machine.draft.signer != .representative(role) {
            return .signBy(.representative(role))
        }
        return answers.signatureExemption.map { .exemptSignature($0) } ?? .begin
    }

    private func invalid(_ detail: String, _ machine: DeliveryMachine) -> Decision {
        .giveUp(FailureReport(.input(.invalidScript), detail: detail, kept: Self.kept(machine)))
    }

    private static func kept(_ machine: DeliveryMachine) -> FailureReport.Kept {
        machine.draft.revision > 0 ? .draft : .nothingToKeep
    }

    private static func report(of machine: DeliveryMachine) -> FailureReport {
        if case .failure(let report)? = machine.notice { return report }
        return FailureReport(.store(.unwritable), kept: kept(machine))
    }
}
