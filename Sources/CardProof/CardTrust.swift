import EnrolmentCore

/// What a kit takes for a root: the list in use, and whether cards of tests are let in.
///
/// Roots are parsed once, here; a prover holds one of these.
package struct CardTrust: Sendable {
    package let list: TrustList
    /// False on a kit that serves people: a test card is then nothing that can be checked.
    package let acceptsTestRoots: Bool
    let anchors: [TrustAnchor]

    /// - Parameter extraTestRoots: as of `--trust-anchor`, or of the emulated cards in training; whatever
    ///   they call themselves, they are roots of tests.
    package init(_ list: TrustList, acceptsTestRoots: Bool = false, extraTestRoots: [TrustRoot] = []) {
        self.list = list
        self.acceptsTestRoots = acceptsTestRoots
        let extra = extraTestRoots.map { root in
            TrustRoot(
                name: root.name, kind: .test, sha256: root.sha256, validFrom: root.validFrom,
                validUntil: root.validUntil, certificate: root.certificate)
        }
        // A root of the list stays what the list says, whoever hands it in again.
        let known = Set(list.roots.map(\.sha256))
        anchors = (list.roots + extra.filter { !known.contains($0.sha256) }).map(TrustAnchor.init)
    }

    /// The roots that this certificate claims for its issuer, and whose key is known.
    ///
    /// By the common name alone, which is what a forger would copy: who really signed is told by the key.
    func anchors(issuing certificate: ChainCertificate) -> [TrustAnchor] {
        namesakes(of: certificate.issuer).filter { $0.key != nil }
    }

    /// The roots with this common name whose certificate is known.
    func namesakes(of name: DistinguishedNameBytes) -> [TrustAnchor] {
        guard let commonName = name.commonName else { return [] }
        return anchors.filter { $0.certificate?.subject.commonName == commonName }
    }
}
