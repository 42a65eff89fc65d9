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
