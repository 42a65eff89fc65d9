/// What comparing a new card with its case found.
package enum DeliveryFinding: String, CaseIterable, Sendable, Codable {
    /// The national number is not the planned one.
    case otherPerson
    /// The number on the card is not the one that the office made ready.
    case otherCard
    /// Something on the card is wrong that no honest card shows.
    case forged
    /// A card that chains to a root for tests, in a kit that is not for training.
    case testCard
    case expired
    /// The officer does not see this person on the card's photo.
    case otherFace
    /// What the proof needs is not all there.
    case notProven
    /// Surname or given names are not the planned ones, compared by canonical form.
    case otherName
    /// The validity is not what the office expects.
    case otherDates
    /// The document is of another kind than the one that was applied for.
    case otherKind
    /// It lay ready for more than three months, after which the office may have had it cancelled.
    case waitedTooLong
    case notYetValid
    case noPhoto
    case nationalNumberDoubtful, cardNumberDoubtful

    package enum Weight: Sendable {
        /// The card must not be handed over.
        case stops
        /// The officer has to say that they have seen it.
        case needsConsent
        /// Worth to be shown.
        case shown
    }

    package var weight: Weight {
        switch self {
        case .otherPerson, .otherCard, .forged, .testCard, .expired, .otherFace: .stops
        case .notProven, .otherName, .otherDates, .otherKind, .waitedTooLong, .notYetValid, .noPhoto: .needsConsent
        case .nationalNumberDoubtful, .cardNumberDoubtful: .shown
        }
    }
}

/// A card that was read and not handed over.
package struct RefusedCard: Hashable, Sendable, Codable {
    package let findings: [DeliveryFinding]
    package let cardNumber: CardNumber
    package let chipNumber: [UInt8]
    /// Of a forged card, all that it gave; of another person's, nothing more than the numbers.
    package let reading: CardReading?
    package let refusedAt: Timestamp

    package init(_ card: CardReading, findings: [DeliveryFinding], at time: Timestamp) {
        self.findings = findings
        cardNumber = card.identity.cardNumber
        chipNumber = card.chipNumber
        reading = findings.contains(.forged) ? card : nil
        refusedAt = time
    }
}

/// Whether the keys of a card work.
package enum CardActivation: String, CaseIterable, Sendable, Codable {
    case notActivated
    /// A key did what it was asked for.
    case activated
}

/// How the officer has made sure who receives the card.
package struct IdentityCheck: Hashable, Sendable, Codable {
    package let basis: IdentityBasis
    /// All that the comparison found; those that need consent have it.
    package let findings: [DeliveryFinding]
    /// Whether prints were compared with the card's.
    package let fingerprints: FingerprintMatch
    package let checkedAt: Timestamp

    package init(basis: IdentityBasis, findings: [DeliveryFinding], at time: Timestamp) {
        self.basis = basis
        self.findings = findings
        fingerprints = .notPossible
        checkedAt = time
    }
}

package enum IdentityBasis: String, CaseIterable, Sendable, Codable {
    /// The photo of the card beside the living face.
    case face
    /// A child need not be there when its card is handed to a parent.
    case childNotPresent
}

/// Prints lie behind the card's contactless interface, for readers that the state has authorised; this
/// kit has none, so there is one answer only.
package enum FingerprintMatch: String, CaseIterable, Sendable, Codable {
    case notPossible
}

/// What became of the PIN.
package enum DeliveredPIN: Hashable, Sendable, Codable {
    /// The citizen has chosen their own.
    case changed(onPinpad: Bool)
    /// The citizen keeps that of their letter; the trial of a certificate shows whether they know it.
    case kept
    case notGiven(PINAbsence)
    /// A child under six has none.
    case notApplicable
}

/// Why a card is handed over without its holder knowing a PIN that works.
package enum PINAbsence: String, CaseIterable, Sendable, Codable {
    case blocked
    /// The letter with the codes never came.
    case codesNotReceived
    case citizenUnable, citizenDeclines
}

/// How the trial of one certificate ended.
package enum CertificateOutcome: Hashable, Sendable, Codable {
    case tried(CertificateTrial)
    case notTried(CertificateAbsence)

    /// Whether nothing more has to be decided about it.
    package var isSettled: Bool {
        switch self {
        case .tried(let trial): trial.verdict.isProven || trial.verdict == .cannotBeChecked
        case .notTried: true
        }
    }
}

package enum CertificateAbsence: String, CaseIterable, Sendable, Codable {
    /// A child's card has none, or only the one to log in with.
    case notOnCard
    /// The citizen did without when they applied.
    case waived
    case pinNotKnown
    /// It was tried and does not do, and the card is handed over all the same; the office has to see to it.
    case notWorking
    case citizenDeclines
}

/// A signature that a key of the new card made, to see that it can.
package struct CertificateTrial: Hashable, Sendable, Codable {
    package enum Hash: String, CaseIterable, Sendable, Codable {
        case sha256, sha384
    }

    package let key: CardHolderKey
    /// What was signed, in UTF-8: it says of itself that it is a trial.
    package let statement: String
    package let hash: Hash
    package let signature: CardSignature
    package let verdict: HolderVerdict
    package let triedAt: Timestamp

    package init(
        key: CardHolderKey, statement: String, hash: Hash, signature: CardSignature, verdict: HolderVerdict,
        triedAt: Timestamp
    ) {
        self.key = key
        self.statement = statement
        self.hash = hash
        self.signature = signature
        self.verdict = verdict
        self.triedAt = triedAt
    }
}

/// What became of the document that the new card replaces. An attest that has run out is taken in like any
/// other: it is withdrawn, not relied on.
package enum ReplacedOutcome: Hashable, Sendable, Codable {
    /// The first card.
    case nothingExpected
    /// Taken in; with the reason when it is not the one that the office expects.
    case takenIn(ReplacedDocument, NumberDeviation?)
    case missing(DocumentAbsence)
}

/// Why the number of what is taken in is not the expected one.
package enum NumberDeviation: String, CaseIterable, Sendable, Codable {
    /// The office wrote down another.
    case plannedInError
    /// The citizen has been given another since.
    case replacedSince
    /// It can be read in part only.
    case damaged
}

/// Why nothing can be taken in. What was lost or stolen has been reported to DOC STOP, so it is worth
/// nothing to anyone who finds it.
package enum DocumentAbsence: String, CaseIterable, Sendable, Codable {
    case lostAndReported, stolenAndReported, destroyed, withPolice
}

/// The signature for receipt, or why there is none.
package struct DeliveryReceipt: Hashable, Sendable, Codable {
    package let signer: DeliverySigner
    package let signature: SignatureOutcome

    package init(signer: DeliverySigner, signature: SignatureOutcome) {
        self.signer = signer
        self.signature = signature
    }
}

/// Who signs for receipt.
package enum DeliverySigner: Hashable, Sendable, Codable {
    case citizen
    /// For a child, or someone who is represented by law.
    case representative(PresentPerson.Role)
}

/// Why a card is not handed over.
package enum DeliveryStopReason: String, CaseIterable, Sendable, Codable {
    case citizenRefuses, citizenUnwell
    /// The person at the address is not the one of the case, or the card is another's.
    case otherPerson
    case otherCard, cardForged, cardNotActivated, cardDefective, waitedTooLong
    /// The old card, or the attest, is not given up.
    case documentWithheld
    case plannedInError
}
