import EnrolmentCore

/// A known root, parsed.
struct TrustAnchor: Sendable {
    let root: TrustRoot
    let certificate: ChainCertificate?
    let key: SigningKey?

    init(_ root: TrustRoot) { self.init(root, certificate: root.certificate.flatMap { ChainCertificate(file: $0) }) }

    /// A root whose certificate came with the card, after its fingerprint or key was found to be right.
    init(_ root: TrustRoot, certificate: ChainCertificate?) {
        self.root = root
        self.certificate = certificate
        key = certificate?.key
    }

    /// Of roots that were issued more than once with the same key, the one that is valid, or was longest;
    /// one of people's cards before one of tests.
    static func best(of signers: [TrustAnchor], at time: Timestamp) -> TrustAnchor? {
        let production = signers.filter { $0.root.kind == .production }
        let eligible = production.isEmpty ? signers : production
        return eligible.first { $0.certificate?.isValid(at: time) == true }
            ?? eligible.max { $0.end < $1.end }
    }

    private var end: Int64 { certificate?.notAfter.milliseconds ?? 0 }
}
