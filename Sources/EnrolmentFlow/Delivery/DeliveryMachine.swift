package import EnrolmentCore

/// The delivery of one finished card as a state and what events do to it: no clock, no I/O, no `await`.
///
/// Whoever drives it performs the effects and feeds each outcome back as an event, with the instant at
/// which it happened. Nothing that was done is shown as kept before `draftSaved` has come for it. To put a
/// delivery off, whoever drives it just ends: the draft stays.
package struct DeliveryMachine: Hashable, Sendable {
    package internal(set) var draft: DeliveryDraft
    package internal(set) var activity: EnrolmentActivity
    /// About the last thing that happened, nil when it simply went well.
    package internal(set) var notice: DeliveryNotice?
    /// What the card said of its PIN; nil until it was asked, and after a card was changed.
    package internal(set) var pinState: CardPINState?
    /// The packet that the delivery became, once it is stored.
    package internal(set) var packet: PacketID?

    package let today: CalendarDate
    /// Where the delivery goes, and what is said, when the save that runs is done.
    var afterSaving = AfterSaving(.stay)
    /// What to go back to, should sealing fail, or the draft not be destroyed.
    var beforeEnding: BeforeEnding?
    /// Whether the PIN change that runs is typed on the reader's keys.
    var changesOnPinpad = false
    /// The instant of the event that is being handled.
    private(set) var now: Timestamp

    struct AfterSaving: Hashable {
        enum Next: Hashable {
            case stay, review
            case advance(to: DeliveryStep)
        }

        let next: Next
        let notice: DeliveryNotice?

        init(_ next: Next, saying notice: DeliveryNotice? = nil) {
            self.next = next
            self.notice = notice
        }
    }

    struct BeforeEnding: Hashable {
        let draft: DeliveryDraft
        let activity: EnrolmentActivity
    }

    /// A new delivery.
    package init(record: DeliveryRecord, today: CalendarDate) {
        draft = DeliveryDraft(record: record)
        activity = .idle
        self.today = today
        now = record.startedAt
    }

    /// Goes on where a saved draft was left.
    package init(resuming draft: DeliveryDraft, today: CalendarDate, at time: Timestamp) {
        self.draft = draft
        // A crash while sealing leaves the draft as it was saved before.
        if draft.step == .sealing { self.draft.step = .review }
        activity = draft.awaitsReview ? .reviewing : .idle
        self.today = today
        now = time
        if draft.pinChangeRuns {
            self.draft.pinChangeRuns = false
            self.draft.isPINInDoubt = true
            log(.pinChangeUnknown)
        }
        if self.draft.isPINInDoubt { notice = .pin(.changeUnknown) }
    }

    package var step: DeliveryStep { draft.step }
    package var record: DeliveryRecord { draft.record }
    package var stopReason: DeliveryStopReason? { step == .stopped ? record.stopped : nil }

    /// What comparing the card that was read with the case found, what stops it first.
    package var findings: [DeliveryFinding] {
        guard let card = record.newCard else { return [] }
        return DeliveryCheck.findings(card: card, proof: record.newCardProof, record: record, on: today)
    }

    /// What the officer has to say to have seen before the person can be confirmed.
    package var findingsToSee: Set<DeliveryFinding> { Set(findings.filter { $0.weight == .needsConsent }) }

    /// The certificate that comes next, and whether the card has one to try; nil when none is left.
    package var nextCertificate: (key: CardHolderKey, isOnCard: Bool)? {
        guard let card = record.newCard, let key = record.unsettledKeys.first else { return nil }
        return (key, card.hasCertificate(for: key))
    }

    /// Advances by one event.
    /// - Returns: what must be done now, in order; empty when the event changes nothing or is refused
    ///   (`notice` then says why).
    package mutating func handle(_ event: DeliveryEvent, at time: Timestamp) -> [DeliveryEffect] {
        now = time
        return switch activity {
        case .idle: whileIdle(event)
        case .working: whileWorking(event)
        case .saving: whileSaving(event)
        case .unsaved: whileUnsaved(event)
        case .reviewing: whileReviewing(event)
        }
    }

    mutating func log(_ act: DeliveryAct) {
        draft.record.log.append(DeliveryLogEntry(at: now, act: act))
    }

    mutating func refuse(_ refusal: DeliveryRefusal) -> [DeliveryEffect] {
        notice = .refused(refusal)
        return []
    }

    mutating func start(_ effect: DeliveryEffect) -> [DeliveryEffect] {
        notice = nil
        activity = .working
        return [effect]
    }

    /// Ends what ran, without anything to keep.
    mutating func rest(with notice: DeliveryNotice?) -> [DeliveryEffect] {
        // An earlier signature still waits when taking it again came to nothing.
        activity = draft.awaitsReview ? .reviewing : .idle
        self.notice = notice
        return []
    }

    /// Writes what was just done, then goes on.
    mutating func save(_ after: AfterSaving) -> [DeliveryEffect] {
        notice = after.notice
        afterSaving = after
        activity = .saving
        return [.saveDraft(draftToSave(after.next))]
    }

    /// Writes what was just done, then goes to the first part that is still missing.
    mutating func saveAndAdvance(saying notice: DeliveryNotice? = nil) -> [DeliveryEffect] {
        settleByRule()
        return save(AfterSaving(.advance(to: nextMissing), saying: notice))
    }

    /// The draft as it must be found after a crash that follows this save.
    mutating func draftToSave(_ next: AfterSaving.Next) -> DeliveryDraft {
        draft.revision += 1
        var saved = draft
        saved.awaitsReview = next == .review
        if case .advance(let step) = next { saved.step = step }
        return saved
    }
}

/// What the rules settle without anyone.
extension DeliveryMachine {
    /// A child under six has a card without a PIN.
    var holdsNoPIN: Bool {
        record.isForChild && record.planned.citizen.birthDate.leastAge(on: today) < 6
    }

    private var nextMissing: DeliveryStep {
        switch record.missing.first {
        case .card?: .card
        case .person?: .person
        case .pin?: .pin
        case .certificates?: .certificates
        case .replaced?: .replaced
        case .receipt?: .receipt
        case nil: .review
        }
    }

    /// Settles the parts that leave nobody a choice, once what comes before them is done.
    private mutating func settleByRule() {
        guard let card = record.newCard, record.identity != nil else { return }
        if record.pin == nil, holdsNoPIN { settlePIN(.notApplicable) }
        if let pin = record.pin {
            for key in record.unsettledKeys where record.certificates[key] == nil {
                if record.isForChild, !card.hasCertificate(for: key) {
                    leave(key, .notOnCard)
                } else if !pin.isUsable, card.hasCertificate(for: key) {
                    leave(key, .pinNotKnown)
                }
            }
        }
        if record.replaced == nil, record.expected.replaces == .nothing {
            draft.record.replaced = .nothingExpected
            log(.replacedSettled(.nothingExpected))
        }
    }

    mutating func settlePIN(_ pin: DeliveredPIN) {
        draft.record.pin = pin
        draft.isPINInDoubt = false
        log(.pinSettled(pin))
    }

    mutating func leave(_ key: CardHolderKey, _ absence: CertificateAbsence) {
        if absence == .notWorking, case .tried(let trial)? = record.certificates[key] {
            draft.record.failedTrials.append(trial)
        }
        draft.record.certificates[key] = .notTried(absence)
        log(.certificateLeft(key, absence))
    }
}

extension DeliveredPIN {
    /// Whether the holder says to know a PIN that works.
    var isUsable: Bool {
        switch self {
        case .changed, .kept: true
        case .notGiven, .notApplicable: false
        }
    }
}
