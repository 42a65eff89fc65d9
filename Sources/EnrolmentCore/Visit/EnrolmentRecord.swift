/// Everything one enrolment has gathered so far; complete, it becomes a packet.
///
/// It holds personal data throughout: it is only ever written encrypted, and its `description`
/// names no one.
package struct EnrolmentRecord: Hashable, Sendable, Codable, CustomStringConvertible {
    package let visitID: VisitID
    package let planned: PlannedCase
    package let place: VisitPlace
    package let eligibility: Eligibility
    package let officer: Officer
    package let kit: Kit
    package let startedAt: Timestamp

    package var card: CardReading?
    /// What the card's content was worth when it was read.
    package var cardProof: CardProof?
    /// Why there is no card to read, when there is none.
    package var cardAbsence: CardAbsence?
    package var portrait: PortraitSample?
    /// The prints that are kept, at most one for each finger position, in the order in which they were
    /// settled.
    package var fingers: [FingerSample]
    package var fingerExceptions: [FingerPosition: FingerException]
    /// Every finger that was tried, in the order in which they were settled, without pictures. A finger
    /// that was asked for anew has one entry for each time.
    package var fingerLog: [FingerTrial]
    package var fingerOutcome: FingerOutcome?
    package var signature: SignatureOutcome?
    package var choices: EnrolmentChoices?

    package init(
        visit: Visit, planned: PlannedCase, officer: Officer, kit: Kit, startedAt: Timestamp
    ) {
        visitID = visit.id
        self.planned = planned
        place = visit.place
        eligibility = visit.eligibility
        self.officer = officer
        self.kit = kit
        self.startedAt = startedAt
        fingers = []
        fingerExceptions = [:]
        fingerLog = []
    }

    package var description: String {
        "EnrolmentRecord(\(visitID)/\(planned.id), fingers: \(fingers.count))"
    }

    /// What is still to be gathered before it can be sealed.
    package var missing: [EnrolmentPart] {
        var parts: [EnrolmentPart] = []
        if card == nil && cardAbsence == nil { parts.append(.card) }
        if portrait == nil { parts.append(.photo) }
        if fingerOutcome == nil { parts.append(.fingers) }
        if signature == nil { parts.append(.signature) }
        if choices == nil { parts.append(.choices) }
        return parts
    }
}

/// Why the applicant has no card to show.
package enum CardAbsence: Hashable, Sendable, Codable {
    /// There never was one, as with most children.
    case firstCard
    /// Lost, stolen or destroyed: the number of the attest that stands in for it (bijlage 12).
    case reportedMissing(annex12: String)
}

package enum EnrolmentPart: String, CaseIterable, Sendable, Codable {
    case card, photo, fingers, signature, choices
}
