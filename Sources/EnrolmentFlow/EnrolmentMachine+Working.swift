import EnrolmentCore

extension EnrolmentMachine {
    /// A device, or the sealer, is at work.
    mutating func whileWorking(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch (step, event) {
        case (.sealing, .sealed(let id)):
            packet = id
            draft.step = .stored
            return rest(with: nil)
        case (.sealing, .notSealed(let report)):
            draft.step = .review
            return rest(with: .failure(report))
        case (.sealing, _): return event.isOutcome ? [] : refuse(.savingRuns)
        case (_, .cancel): return [.cancelCapture]
        case (_, .personMustRetry(let retry)): return rest(with: .retry(retry))
        case (_, .captureFailed(let report)):
            // A capture that the officer cancelled is no failure.
            return rest(with: report.isCancellation ? nil : .failure(report))
        case (.card, .cardRead(let reading, let proof)):
            draft.record.card = reading
            draft.record.cardProof = proof
            draft.record.cardAbsence = nil
            return save(then: .advance(to: .person))
        case (.photo, .portraitTaken(let sample)):
            draft.record.portrait = sample
            return save(then: .review)
        case (.fingers, .fingerTaken(let attempt)): return fingerTaken(attempt)
        case (.signature, .signatureTaken(let sample)):
            draft.record.signature = .signed(sample)
            return save(then: .review)
        default: return event.isOutcome ? [] : refuse(.captureRuns)
        }
    }

    private mutating func rest(with notice: EnrolmentNotice?) -> [EnrolmentEffect] {
        // An earlier sample of this step still waits when taking it again came to nothing.
        activity = draft.awaitsReview ? .reviewing : .idle
        self.notice = notice
        return []
    }

    /// What was just gathered is being written.
    mutating func whileSaving(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        if let before = beforeStopping { return whileStopping(event, from: before) }
        switch event {
        case .draftSaved(let revision):
            guard revision == draft.revision else { return [] }
            return saved()
        case .draftNotSaved(let report):
            activity = .unsaved
            notice = .failure(report)
            return []
        default: return event.isOutcome ? [] : refuse(.savingRuns)
        }
    }

    /// The draft is being destroyed; when that fails everything is as it was, and the officer is told.
    private mutating func whileStopping(
        _ event: EnrolmentEvent, from before: EnrolmentActivity
    ) -> [EnrolmentEffect] {
        switch event {
        case .discarded:
            draft.step = .stopped
            activity = .idle
        case .notDiscarded(let report):
            activity = before
            stopReason = nil
            notice = .failure(report)
        default: return event.isOutcome ? [] : refuse(.savingRuns)
        }
        beforeStopping = nil
        return []
    }

    private mutating func saved() -> [EnrolmentEffect] {
        activity = .idle
        draft.awaitsReview = false
        switch afterSaving {
        case .stay: return []
        case .review, .reviewAgain:
            draft.awaitsReview = true
            activity = .reviewing
            return []
        case .takeFinger: return startFinger()
        case .advance(let next):
            draft.step = next
            // A child's card holds no fingers: the step settles itself.
            guard next == .fingers, !requiresFingers else { return [] }
            draft.record.fingerOutcome = .notRequired
            return save(then: .advance(to: nextMissing))
        }
    }

    /// What was gathered could not be written and is only in memory.
    mutating func whileUnsaved(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin: return save(then: afterSaving)
        case .stop(let reason): return stop(reason)
        default: return event.isOutcome ? [] : refuse(.unsavedSample)
        }
    }

    /// A saved sample is shown.
    mutating func whileReviewing(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch (step, event) {
        case (_, .stop(let reason)): return stop(reason)
        case (.photo, .keep), (.signature, .keep): return save(then: .advance(to: nextMissing))
        case (.photo, .retake): return start(.takePortrait)
        case (.signature, .retake): return start(.takeSignature)
        case (.signature, .exemptSignature(let reason)):
            draft.record.signature = .exempt(reason)
            return save(then: .advance(to: nextMissing))
        case (.fingers, _) where !event.isOutcome: return reviewingFinger(event)
        default: return event.isOutcome ? [] : refuse(.notNow)
        }
    }
}

extension FailureReport {
    var isCancellation: Bool {
        if case .device(_, .cancelled) = code { true } else { false }
    }
}
