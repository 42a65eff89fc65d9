import EnrolmentCore

extension DeliveryMachine {
    /// It is the officer's turn.
    mutating func whileIdle(_ event: DeliveryEvent) -> [DeliveryEffect] {
        if event.isOutcome { return [] }
        if step.isFinal { return refuse(.deliveryEnded) }
        if case .stop(let reason) = event { return stop(reason) }
        switch step {
        case .card:
            guard event == .begin else { return refuse(.notNow) }
            return start(.readCard)
        case .person: return atPerson(event)
        case .pin: return atPIN(event)
        case .certificates: return atCertificates(event)
        case .replaced: return atReplaced(event)
        case .receipt: return atReceipt(event)
        case .review: return atReview(event)
        case .sealing, .stored, .stopped: return []
        }
    }

    private mutating func atPerson(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .takePortrait: return start(.takePortrait)
        case .confirmPerson(let basis, let seen): return confirm(basis, seen)
        case .refuseCard(let faceDiffers): return refuseCard(faceDiffers: faceDiffers)
        default: return refuse(.notNow)
        }
    }

    private mutating func confirm(_ basis: IdentityBasis, _ seen: Set<DeliveryFinding>) -> [DeliveryEffect] {
        if findings.contains(where: { $0.weight == .stops }) { return refuse(.cardNotExpected) }
        guard basis == .face || record.isForChild else { return refuse(.citizenMustBePresent) }
        guard findingsToSee.isSubset(of: seen) else { return refuse(.findingsNotSeen) }
        draft.record.identity = IdentityCheck(basis: basis, findings: findings, at: now)
        log(.personConfirmed(basis, despite: findings.filter { $0.weight == .needsConsent }))
        return saveAndAdvance()
    }

    private mutating func refuseCard(faceDiffers: Bool) -> [DeliveryEffect] {
        let reasons = findings + (faceDiffers ? [.otherFace] : [])
        guard !reasons.isEmpty else { return refuse(.reasonDoesNotFit) }
        noteRefusal(reasons)
        draft.record.newCard = nil
        draft.record.newCardProof = nil
        draft.record.activation = nil
        draft.record.identity = nil
        draft.record.pin = nil
        draft.record.certificates = [:]
        draft.record.receipt = nil
        draft.isPINInDoubt = false
        pinState = nil
        return save(AfterSaving(.advance(to: .card)))
    }

    private mutating func noteRefusal(_ findings: [DeliveryFinding]) {
        guard let card = record.newCard else { return }
        draft.record.refusedCards.append(RefusedCard(card, findings: findings, at: now))
        log(.cardRefused(findings))
    }

    private mutating func atReplaced(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .takeIn(let document, let deviation): return takeIn(document, deviation)
        case .nothingToTakeIn(let absence): return settleReplaced(.missing(absence))
        default: return refuse(.notNow)
        }
    }

    private mutating func takeIn(_ document: ReplacedDocument, _ deviation: NumberDeviation?) -> [DeliveryEffect] {
        guard let number = document.number else { return refuse(.notNow) }
        if DeliveryCheck.bare(number).isEmpty { return refuse(.numberMissing) }
        if case (.annex12, .card) = (record.expected.replaces, document) {
            log(.foundCardRefused)
            return save(AfterSaving(.stay, saying: .refused(.foundCard)))
        }
        let isExpected = document.isSame(as: record.expected.replaces)
        guard isExpected || deviation != nil else { return refuse(.numberDiffers) }
        return settleReplaced(.takenIn(document, isExpected ? nil : deviation))
    }

    private mutating func settleReplaced(_ outcome: ReplacedOutcome) -> [DeliveryEffect] {
        draft.record.replaced = outcome
        log(.replacedSettled(outcome))
        return saveAndAdvance()
    }

    private mutating func atReceipt(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .begin: return start(.takeSignature)
        case .signBy(let signer):
            if signer == .citizen, record.isForChild { return refuse(.childCannotSign) }
            draft.signer = signer
            return save(AfterSaving(.stay))
        case .keep where record.receipt != nil: return keepReceipt()
        case .exemptSignature(let reason): return exempt(reason)
        default: return refuse(.notNow)
        }
    }

    mutating func keepReceipt() -> [DeliveryEffect] {
        log(.receiptGiven(draft.signer, isExempt: false))
        return saveAndAdvance()
    }

    mutating func exempt(_ reason: SignatureExemption) -> [DeliveryEffect] {
        draft.record.receipt = DeliveryReceipt(signer: draft.signer, signature: .exempt(reason))
        log(.receiptGiven(draft.signer, isExempt: true))
        return saveAndAdvance()
    }

    private mutating func atReview(_ event: DeliveryEvent) -> [DeliveryEffect] {
        switch event {
        case .begin:
            guard record.missing.isEmpty else { return refuse(.partsMissing) }
            return seal(after: BeforeEnding(draft: draft, activity: .idle))
        case .revisit(let part): return revisit(part)
        default: return refuse(.notNow)
        }
    }

    private mutating func seal(after before: BeforeEnding) -> [DeliveryEffect] {
        beforeEnding = before
        draft.step = .sealing
        return start(.seal(draft))
    }

    /// Goes back to do one part anew; what was done before stays in the log.
    mutating func revisit(_ part: DeliveryPart) -> [DeliveryEffect] {
        let step: DeliveryStep
        switch part {
        case .card: return refuse(.notNow)
        case .person: step = .person
        case .pin:
            if holdsNoPIN { return refuse(.notNow) }
            step = .pin
            draft.record.certificates = record.certificates.filter { $0.value != .notTried(.pinNotKnown) }
            draft.record.pin = nil
        case .certificates:
            if record.pin?.isUsable != true { return refuse(.notNow) }
            step = .certificates
            draft.record.certificates = [:]
        case .replaced:
            if record.expected.replaces == .nothing { return refuse(.notNow) }
            step = .replaced
        case .receipt: step = .receipt
        }
        log(.revisited(part))
        return save(AfterSaving(.advance(to: step)))
    }

    /// Ends the delivery: told to central when there is something to tell, and gone else.
    mutating func stop(_ reason: DeliveryStopReason) -> [DeliveryEffect] {
        let before = BeforeEnding(draft: draft, activity: activity)
        let stopping = findings.filter { $0.weight == .stops }
        if step == .person, !stopping.isEmpty { noteRefusal(stopping) }
        log(.stopped(reason))
        draft.record.stopped = reason
        if record.hasConsequences, draft.revision > 0 { return seal(after: before) }
        beforeEnding = before
        activity = .saving
        notice = nil
        return [.discardDraft(record.planned.id, reason)]
    }
}

extension ReplacedDocument {
    /// The number on it; nil when there is nothing.
    package var number: String? {
        switch self {
        case .nothing: nil
        case .card(let number): number.text
        case .annex12(let number): number
        }
    }

    func isSame(as other: ReplacedDocument) -> Bool {
        switch (self, other) {
        case (.card(let left), .card(let right)): DeliveryCheck.isSameNumber(left.text, right.text)
        case (.annex12(let left), .annex12(let right)): DeliveryCheck.isSameNumber(left, right)
        default: self == other
        }
    }
}

extension DeliveryEvent {
    /// Whether it reports on an effect, rather than being an officer's request.
    var isOutcome: Bool {
        switch self {
        case .cardRead, .portraitTaken, .signatureTaken, .personMustRetry, .failed, .pinStateKnown, .pinChanged,
            .certificateTried, .draftSaved, .draftNotSaved, .sealed, .notSealed, .discarded, .notDiscarded:
            true
        default: false
        }
    }
}
