import SwiftASN1

/// How a certificate, an OCSP answer or a CRL is signed: PKCS#1 v1.5 or ECDSA, with a hash.
struct SignatureAlgorithm: Hashable, Sendable {
    let isRSA: Bool
    let digest: DigestAlgorithm

    /// Nil for one that this program does not know, RSASSA-PSS among them: nothing of a card is signed so.
    init?(_ identifier: ASN1ObjectIdentifier) {
        switch identifier {
        case [1, 2, 840, 113_549, 1, 1, 5]: self.init(isRSA: true, digest: .sha1)
        case [1, 2, 840, 113_549, 1, 1, 11]: self.init(isRSA: true, digest: .sha256)
        case [1, 2, 840, 113_549, 1, 1, 12]: self.init(isRSA: true, digest: .sha384)
        case [1, 2, 840, 113_549, 1, 1, 13]: self.init(isRSA: true, digest: .sha512)
        case [1, 2, 840, 10_045, 4, 3, 2]: self.init(isRSA: false, digest: .sha256)
        case [1, 2, 840, 10_045, 4, 3, 3]: self.init(isRSA: false, digest: .sha384)
        case [1, 2, 840, 10_045, 4, 3, 4]: self.init(isRSA: false, digest: .sha512)
        default: return nil
        }
    }

    private init(isRSA: Bool, digest: DigestAlgorithm) {
        self.isRSA = isRSA
        self.digest = digest
    }

    /// For example `SHA-384 with ECDSA`.
    var name: String { "\(digest.name) with \(isRSA ? "RSA" : "ECDSA")" }
}
