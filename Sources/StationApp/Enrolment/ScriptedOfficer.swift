package import EnrolmentCore
package import EnrolmentFlow

/// Decides as an officer would who has all answers on paper: one decision for each state in which it
/// is the officer's turn.
package struct ScriptedOfficer: Sendable {
    package enum Decision: Hashable, Sendable {
        case send(EnrolmentEvent)
        /// It is not the officer's turn.
        case wait
        /// The enrolment is over.
        case done
        /// The script has no way on: the machine failed, or a person did not mend it often enough.
        case giveUp(FailureReport)
    }

    let answers: EnrolmentScript.Answers
    /// How often a capture that a person can mend is tried again.
    let patience: Int
    private var retries = 0

    package init(_ answers: EnrolmentScript.Answers, patience: Int = 2) {
        self.answers = answers
        self.patience = patience
    }

    package mutating func decide(_ machine: EnrolmentMachine) -> Decision {
        if machine.step.isFinal { return .done }
        switch machine.activity {
        case .working, .saving: return .wait
        case .unsaved: return .giveUp(Self.report(of: machine))
        case .reviewing: return whenReviewing(machine)
        case .idle: return whenIdle(machine)
        }
    }

    private mutating func whenIdle(_ machine: EnrolmentMachine) -> Decision {
        switch machine.notice {
        case .failure(let report): return .giveUp(report)
        case .refused(let why):
            return .giveUp(FailureReport(.input(.invalidScript), detail: why.rawValue, kept: Self.kept(machine)))
        case .retry(let retry):
            if let report = impatient(retry, machine) { return .giveUp(report) }
        case nil: break
        }
        switch machine.step {
        case .card: return .send(answers.withoutCard.map(EnrolmentEvent.continueWithoutCard) ?? .begin)
        case .person: return .send(.confirmPerson)
        case .photo, .review: return .send(.begin)
        case .fingers: return .send(atFingers(machine))
        case .signature: return .send(answers.signatureExemption.map(EnrolmentEvent.exemptSignature) ?? .begin)
        case .choices: return .send(.choose(answers.choices))
        case .sealing, .stored, .stopped: return .wait
        }
    }

    /// A sample waits for a decision; where taking it again came to nothing, a finger's best print may do.
    private mutating func whenReviewing(_ machine: EnrolmentMachine) -> Decision {
        let review = machine.fingerReview
        switch machine.notice {
        case .failure(let report): return doingWithBest(of: review) ?? .giveUp(report)
        case .refused(let why):
            return .giveUp(FailureReport(.input(.invalidScript), detail: why.rawValue, kept: Self.kept(machine)))
        case .retry(let retry):
            if let report = impatient(retry, machine) { return doingWithBest(of: review) ?? .giveUp(report) }
        case nil: retries = 0
        }
        return .send(review.map(atFinger) ?? .keep)
    }

    /// The visit goes on, whatever the scanner does.
    private func doingWithBest(of review: FingerReview?) -> Decision? {
        guard let review, review.choices.contains(.accept), answers.insufficientFinger != .tryAnother else {
            return nil
        }
        return .send(.acceptFinger(.noObviousReason))
    }

    /// Counts what a person did not do; what to report once that was too often.
    private mutating func impatient(_ retry: CaptureRetry, _ machine: EnrolmentMachine) -> FailureReport? {
        retries += 1
        return retries <= patience ? nil : FailureReport(.person(retry), kept: Self.kept(machine))
    }

    private func atFingers(_ machine: EnrolmentMachine) -> EnrolmentEvent {
        if let impossible = answers.fingersImpossible {
            let attest = impossible.attestIssuedOn.map { Attest(issuedOn: $0) }
            return .declareFingersImpossible(impossible.isTemporary ? .temporary(attest) : .permanent)
        }
        if let finger = machine.expectedFinger, let exception = answers.exceptions?[finger.name] {
            return .markFinger(finger, exception)
        }
        return .begin
    }

    /// Takes a finger again as long as the rules ask for it, and then does with the best print what the
    /// answers say.
    private func atFinger(_ review: FingerReview) -> EnrolmentEvent {
        if review.verdict == .again { return .retake }
        let keepsBad = answers.insufficientFinger ?? .keep
        if review.choices.contains(.keep), review.verdict == .good || keepsBad == .tryAnother { return .keep }
        return review.choices.contains(.accept) ? .acceptFinger(.noObviousReason) : .retake
    }

    private static func kept(_ machine: EnrolmentMachine) -> FailureReport.Kept {
        machine.draft.revision > 0 ? .draft : .nothingToKeep
    }

    private static func report(of machine: EnrolmentMachine) -> FailureReport {
        if case .failure(let report)? = machine.notice { return report }
        return FailureReport(.store(.unwritable), kept: kept(machine))
    }
}
