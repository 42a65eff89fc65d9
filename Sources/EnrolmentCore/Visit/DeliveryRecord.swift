/// Everything that handing over one finished card has gathered so far. Complete, it becomes a packet; so
/// does one that was stopped after something that cannot be undone.
///
/// It holds personal data throughout: it is only ever written encrypted, and its `description` names no
/// one. No PIN is ever part of it.
package struct DeliveryRecord: Hashable, Sendable, Codable, CustomStringConvertible {
    package let visitID: VisitID
    package let planned: PlannedCase
    /// The card that the office made ready.
    package let expected: ExpectedCard
    package let place: VisitPlace
    package let eligibility: Eligibility
    package let officer: Officer
    package let kit: Kit
    package let startedAt: Timestamp

    /// The card that is handed over, as it was read; nil before that, and after one was refused.
    package var newCard: CardReading?
    package var newCardProof: CardProof?
    /// Cards that were read and are not the one to hand over, the oldest first.
    package var refusedCards: [RefusedCard]
    /// Nil until the card has said either.
    package var activation: CardActivation?
    package var identity: IdentityCheck?
    /// The live face, when a picture of it was taken.
    package var portrait: PortraitSample?
    package var pin: DeliveredPIN?
    package var certificates: [CardHolderKey: CertificateOutcome]
    /// The trials of certificates that were left as not working.
    package var failedTrials: [CertificateTrial]
    package var replaced: ReplacedOutcome?
    package var receipt: DeliveryReceipt?
    /// Why it was given up; nil for a card that was handed over.
    package var stopped: DeliveryStopReason?
    /// What was done and decided, in order.
    package var log: [DeliveryLogEntry]

    /// - Returns: nil when the case is no delivery.
    package init?(visit: Visit, planned: PlannedCase, officer: Officer, kit: Kit, startedAt: Timestamp) {
        guard let expected = planned.delivery else { return nil }
        visitID = visit.id
        self.planned = planned
        self.expected = expected
        place = visit.place
        eligibility = visit.eligibility
        self.officer = officer
        self.kit = kit
        self.startedAt = startedAt
        refusedCards = []
        certificates = [:]
        failedTrials = []
        log = []
    }

    package var description: String { "DeliveryRecord(\(visitID)/\(planned.id), \(log.count) entries)" }

    /// What is still to be done before the card is handed over, in the order in which it is done.
    package var missing: [DeliveryPart] {
        var parts: [DeliveryPart] = []
        if newCard == nil { parts.append(.card) }
        if identity == nil { parts.append(.person) }
        if pin == nil { parts.append(.pin) }
        if !unsettledKeys.isEmpty { parts.append(.certificates) }
        if replaced == nil { parts.append(.replaced) }
        if receipt == nil { parts.append(.receipt) }
        return parts
    }

    /// The keys whose certificate was neither tried with success nor given up.
    package var unsettledKeys: [CardHolderKey] {
        CardHolderKey.allCases.filter { certificates[$0]?.isSettled != true }
    }

    /// Whether something was done that stopping cannot undo, or seen that the office must know: then even
    /// a delivery that is stopped is told to central.
    package var hasConsequences: Bool {
        let acts = log.contains { entry in
            switch entry.act {
            case .pinSettled(.changed), .pinChangeUnknown, .replacedSettled(.takenIn): true
            default: false
            }
        }
        if acts { return true }
        return refusedCards.contains { $0.findings.contains(.forged) }
    }

    /// A person under 12 has a card of the child's kinds.
    package var isForChild: Bool { !planned.applyingFor.holdsFingerprints }
}

/// The parts of a delivery, in the order in which an officer meets them.
package enum DeliveryPart: String, CaseIterable, Sendable, Codable {
    case card, person, pin, certificates, replaced, receipt
}

/// One thing that was done or decided.
package struct DeliveryLogEntry: Hashable, Sendable, Codable {
    package let at: Timestamp
    package let act: DeliveryAct

    package init(at: Timestamp, act: DeliveryAct) {
        self.at = at
        self.act = act
    }
}

/// What can be done or decided on the way to a card that is handed over; names no person.
package enum DeliveryAct: Hashable, Sendable, Codable {
    case cardRead(CardVerdict)
    case cardRefused([DeliveryFinding])
    /// The card is finished, and its keys, or all of it, refuse to work.
    case cardNotActivated
    case portraitTaken
    case personConfirmed(IdentityBasis, despite: [DeliveryFinding])
    case pinWrong(triesLeft: Int?)
    case pinBlocked(CardUnblocking)
    case pinSettled(DeliveredPIN)
    /// The program, the reader or the card went away while the PIN was being changed.
    case pinChangeUnknown
    case certificateTried(CardHolderKey, HolderVerdict)
    case certificateLeft(CardHolderKey, CertificateAbsence)
    case replacedSettled(ReplacedOutcome)
    /// A card that had been reported missing was offered instead of its attest.
    case foundCardRefused
    case receiptGiven(DeliverySigner, isExempt: Bool)
    /// A part is done anew.
    case revisited(DeliveryPart)
    case stopped(DeliveryStopReason)
}
