package import EnrolmentCore

/// Where, when, by whom and in whose presence the enrolment was made. Times are RFC 3339 in UTC, days
/// are ISO 8601.
package struct OSIAContextualData: Hashable, Sendable, Codable {
    /// Of the members that OSIA leaves to us; 1.
    package var profileVersion = 1
    package var packetID: PacketID
    package var visitID: VisitID
    package var caseID: CaseID
    package var kitID: KitID
    package var officerID: OfficerID
    /// Made in training mode: no application.
    package var isTraining: Bool
    package var startedAt: String
    package var sealedAt: String
    package var timeConfidence: TimeConfidence
    package var place: VisitPlace
    package var eligibility: Reason
    package var present: [PresentPerson]
    package var fingers: Fingers
    package var signature: Signature
    /// Absent when there was none to read; `cardAbsence` then says why.
    package var currentCard: CurrentCard?
    package var cardAbsence: CardAbsence?

    /// Why the officer came to the person.
    package struct Reason: Hashable, Sendable, Codable {
        package var reason: Eligibility.Reason
        package var attestIssuedOn: String?
    }

    /// How the finger step ended.
    package struct Fingers: Hashable, Sendable, Codable {
        package enum Outcome: String, CaseIterable, Sendable, Codable {
            case taken, notRequired, temporarilyImpossible, permanentlyImpossible
        }

        package var outcome: Outcome
        package var attestIssuedOn: String?
        /// When prints are impossible for now; absent when the card is valid as usual.
        package var cardValidityInMonths: Int?
        /// What the scores of the trials measure; absent when there are none.
        package var qualityMeasure: String?
        /// What was tried to get prints, the oldest first.
        package var trials: [OSIAFingerTrial]?
    }

    /// How the signature step ended.
    package struct Signature: Hashable, Sendable, Codable {
        /// Absent when it was signed.
        package var exemption: SignatureExemption?
    }

    /// Why no card was read.
    package struct CardAbsence: Hashable, Sendable, Codable {
        package enum Reason: String, CaseIterable, Sendable, Codable {
            case firstCard, reportedMissing
        }

        package var reason: Reason
        /// The number of the attest of loss, theft or destruction (bijlage 12).
        package var annex12: String?
    }

    /// The chip that was read, beside its files in `documentData`.
    package struct CurrentCard: Hashable, Sendable, Codable {
        /// Lower-case hex.
        package var chipNumber: String
        package var appletVersion: Int
        package var readAt: String
    }
}
