/// What somebody said about whether a certificate was revoked: the signed bytes, as they came.
///
/// Whoever carried them need not be believed; they are verified where they are used.
package struct RevocationEvidence: Hashable, Sendable, Codable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// An OCSPResponse, RFC 6960.
        case ocsp
        /// A CertificateList, RFC 5280.
        case crl
    }

    package let kind: Kind
    /// DER.
    package let bytes: [UInt8]

    package init(_ kind: Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Whether this is a list that names a certificate as revoked.
    ///
    /// The signature is not looked at: for a list that was verified before it was kept, and kept where nobody changes
    /// it unseen. What does not parse names nobody.
    ///
    /// - Parameter listedName: of `RevocationSubject`.
    package func revokes(_ listedName: [UInt8]) -> Bool {
        guard kind == .crl, let list = try? RevocationList(der: bytes) else { return false }
        return list.revokes(listedName)
    }
}
