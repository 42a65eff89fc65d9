package import EnrolmentCore

/// What came of one part of the proof of a holder's certificate.
package struct HolderFinding: Hashable, Sendable, Codable {
    package enum Part: String, CaseIterable, Sendable, Codable {
        /// The certificate: signed by the authority, for this use, valid now.
        case certificate
        /// The authority for citizens or foreigners: signed by the root, allowed to sign, valid now.
        case authority
        /// The root, on the list.
        case root
        /// Whether the certificate was revoked.
        case revocation
    }

    package typealias Outcome = CardFinding.Outcome

    package let part: Part
    package let outcome: Outcome
    /// For a technician; never a person's datum.
    package let detail: String

    package init(_ part: Part, _ outcome: Outcome, _ detail: String = "") {
        self.part = part
        self.outcome = outcome
        self.detail = detail
    }
}
