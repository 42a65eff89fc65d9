import EnrolmentCore

/// The PIN and the certificates: what the officer can do, and what the card's answers mean.
extension DeliveryMachine {
    mutating func atPIN(_ event: DeliveryEvent) -> [DeliveryEffect] {
        guard let card = record.newCard else { return refuse(.notNow) }
        switch event {
        case .begin: return start(.askPINState(chip: card.chipNumber))
        case .changePIN(let old, let new):
            if let refusal = refusalToUsePIN { return refuse(refusal) }
            notice = nil
            activity = .working
            draft.pinChangeRuns = true
            changesOnPinpad = new == .pinpad
            return [.changePIN(chip: card.chipNumber, from: old, to: new, after: draftToSave(.stay))]
        case .keepPIN:
            if let refusal = refusalToUsePIN { return refuse(refusal) }
            settlePIN(.kept)
            return saveAndAdvance()
        case .leavePIN(let absence):
            if record.activation == .notActivated { return refuse(.cardNotActivated) }
            guard absence == .blocked || pinState?.isBlocked != true else { return refuse(.reasonDoesNotFit) }
            guard absence != .blocked || pinState?.isBlocked == true else { return refuse(.reasonDoesNotFit) }
            settlePIN(.notGiven(absence))
            return saveAndAdvance()
        default: return refuse(.notNow)
        }
    }

    mutating func atCertificates(_ event: DeliveryEvent) -> [DeliveryEffect] {
        guard let card = record.newCard else { return refuse(.notNow) }
        switch event {
        case .begin: return start(.askPINState(chip: card.chipNumber))
        case .tryCertificate(let key, let pin):
            guard card.hasCertificate(for: key) else { return refuse(.certificateNotOnCard) }
            if let refusal = refusalToUsePIN { return refuse(refusal) }
            return start(.tryCertificate(key, of: card, pin: pin))
        case .leaveCertificate(let key, let absence):
            let isOnCard = card.hasCertificate(for: key)
            switch absence {
            case .notOnCard, .waived: if isOnCard { return refuse(.certificateOnCard) }
            case .pinNotKnown, .citizenDeclines: if !isOnCard { return refuse(.certificateNotOnCard) }
            case .notWorking: guard wasTried(key) else { return refuse(.reasonDoesNotFit) }
            }
            if record.activation == .notActivated { return refuse(.cardNotActivated) }
            leave(key, absence)
            return saveAndAdvance()
        case .revisit(.pin): return revisit(.pin)
        default: return refuse(.notNow)
        }
    }

    /// Why the PIN may not be used now; nil when it may.
    private var refusalToUsePIN: DeliveryRefusal? {
        if record.activation == .notActivated { return .cardNotActivated }
        guard let pinState else { return .pinStateUnknown }
        return pinState.isBlocked ? .pinBlocked : nil
    }

    /// Whether the card did, or refused, to sign with this key.
    private func wasTried(_ key: CardHolderKey) -> Bool {
        if case .tried? = record.certificates[key] { return true }
        return notice == .pin(.noKey)
    }

    // MARK: - The card's answers

    mutating func pinStateKnown(_ outcome: CardPINOutcome<CardPINState>) -> [DeliveryEffect] {
        guard case .done(let state) = outcome else { return cardRefused(DeliveryPINTrouble(outcome)) }
        pinState = state
        // It was asked anew because it was not activated: what it says now counts.
        draft.record.activation = record.activation == .notActivated ? nil : record.activation
        if state.isBlocked { return cardRefused(.blocked(state.unblocking)) }
        return rest(with: draft.isPINInDoubt ? .pin(.changeUnknown) : nil)
    }

    mutating func pinChanged(_ outcome: CardPINOutcome<PINChanged>) -> [DeliveryEffect] {
        draft.pinChangeRuns = false
        switch outcome {
        case .done:
            draft.record.activation = .activated
            settlePIN(.changed(onPinpad: changesOnPinpad))
            return saveAndAdvance()
        case .removed, .interrupted:
            // It may have been done before the card left, or before the exchange broke.
            return doubtPIN(saying: nil)
        default: return cardRefused(DeliveryPINTrouble(outcome))
        }
    }

    /// Whether the PIN was changed is not known: the reader, the card or the program went away.
    mutating func doubtPIN(saying notice: DeliveryNotice?) -> [DeliveryEffect] {
        draft.pinChangeRuns = false
        draft.isPINInDoubt = true
        pinState = nil
        log(.pinChangeUnknown)
        return save(AfterSaving(.stay, saying: notice ?? .pin(.changeUnknown)))
    }

    mutating func certificateTried(
        _ key: CardHolderKey, _ outcome: CardPINOutcome<CertificateTrial>
    ) -> [DeliveryEffect] {
        guard case .done(let trial) = outcome else { return cardRefused(DeliveryPINTrouble(outcome)) }
        draft.record.activation = .activated
        draft.record.certificates[key] = .tried(trial)
        log(.certificateTried(key, trial.verdict))
        let isSettled = record.certificates[key]?.isSettled == true
        return saveAndAdvance(saying: isSettled ? nil : .certificate(key, trial.verdict))
    }

    /// The card did not do what was asked; what that says about it is kept.
    private mutating func cardRefused(_ trouble: DeliveryPINTrouble?) -> [DeliveryEffect] {
        guard let trouble else { return rest(with: nil) }
        switch trouble {
        case .wrong(let left):
            log(.pinWrong(triesLeft: left))
            pinState = pinState?.with(triesLeft: left)
        case .blocked(let unblocking):
            log(.pinBlocked(unblocking))
            pinState = pinState?.with(triesLeft: 0)
        case .notActivated:
            draft.record.activation = .notActivated
            log(.cardNotActivated)
        case .noCard, .removed, .otherCard:
            pinState = nil
            fallthrough
        default:
            // A draft that says that the PIN is being changed must not outlive the answer.
            guard draft.revision > 0, step == .pin else { return rest(with: .pin(trouble)) }
        }
        return save(AfterSaving(.stay, saying: .pin(trouble)))
    }
}

extension CardPINState {
    func with(triesLeft: Int?) -> CardPINState {
        CardPINState(triesLeft: triesLeft, appletVersion: appletVersion, hasPinpad: hasPinpad)
    }
}

extension DeliveryPINTrouble {
    /// Nil when there was none.
    init?(_ outcome: CardPINOutcome<some Sendable>) {
        switch outcome {
        case .done: return nil
        case .wrongPIN(let left): self = .wrong(triesLeft: left)
        case .blocked(let unblocking): self = .blocked(unblocking)
        case .badPIN: self = .badPIN
        case .newPINsDiffer: self = .newPINsDiffer
        case .cancelled: self = .cancelled
        case .timedOut: self = .timedOut
        case .notActivated: self = .notActivated
        case .noKey: self = .noKey
        case .noCard: self = .noCard
        // What is left to the person is the same: the card anew, and what it says of itself then.
        case .removed, .interrupted: self = .removed
        case .otherCard: self = .otherCard
        }
    }
}
