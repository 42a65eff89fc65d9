import EnrolmentCore

/// The National Register's certificate of one card and what it hangs on.
struct RegistryChain: Sendable {
    /// The certificate that signed identity and address, as far as it could be read.
    let certificate: ChainCertificate?
    let key: SigningKey?
    /// The known root that signed it.
    private(set) var anchor: TrustAnchor?
    private(set) var certificateFinding: CardFinding
    private(set) var rootFinding: CardFinding

    init(_ reading: CardReading, trust: CardTrust) {
        let file = reading.files[.registryCertificate] ?? []
        certificate = ChainCertificate(file: file)
        key = certificate?.key
        let standing = CardRootStanding(file: reading.files[.rootCertificate], trust: trust)
        certificateFinding = CardFinding(.registryCertificate, .notPossible, "not on the card")
        rootFinding = CardFinding(.root, .notPossible, "no chain to look at")
        if let certificate, let key {
            examine(certificate, key, standing, trust: trust, at: reading.readAt)
        } else if file.contains(where: { $0 != 0 }) {
            let why = certificate == nil ? "cannot be read" : "a key of an unknown kind"
            certificateFinding = CardFinding(.registryCertificate, .notPossible, why)
        }
        rootFinding = Self.rootFinding(standing, anchor: anchor, trust: trust, at: reading.readAt)
    }

    private mutating func examine(
        _ certificate: ChainCertificate, _ key: SigningKey, _ standing: CardRootStanding, trust: CardTrust,
        at time: Timestamp
    ) {
        var issuers = trust.anchors(issuing: certificate)
        if case .known(let own) = standing, own.certificate?.subject == certificate.issuer { issuers.append(own) }
        let answers = issuers.map { $0.key.flatMap { certificate.signed.isSigned(by: $0) } }
        let signers = zip(issuers, answers).filter { $0.1 == true }.map(\.0)
        anchor = TrustAnchor.best(of: signers, at: time)
        let by = "\(key.name), by \(certificate.issuer.commonName ?? "?")"
        if let anchor {
            certificateFinding = Self.finding(on: certificate, by: anchor, detail: by, at: time)
        } else if answers.contains(false) {
            certificateFinding = CardFinding(.registryCertificate, .wrong, "not signed by the root that it names")
        } else if !answers.isEmpty {
            certificateFinding = CardFinding(.registryCertificate, .notPossible, "signed by an unknown algorithm")
        } else {
            certificateFinding = Self.findingByUnknownRoot(certificate, standing, detail: by)
        }
    }

    /// The certificate is signed by a known root: is it one that may sign cards, and was it valid?
    private static func finding(
        on certificate: ChainCertificate, by anchor: TrustAnchor, detail: String, at time: Timestamp
    ) -> CardFinding {
        let extensions = certificate.extensions
        // Roots sign certificates for others than the National Register too: for authorities, responders and
        // time stamps. Their keys make no cards. The name is not asked: it is not known of every generation.
        if extensions.isAuthority || extensions.isForStatementsOnly
            || !(extensions.allows(.digitalSignature) || extensions.allows(.nonRepudiation))
        {
            return CardFinding(.registryCertificate, .wrong, "not a certificate that signs data")
        }
        if extensions.hasUnknownCritical {
            return CardFinding(.registryCertificate, .notPossible, "an extension of an unknown kind")
        }
        if !certificate.hasBegun(at: time) {
            return CardFinding(.registryCertificate, .notPossible, "not valid yet: the clock may be wrong")
        }
        return CardFinding(.registryCertificate, certificate.hasEnded(at: time) ? .expired : .right, detail)
    }

    /// No known root bears the issuer's name; the root on the card may still tell that something is wrong.
    private static func findingByUnknownRoot(
        _ certificate: ChainCertificate, _ standing: CardRootStanding, detail: String
    ) -> CardFinding {
        guard case .unknown(let root) = standing, root.subject == certificate.issuer, let key = root.key,
            let isSigned = certificate.signed.isSigned(by: key)
        else { return CardFinding(.registryCertificate, .notPossible, "\(detail), which is not on the list") }
        return isSigned
            ? CardFinding(.registryCertificate, .right, "\(detail), which is not on the list")
            : CardFinding(.registryCertificate, .wrong, "not signed by the root on the card")
    }

    private static func rootFinding(
        _ standing: CardRootStanding, anchor: TrustAnchor?, trust: CardTrust, at time: Timestamp
    ) -> CardFinding {
        switch standing {
        case .impostor(let name): return CardFinding(.root, .wrong, "bears the name of \(name), and is another")
        case .unreadable: return CardFinding(.root, .notPossible, "cannot be read")
        case .unknown(let root):
            // A forger could put a person's certificate there: only a root's name is told.
            let name = root.isRoot ? root.subject.commonName ?? "?" : "what is no root"
            return CardFinding(.root, .notPossible, "\(name) is not on the list")
        case .absent, .known: break
        }
        guard let anchor, let certificate = anchor.certificate else {
            return CardFinding(.root, .notPossible, "no known root signed the National Register's certificate")
        }
        if anchor.root.kind == .test, !trust.acceptsTestRoots {
            return CardFinding(.root, .notPossible, "\(anchor.root.name) is a root of tests, which are not taken here")
        }
        if !certificate.hasBegun(at: time) {
            return CardFinding(.root, .notPossible, "not valid yet: the clock may be wrong")
        }
        return CardFinding(.root, certificate.hasEnded(at: time) ? .expired : .right, anchor.root.name)
    }
}
