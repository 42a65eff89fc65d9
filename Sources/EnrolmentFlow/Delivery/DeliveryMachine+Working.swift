import EnrolmentCore

extension DeliveryMachine {
    /// A device, the card or the sealer is at work.
    mutating func whileWorking(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch (step, event) {
        case (.sealing, .sealed(let id)):
            packet = id
            draft.step = record.stopped == nil ? .stored : .stopped
            return rest(with: nil)
        case (.sealing, .notSealed(let report)): return goBack(because: report)
        case (.sealing, _): return event.isOutcome ? [] : refuse(.savingRuns)
        case (_, .cancel): return [.cancelCapture]
        case (.pin, .draftNotSaved(let report)) where draft.pinChangeRuns:
            // It was not even begun.
            draft.pinChangeRuns = false
            return rest(with: .failure(report))
        case (_, .failed(let report)):
            // What the officer cancelled is no failure.
            let notice = report.isCancellation ? nil : DeliveryNotice.failure(report)
            return draft.pinChangeRuns ? doubtPIN(saying: notice) : rest(with: notice)
        default: return whileCapturing(event)
        }
    }

    private mutating func whileCapturing(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch (step, event) {
        case (.card, .personMustRetry(.cardNotActivated)):
            draft.record.activation = .notActivated
            log(.cardNotActivated)
            return save(AfterSaving(.stay, saying: .retry(.cardNotActivated)))
        case (_, .personMustRetry(let retry)): return rest(with: .retry(retry))
        case (.card, .cardRead(let reading, let proof)):
            draft.record.newCard = reading
            draft.record.newCardProof = proof
            draft.record.activation = nil
            log(.cardRead(proof.verdict))
            return save(AfterSaving(.advance(to: .person)))
        case (.person, .portraitTaken(let sample)):
            draft.record.portrait = sample
            log(.portraitTaken)
            return save(AfterSaving(.stay))
        case (.pin, .pinStateKnown(let outcome)), (.certificates, .pinStateKnown(let outcome)):
            return pinStateKnown(outcome)
        case (.pin, .pinChanged(let outcome)): return pinChanged(outcome)
        case (.certificates, .certificateTried(let key, let outcome)): return certificateTried(key, outcome)
        case (.receipt, .signatureTaken(let sample)):
            draft.record.receipt = DeliveryReceipt(signer: draft.signer, signature: .signed(sample))
            return save(AfterSaving(.review))
        default: return event.isOutcome ? [] : refuse(.captureRuns)
        }
    }

    /// Everything is as it was before it was to be sealed, or given up.
    private mutating func goBack(because report: FailureReport) -> [DeliveryEffect] {
        guard let before = beforeEnding else { return [] }
        beforeEnding = nil
        draft = before.draft
        activity = before.activity
        notice = .failure(report)
        return []
    }

    /// What was just done is being written.
    mutating func whileSaving(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .draftSaved(let revision):
            guard revision == draft.revision else { return [] }
            saved()
            return []
        case .draftNotSaved(let report):
            activity = .unsaved
            notice = .failure(report)
            return []
        case .discarded where isStopping:
            beforeEnding = nil
            draft.step = .stopped
            activity = .idle
            return []
        case .notDiscarded(let report) where isStopping: return goBack(because: report)
        default: return event.isOutcome ? [] : refuse(.savingRuns)
        }
    }

    /// Whether the draft is being destroyed, rather than written.
    private var isStopping: Bool { record.stopped != nil && beforeEnding != nil }

    private mutating func saved() {
        draft.awaitsReview = afterSaving.next == .review
        activity = draft.awaitsReview ? .reviewing : .idle
        notice = afterSaving.notice
        if case .advance(let step) = afterSaving.next { draft.step = step }
    }

    /// What was done could not be written and is only in memory.
    mutating func whileUnsaved(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .begin: return save(afterSaving)
        case .stop(let reason): return stop(reason)
        default: return event.isOutcome ? [] : refuse(.unsavedSample)
        }
    }

    /// The signature for receipt is shown.
    mutating func whileReviewing(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .stop(let reason): return stop(reason)
        case .keep: return keepReceipt()
        case .retake: return start(.takeSignature)
        case .exemptSignature(let reason): return exempt(reason)
        default: return event.isOutcome ? [] : refuse(.notNow)
        }
    }
}
