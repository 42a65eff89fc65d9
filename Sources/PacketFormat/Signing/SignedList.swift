package import EnrolmentCore

/// Which of the lists that central signs and a kit keeps, replaced at sync.
package enum SignedListKind: String, CaseIterable, Sendable, Codable {
    /// Who may use the kit: an `OfficerRoster` as JSON, for this one kit only.
    case roster
    /// In which roots a card's certificates may end: a JSON object with a `version`, the same for all kits.
    case cardRoots = "card-roots"

    /// The `typ` of its JWS, so that no list passes for the other one or for a receipt.
    var type: String { "loket-\(rawValue)+jws" }
}

/// A list whose signature and content have been checked.
///
/// Only `ListSigner` and `ListVerifier` make one. A roster holds national numbers, so a list shows
/// nothing of its content when it is printed, and belongs in sealed storage only.
package struct SignedList: Hashable, Sendable {
    package let kind: SignedListKind
    /// From 1; a list never gives way to one of a lower version.
    package let version: Int
    /// The JSON as it was signed, byte for byte.
    package let payload: [UInt8]
    /// The JWS in compact form (RFC 7515, ES256): what to keep, and to verify again when it is read back.
    package let compact: String
    /// The content, when `kind` is `roster`; nil for the roots.
    package let roster: OfficerRoster?

    /// Characters of the compact form: a few thousand officers, or some two hundred certificates.
    package static let largestByteCount = 512 << 10

    /// Reads what was signed, or is about to be.
    init(kind: SignedListKind, payload: [UInt8], compact: String) throws(StatementError) {
        switch kind {
        case .roster:
            let roster = try CompactSignature.decode(OfficerRoster.self, payload)
            (self.roster, version) = (roster, roster.version)
        case .cardRoots:
            roster = nil
            version = try CompactSignature.decode(VersionedList.self, payload).version
        }
        guard version > 0 else { throw .unreadable }
        self.kind = kind
        self.payload = payload
        self.compact = compact
    }

    /// What every list has, whatever else it holds.
    private struct VersionedList: Decodable { let version: Int }
}

extension SignedList: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(kind.rawValue) \(version)" }
    package var debugDescription: String { description }
    /// Without children: a dump or a failed test must not print a national number.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
