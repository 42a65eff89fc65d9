package import EnrolmentCore

/// What verified evidence says of one certificate.
package struct RevocationAnswer: Hashable, Sendable, Codable {
    package enum Status: String, CaseIterable, Sendable, Codable {
        case good
        case revoked
        /// The responder does not know the certificate.
        case unknown
    }

    package let status: Status
    /// When it was revoked; nil when it was not.
    package let revokedAt: Timestamp?
    package let thisUpdate: Timestamp
    /// Nil when the answer names no time until which it counts.
    package let nextUpdate: Timestamp?
    package let source: RevocationEvidence.Kind

    /// How long an answer counts at least. Responders of Belgium's cards promise newer news within a minute,
    /// which no answer would outlive that is asked through central by a kit with a clock of its own.
    private static let leastAge = Duration.seconds(24 * 3600)

    /// Whether the answer still counts: an old one says nothing about what happened since.
    package func isFresh(at time: Timestamp) -> Bool {
        let least = thisUpdate.advanced(by: Self.leastAge)
        return time <= max(nextUpdate ?? least, least)
    }
}

/// Why evidence was not taken.
package enum RevocationError: Error, Hashable, Sendable {
    /// No OCSPResponse or CertificateList.
    case malformed
    /// The responder answered that it cannot: RFC 6960 4.2.1, `tryLater` among it.
    case refused(status: UInt8)
    /// Nothing in it is about the certificate, or another authority issued it.
    case otherCertificate
    /// Its signer is neither the issuer nor one that the issuer appointed.
    case unauthorisedSigner
    case wrongSignature
    /// It answers another request.
    case otherNonce
    case unknownAlgorithm
    /// It is from the future: one of the two clocks is wrong.
    case notYetValid
    /// An extension that must be understood and is not.
    case unknownExtension
}
