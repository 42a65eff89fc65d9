/// What the root that a card carries is, beside the list.
///
/// It is never trusted for being there: it counts when its fingerprint is on the list, or when it is a root
/// of the list that was issued anew: same name, same key, signed with that key.
enum CardRootStanding: Sendable {
    /// No file, or zero bytes.
    case absent
    case unreadable
    case known(TrustAnchor)
    /// It bears the name of a known root, and is not that root.
    case impostor(name: String)
    case unknown(ChainCertificate)

    init(file: [UInt8]?, trust: CardTrust) {
        guard let file, file.contains(where: { $0 != 0 }) else {
            self = .absent
            return
        }
        guard let certificate = ChainCertificate(file: file) else {
            self = .unreadable
            return
        }
        self = Self.standing(of: certificate, in: trust)
    }

    private static func standing(of certificate: ChainCertificate, in trust: CardTrust) -> CardRootStanding {
        let fingerprint = DigestAlgorithm.sha256.digest(certificate.der)
        if let anchor = trust.anchors.first(where: { $0.root.sha256 == fingerprint }) {
            return .known(TrustAnchor(anchor.root, certificate: certificate))
        }
        let namesakes = trust.namesakes(of: certificate.subject)
        guard let namesake = namesakes.first else { return .unknown(certificate) }
        guard let same = namesakes.first(where: { $0.certificate?.publicKeyInfo == certificate.publicKeyInfo }),
            same.certificate?.subject == certificate.subject, certificate.isRoot, let key = same.key,
            certificate.signed.isSigned(by: key) == true
        else { return .impostor(name: namesake.root.name) }
        return .known(TrustAnchor(same.root, certificate: certificate))
    }
}
