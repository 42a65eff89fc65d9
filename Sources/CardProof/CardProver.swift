package import EnrolmentCore

/// Proves what a card gave: the National Register's signatures, the chain above them, and the chip itself.
///
/// It decides from bytes alone, without I/O or a clock. No verdict that trusts the card comes out unless
/// the signatures over identity and address, the photo's digest, the chip and the chain are all right.
package struct CardProver: Sendable {
    package let trust: CardTrust

    package init(_ trust: CardTrust) { self.trust = trust }

    /// - Parameters:
    ///   - time: now. Certificates are judged by when the card was read, revocation by this time.
    ///   - revocation: what an OCSP responder or a list of revoked certificates said of the signer; nil when
    ///     nobody was asked.
    package func proof(
        of reading: CardReading, at time: Timestamp, revocation: RevocationEvidence? = nil
    ) -> CardProof {
        let chain = RegistryChain(reading, trust: trust)
        let tags = IdentityTags(reading.files[.identity] ?? [])
        var findings = SignatureFindings(reading, tags: tags, key: chain.key).all
        findings.append(Self.chipNumber(reading, tags))
        findings += ChipFindings(reading, tags: tags).all
        findings += [chain.certificateFinding, chain.rootFinding, revocationFinding(chain, revocation, at: time)]
        return CardProof(
            verdict: CardVerdict(findings.map { ($0.part == .revocation, $0.outcome) }), findings: findings,
            isTest: chain.anchor?.root.kind == .test,
            root: chain.anchor?.root.name, trustListVersion: trust.list.version, provenAt: time)
    }

    /// What to ask about the signer of this card, for `proof(of:at:revocation:)` later; nil when the chain
    /// does not end in a known root, so that there is nobody to believe.
    package func revocationSubject(of reading: CardReading) -> RevocationSubject? {
        Self.subject(RegistryChain(reading, trust: trust))
    }

    private static func subject(_ chain: RegistryChain) -> RevocationSubject? {
        guard let certificate = chain.certificate, let issuer = chain.anchor?.certificate else { return nil }
        return RevocationSubject(certificate, issuedBy: issuer)
    }

    private func revocationFinding(
        _ chain: RegistryChain, _ evidence: RevocationEvidence?, at time: Timestamp
    ) -> CardFinding {
        guard let evidence else { return CardFinding(.revocation, .notChecked, "not asked") }
        guard let subject = Self.subject(chain) else {
            return CardFinding(.revocation, .notPossible, "no chain to ask about")
        }
        let (outcome, detail) = subject.outcome(of: evidence, at: time)
        return CardFinding(.revocation, outcome, detail)
    }

    private static func chipNumber(_ reading: CardReading, _ tags: IdentityTags) -> CardFinding {
        guard let signed = tags.chipNumber, !signed.isEmpty, !reading.chipNumber.isEmpty else {
            return CardFinding(.chipNumber, .notPossible, "not given")
        }
        return CardFinding(.chipNumber, signed == reading.chipNumber ? .right : .wrong)
    }
}
