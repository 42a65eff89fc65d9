package import EnrolmentCore

/// A root that chains of cards may end in.
package struct TrustRoot: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// Of cards that people carry.
        case production
        /// Of specimens and emulated cards: whatever ends in it is nobody's.
        case test
    }

    /// For people, for example `Belgium Root CA4`; roots that were issued anew share it.
    package let name: String
    package let kind: Kind
    /// Of the certificate's DER, 32 bytes.
    package let sha256: [UInt8]
    /// The days, in UTC, on which the certificate's validity starts and ends.
    package let validFrom: CalendarDate
    package let validUntil: CalendarDate
    /// DER; nil where only the fingerprint is known, and the card has to bring the certificate.
    package let certificate: [UInt8]?

    package init(
        name: String, kind: Kind, sha256: [UInt8], validFrom: CalendarDate, validUntil: CalendarDate,
        certificate: [UInt8]?
    ) {
        self.name = name
        self.kind = kind
        self.sha256 = sha256
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.certificate = certificate
    }

    /// A root as its certificate tells it, as for `loket card verify --trust-anchor`.
    ///
    /// Who hands in a root of tests vouches for it: old ones do not say that they are authorities, or are
    /// signed with MD5.
    ///
    /// - Parameter file: DER, perhaps with zero bytes behind it, or PEM.
    package init(certificate file: [UInt8], kind: Kind) throws(TrustListError) {
        guard let root = ChainCertificate(file: PEM.derIfPEM(file)) else {
            throw .unusableCertificate(root: "")
        }
        let name = root.subject.commonName ?? "?"
        let isRoot = root.isRoot || kind == .test && root.issuer == root.subject
        // Its own signature proves nothing; it shows that the file is whole.
        guard isRoot, let key = root.key, root.signed.isSigned(by: key) ?? (kind == .test) else {
            throw .unusableCertificate(root: name)
        }
        self.init(
            name: name, kind: kind, sha256: DigestAlgorithm.sha256.digest(root.der),
            validFrom: root.notBefore.dayInUTC, validUntil: root.notAfter.dayInUTC, certificate: root.der)
    }
}
