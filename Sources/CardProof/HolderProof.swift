package import EnrolmentCore

/// What a holder's certificate is worth, and with it what the holder's key signs.
package struct HolderProof: Hashable, Sendable, Codable {
    /// In the words of a card's verdict; `chainExpired` means that the certificate or one above it has run
    /// out, which is nothing to log in with.
    package let verdict: CardVerdict
    package let findings: [HolderFinding]
    package let key: CardHolderKey
    /// DER, without what fills the file; empty when there is none.
    package let certificate: [UInt8]
    /// Out of the certificate's subject; nil when it is not eleven digits.
    package let nationalNumber: NationalNumber?
    package let validUntil: Timestamp?
    /// Whether the chain ends in a root that exists for tests only.
    package let isTest: Bool
    package let root: String?
    package let trustListVersion: Int
    package let provenAt: Timestamp

    /// Whether the holder's signature counts now: the chain is right and valid, and nothing says that the
    /// certificate was revoked.
    package var isUsable: Bool { verdict == .authentic || verdict == .revocationNotChecked }

    /// What the card is asked to sign in the place of `message`: SHA-384 for elliptic curves, as on applet
    /// 1.8, and SHA-256 for RSA.
    package func digest(of message: [UInt8]) -> CardDigest {
        signingKey?.isRSA == false
            ? .sha384(DigestAlgorithm.sha384.digest(message)) : .sha256(DigestAlgorithm.sha256.digest(message))
    }

    /// Whether the certificate's key signed `message`, by SHA-256 or SHA-384.
    ///
    /// It takes the message and no digest, so that nobody verifies what he did not hash himself. It says
    /// nothing about whose the key is: ask `isUsable` too.
    package func verifies(_ signature: CardSignature, of message: [UInt8]) -> Bool {
        guard let signingKey, signingKey.isRSA != signature.isEllipticCurve else { return false }
        return [DigestAlgorithm.sha384, .sha256].contains {
            signingKey.verifies(raw: signature.bytes, of: message, by: $0)
        }
    }

    /// What came of one part; nil when it was not looked at.
    package func outcome(of part: HolderFinding.Part) -> HolderFinding.Outcome? {
        findings.first { $0.part == part }?.outcome
    }

    private var signingKey: SigningKey? { ChainCertificate(file: certificate)?.key }
}
