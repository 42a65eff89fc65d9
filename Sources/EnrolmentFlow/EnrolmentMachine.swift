package import EnrolmentCore

/// One person's enrolment as a state and what events do to it: no clock, no I/O, no `await`.
///
/// Whoever drives it performs the effects and feeds each outcome back as an event. Nothing that was
/// gathered is shown as kept before `draftSaved` has come for it.
package struct EnrolmentMachine: Hashable, Sendable {
    package internal(set) var draft: EnrolmentDraft
    package internal(set) var activity: EnrolmentActivity
    /// About the last thing that happened, nil when it simply went well.
    package internal(set) var notice: EnrolmentNotice?
    /// The packet that the enrolment became, once it is stored.
    package internal(set) var packet: PacketID?
    package internal(set) var stopReason: StopReason?
    /// Where to be again when the draft cannot be destroyed; nil when nobody asked for that.
    var beforeStopping: EnrolmentActivity?

    package let rules: FingerRules
    package let today: CalendarDate
    /// Whether the draft is older than its pictures may become: then nothing can be done but to discard it.
    package let isOverdue: Bool
    /// Where the enrolment goes when the save that runs is done.
    var afterSaving: AfterSaving = .stay

    /// Whether the last save was of a sample that a device had just given.
    package var lastSaveHeldSample: Bool { afterSaving == .review }

    enum AfterSaving: Hashable {
        case stay, review
        /// Back to a sample that waited while another finger was taken anew.
        case reviewAgain
        /// Take the finger again at once.
        case takeFinger
        case advance(to: EnrolmentStep)
    }

    /// A new enrolment.
    package init(record: EnrolmentRecord, rules: FingerRules, today: CalendarDate) {
        draft = EnrolmentDraft(record: record)
        activity = .idle
        self.rules = rules
        self.today = today
        isOverdue = false
    }

    /// Goes on where a saved draft was left.
    package init(resuming draft: EnrolmentDraft, rules: FingerRules, today: CalendarDate, isOverdue: Bool = false) {
        self.draft = draft
        // A crash while sealing leaves the draft: either the packet is there and the draft is not,
        // or sealing has to be asked for again.
        if draft.step == .sealing { self.draft.step = .review }
        activity = draft.awaitsReview ? .reviewing : .idle
        self.rules = rules
        self.today = today
        self.isOverdue = isOverdue
        if isOverdue { notice = .refused(.retentionOver) }
    }

    package var step: EnrolmentStep { draft.step }
    package var record: EnrolmentRecord { draft.record }

    package var personWarnings: [PersonWarning] {
        guard let card = record.card else { return [] }
        return PersonCheck.warnings(card: card, proof: record.cardProof, planned: record.planned, on: today)
    }

    /// Advances by one event.
    /// - Returns: what must be done now, in order; empty when the event changes nothing or is refused
    ///   (`notice` then says why).
    package mutating func handle(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        if isOverdue, activity != .saving, !step.isFinal, !event.isOutcome, !event.isStop {
            return refuse(.retentionOver)
        }
        return switch activity {
        case .idle: whileIdle(event)
        case .working: whileWorking(event)
        case .saving: whileSaving(event)
        case .unsaved: whileUnsaved(event)
        case .reviewing: whileReviewing(event)
        }
    }

    /// Where to go when the current part is complete: the first part that is still missing.
    var nextMissing: EnrolmentStep {
        for part in record.missing {
            switch part {
            case .card: continue
            case .photo: return .photo
            case .fingers: return .fingers
            case .signature: return .signature
            case .choices: return .choices
            }
        }
        return .review
    }

    mutating func refuse(_ refusal: Refusal) -> [EnrolmentEffect] {
        notice = .refused(refusal)
        return []
    }

    /// Writes what was just gathered, then goes on to `next`.
    mutating func save(then next: AfterSaving) -> [EnrolmentEffect] {
        notice = nil
        afterSaving = next
        activity = .saving
        return [.saveDraft(draftToSave(next))]
    }

    /// The draft as it must be found after a crash that follows this save.
    private mutating func draftToSave(_ next: AfterSaving) -> EnrolmentDraft {
        draft.revision += 1
        var saved = draft
        saved.awaitsReview = next == .review || next == .reviewAgain
        if case .advance(let step) = next { saved.step = step }
        return saved
    }
}
