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
}
