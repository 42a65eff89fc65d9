import EnrolmentCore

/// A holder's certificate, the authority above it and the root above that.
struct HolderChain: Sendable {
    let certificate: ChainCertificate?
    let authority: ChainCertificate?
    /// The known root that signed the authority.
    let anchor: TrustAnchor?
    private let isRootForeign: Bool
    /// Whether a root bears the name that the authority gives for its issuer, and did not sign it.
    private let isAuthorityFalse: Bool
    private let isHolderThere: Bool

    init(
        certificate file: [UInt8], authority authorityFile: [UInt8], root: [UInt8]?, trust: CardTrust,
        at time: Timestamp
    ) {
        isHolderThere = file.contains { $0 != 0 }
        certificate = ChainCertificate(file: file)
        let authority = ChainCertificate(file: authorityFile)
        self.authority = authority
        var issuers = authority.map { trust.anchors(issuing: $0) } ?? []
        let standing = CardRootStanding(file: root, trust: trust)
        if case .known(let own) = standing, own.certificate?.subject == authority?.issuer { issuers.append(own) }
        if case .impostor = standing { isRootForeign = true } else { isRootForeign = false }
        let signers = issuers.filter { issuer in
            issuer.key.flatMap { key in authority?.signed.isSigned(by: key) } == true
        }
        anchor = TrustAnchor.best(of: signers, at: time)
        isAuthorityFalse = signers.isEmpty && !issuers.isEmpty && authority?.signed.algorithm != nil
    }

    /// Who would know whether the holder's certificate was revoked.
    var subject: RevocationSubject? {
        guard let certificate, let authority, anchor != nil,
            authority.key.flatMap({ certificate.signed.isSigned(by: $0) }) == true
        else { return nil }
        return RevocationSubject(certificate, issuedBy: authority)
    }

    func findings(
        for key: CardHolderKey, acceptsTestRoots: Bool, at time: Timestamp
    ) -> [HolderFinding] {
        [
            holder(key, at: time), authority(at: time), root(acceptsTestRoots: acceptsTestRoots, at: time),
        ]
    }

    private func holder(_ key: CardHolderKey, at time: Timestamp) -> HolderFinding {
        guard let certificate else {
            return HolderFinding(.certificate, .notPossible, isHolderThere ? "cannot be read" : "not on the card")
        }
        guard let authority, let above = authority.key else {
            return HolderFinding(.certificate, .notPossible, "no authority to check it by")
        }
        guard let ownKey = certificate.key else {
            return HolderFinding(.certificate, .notPossible, "a key of an unknown kind")
        }
        guard certificate.issuer == authority.subject, let isSigned = certificate.signed.isSigned(by: above) else {
            return HolderFinding(.certificate, .notPossible, "issued by another authority than the card's")
        }
        guard isSigned else { return HolderFinding(.certificate, .wrong, "not signed by the card's authority") }
        let usage: CertificateExtensions.KeyUsage = key == .authentication ? .digitalSignature : .nonRepudiation
        let extensions = certificate.extensions
        guard !extensions.isAuthority, extensions.allows(usage), !extensions.hasUnknownCritical else {
            return HolderFinding(.certificate, .notPossible, "not made for this use")
        }
        return HolderFinding(.certificate, Self.validity(of: certificate, at: time), ownKey.name)
    }

    private func authority(at time: Timestamp) -> HolderFinding {
        guard let authority else { return HolderFinding(.authority, .notPossible, "not on the card") }
        // A forger could put a person's certificate there: only an authority's name is told.
        let name = authority.isAuthority ? authority.subject.commonName ?? "?" : "what is no authority"
        guard let anchor else {
            return isAuthorityFalse
                ? HolderFinding(.authority, .wrong, "not signed by the root that it names")
                : HolderFinding(.authority, .notPossible, "\(name), of an unknown root")
        }
        guard authority.isAuthority, !authority.extensions.hasUnknownCritical else {
            return HolderFinding(.authority, .wrong, "not an authority's certificate")
        }
        // Roots sign authorities for governments and servers too; those know no holders of cards.
        if anchor.root.kind == .production, name != "Citizen CA", name != "Foreigner CA" {
            return HolderFinding(.authority, .notPossible, "not an authority for holders of cards")
        }
        return HolderFinding(.authority, Self.validity(of: authority, at: time), name)
    }

    private func root(acceptsTestRoots: Bool, at time: Timestamp) -> HolderFinding {
        if isRootForeign { return HolderFinding(.root, .wrong, "bears the name of a known root, and is another") }
        guard let anchor, let certificate = anchor.certificate else {
            return HolderFinding(.root, .notPossible, "not on the list")
        }
        if anchor.root.kind == .test, !acceptsTestRoots {
            return HolderFinding(
                .root, .notPossible, "\(anchor.root.name) is a root of tests, which are not taken here")
        }
        return HolderFinding(.root, Self.validity(of: certificate, at: time), anchor.root.name)
    }

    /// Not begun is no verdict on the card: more likely the clock is wrong.
    private static func validity(of certificate: ChainCertificate, at time: Timestamp) -> HolderFinding.Outcome {
        if !certificate.hasBegun(at: time) { return .notPossible }
        return certificate.hasEnded(at: time) ? .expired : .right
    }
}
