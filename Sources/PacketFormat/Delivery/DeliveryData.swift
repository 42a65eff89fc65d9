package import EnrolmentCore

/// What was done to hand over a card, part by part. Bytes are lower-case hex where they are short and
/// base64 where they are long.
package struct DeliveryData: Hashable, Sendable, Codable {
    package enum Outcome: String, CaseIterable, Sendable, Codable {
        case delivered
        /// The card was not handed over, and something was done that cannot be undone.
        case stopped
    }

    package var outcome: Outcome
    package var stopReason: DeliveryStopReason?
    package var cardKind: CardKind
    package var expectedCardNumber: String
    package var readySince: String?
    /// Absent when the delivery was stopped without a card.
    package var card: Card?
    package var refusedCards: [Refused]
    package var identity: Identity?
    package var pin: PIN?
    package var certificates: [Certificate]
    package var replaced: Replaced?
    package var receipt: Receipt?
    /// What was done and decided, in order.
    package var log: [LogLine]

    /// The chip that was read; its files are the first of `documentData`.
    package struct Card: Hashable, Sendable, Codable {
        package var cardNumber: String
        package var chipNumber: String
        package var appletVersion: Int
        package var readAt: String
        package var proof: CardProofData?
        /// What only this chip could answer; from applet 1.8.
        package var challenge: String?
        package var response: String?
        package var activation: CardActivation?
    }

    package struct Refused: Hashable, Sendable, Codable {
        package var cardNumber: String
        package var chipNumber: String
        package var findings: [DeliveryFinding]
        package var refusedAt: String
        /// Which of `documentData` holds its files, counted from 0; only of a forged card.
        package var document: Int?
    }

    package struct Identity: Hashable, Sendable, Codable {
        package var basis: IdentityBasis
        package var findings: [DeliveryFinding]
        package var fingerprints: FingerprintMatch
        package var checkedAt: String
    }

    package struct PIN: Hashable, Sendable, Codable {
        package enum Outcome: String, CaseIterable, Sendable, Codable {
            case changed, kept, notGiven, notApplicable
        }

        package var outcome: Outcome
        package var onPinpad: Bool?
        package var reason: PINAbsence?
    }

    package struct Certificate: Hashable, Sendable, Codable {
        package enum Outcome: String, CaseIterable, Sendable, Codable {
            case tried, notTried
        }

        package var key: CardHolderKey
        package var outcome: Outcome
        /// Why it was not tried, or `notWorking` when the card was handed over in spite of the trial.
        package var reason: CertificateAbsence?
        /// What was signed.
        package var statement: String?
        package var hash: CertificateTrial.Hash?
        package var signature: Base64Bytes?
        package var verdict: HolderVerdict?
        package var triedAt: String?
    }

    package struct Replaced: Hashable, Sendable, Codable {
        package enum Outcome: String, CaseIterable, Sendable, Codable {
            case nothingExpected, takenIn, missing
        }

        package enum Document: String, CaseIterable, Sendable, Codable {
            case card, annex12
        }

        package var outcome: Outcome
        package var document: Document?
        package var number: String?
        /// What the office expects.
        package var expectedDocument: Document?
        package var expectedNumber: String?
        package var deviation: NumberDeviation?
        package var reason: DocumentAbsence?
    }

    /// The signature itself is in `biometricData`.
    package struct Receipt: Hashable, Sendable, Codable {
        /// Absent when the citizen signs for themselves.
        package var representative: PresentPerson.Role?
        /// Absent when it was signed.
        package var exemption: SignatureExemption?
    }

    package struct LogLine: Hashable, Sendable, Codable {
        package var at: String
        package var act: String
        /// More about it, by names of this document.
        package var details: [String: String]?
    }
}
