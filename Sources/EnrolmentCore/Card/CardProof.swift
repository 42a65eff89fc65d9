/// What a card's content is worth as evidence, in one word for the officer.
package enum CardVerdict: String, CaseIterable, Sendable, Codable {
    /// Every signature is right, the chain ends in a known root and is valid, and the signer was not
    /// revoked as far as a fresh answer tells.
    case authentic
    /// As `authentic`, but a certificate of the chain had run out when the card was read, as with cards
    /// that are older than their signer; whether it was revoked cannot be asked any more.
    case chainExpired
    /// As `authentic`, but nobody could be asked whether the signer was revoked: offline.
    case revocationNotChecked
    /// Nothing is wrong and something that the proof needs is not there: a file, a known root, an answer.
    case cannotBeChecked
    /// Something is wrong that no honest card shows.
    case forged

    /// Whether the content may be used as the National Register's own words.
    package var isTrusted: Bool { self == .authentic || self == .chainExpired || self == .revocationNotChecked }
}

/// The proof of one card: the verdict, and what came of each part of it.
package struct CardProof: Hashable, Sendable, Codable {
    package let verdict: CardVerdict
    /// In the order in which they were looked at.
    package let findings: [CardFinding]
    /// Whether the chain ends in a root that exists for tests only; such a card is nobody's.
    package let isTest: Bool
    /// The name of the known root that the chain ends in.
    package let root: String?
    /// The version of the list of roots that was used.
    package let trustListVersion: Int
    package let provenAt: Timestamp

    package init(
        verdict: CardVerdict, findings: [CardFinding], isTest: Bool, root: String?, trustListVersion: Int,
        provenAt: Timestamp
    ) {
        self.verdict = verdict
        self.findings = findings
        self.isTest = isTest
        self.root = root
        self.trustListVersion = trustListVersion
        self.provenAt = provenAt
    }

    /// What came of one part; nil when it was not looked at.
    package func outcome(of part: CardFinding.Part) -> CardFinding.Outcome? {
        findings.first { $0.part == part }?.outcome
    }
}

/// What came of one part of a card's proof.
package struct CardFinding: Hashable, Sendable, Codable {
    package enum Part: String, CaseIterable, Sendable, Codable {
        /// The National Register's signature over the identity file.
        case identitySignature
        /// Its signature over the address and the identity's signature.
        case addressSignature
        /// Tag 11 of the identity file against the photo.
        case photoDigest
        /// The chip number in the identity file against the one that the chip gives.
        case chipNumber
        /// Tag 1A of the identity file against the basic public key; applet 1.8.
        case basicKeyDigest
        /// The chip's answer to a challenge, by the basic key: it is no copy; applet 1.8.
        case chipGenuineness
        /// The National Register's certificate by the root.
        case registryCertificate
        /// The root of the card against the list.
        case root
        /// Whether the National Register's certificate was revoked.
        case revocation
    }

    package enum Outcome: String, CaseIterable, Sendable, Codable {
        case right
        /// Right, by a certificate that is not valid any more.
        case expired
        /// Not there, or of a kind that this program does not know.
        case notPossible
        /// Not asked, or nobody answered.
        case notChecked
        /// Not part of cards of this generation.
        case notApplicable
        case wrong
    }

    package let part: Part
    package let outcome: Outcome
    /// For a technician: algorithms, names of certificates' issuers; never a person's datum.
    package let detail: String

    package init(_ part: Part, _ outcome: Outcome, _ detail: String = "") {
        self.part = part
        self.outcome = outcome
        self.detail = detail
    }
}

/// A question that only the chip itself can answer, and its answer: INTERNAL AUTHENTICATE of applet 1.8.
package struct CardChallenge: Hashable, Sendable, Codable {
    /// 48 random bytes; the card takes them as the digest itself.
    package let challenge: [UInt8]
    /// r and s, 48 bytes each; empty when the chip refused.
    package let response: [UInt8]

    package init(challenge: [UInt8], response: [UInt8]) {
        self.challenge = challenge
        self.response = response
    }
}
