import EnrolmentCore

extension EnrolmentMachine {
    /// It is the officer's turn.
    mutating func whileIdle(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        if event.isOutcome { return [] }
        if step.isFinal { return refuse(.enrolmentEnded) }
        if case .stop(let reason) = event { return stop(reason) }
        switch step {
        case .card: return atCard(event)
        case .person: return atPerson(event)
        case .photo: return atPhoto(event)
        case .fingers: return atFingers(event)
        case .signature: return atSignature(event)
        case .choices:
            guard case .choose(let choices) = event else { return refuse(.notNow) }
            draft.record.choices = choices
            return save(then: .advance(to: nextMissing))
        case .review: return atReview(event)
        case .sealing, .stored, .stopped: return []
        }
    }

    mutating func start(_ effect: EnrolmentEffect) -> [EnrolmentEffect] {
        notice = nil
        activity = .working
        return [effect]
    }

    private mutating func atCard(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin: return start(.readCard)
        case .keep where record.card != nil: return save(then: .advance(to: .person))
        case .continueWithoutCard(let absence):
            if case .reportedMissing(let number) = absence, number.isEmpty { return refuse(.annexNumberMissing) }
            draft.record.cardAbsence = absence
            return save(then: .advance(to: .person))
        default: return refuse(.notNow)
        }
    }

    private mutating func atPerson(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .confirmPerson:
            if personWarnings.contains(.otherPerson) { return refuse(.cardOfOtherPerson) }
            if record.cardProof?.verdict == .forged { return refuse(.cardForged) }
            return save(then: .advance(to: nextMissing))
        case .rejectPerson:
            draft.record.card = nil
            draft.record.cardProof = nil
            draft.record.cardAbsence = nil
            return save(then: .advance(to: .card))
        default: return refuse(.notNow)
        }
    }

    private mutating func atPhoto(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin: return start(.takePortrait)
        case .keep where record.portrait != nil: return save(then: .advance(to: nextMissing))
        default: return refuse(.notNow)
        }
    }

    private mutating func atSignature(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin: return start(.takeSignature)
        case .keep where record.signature != nil: return save(then: .advance(to: nextMissing))
        case .exemptSignature(let reason):
            draft.record.signature = .exempt(reason)
            return save(then: .advance(to: nextMissing))
        default: return refuse(.notNow)
        }
    }

    private mutating func atReview(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin:
            guard record.missing.isEmpty else { return refuse(.partsMissing) }
            draft.step = .sealing
            return start(.seal(draft))
        case .revisit(let part): return revisit(part)
        default: return refuse(.notNow)
        }
    }

    /// Goes back to gather one part anew; the old one is gone only when the new one is saved, except
    /// for fingers, which are a set and start from nothing.
    private mutating func revisit(_ part: EnrolmentPart) -> [EnrolmentEffect] {
        switch part {
        case .card: return save(then: .advance(to: .card))
        case .photo: return save(then: .advance(to: .photo))
        case .fingers:
            guard requiresFingers else { return refuse(.notNow) }
            forgetFingers()
            return save(then: .advance(to: .fingers))
        case .signature: return save(then: .advance(to: .signature))
        case .choices: return save(then: .advance(to: .choices))
        }
    }

    /// Has the draft destroyed; until that is done the enrolment is not over.
    mutating func stop(_ reason: StopReason) -> [EnrolmentEffect] {
        // True only of a draft that is too old; the journal keeps the reason.
        if reason == .retention, !isOverdue { return refuse(.notNow) }
        beforeStopping = activity
        activity = .saving
        notice = nil
        stopReason = reason
        return [.discardDraft(record.planned.id, reason)]
    }
}

extension EnrolmentEvent {
    var isStop: Bool { if case .stop = self { true } else { false } }

    /// Whether it reports on an effect, rather than being an officer's request.
    var isOutcome: Bool {
        switch self {
        case .cardRead, .portraitTaken, .fingerTaken, .signatureTaken, .personMustRetry, .captureFailed, .draftSaved,
            .draftNotSaved, .sealed, .notSealed, .discarded, .notDiscarded:
            true
        default: false
        }
    }
}
