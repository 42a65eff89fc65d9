package import EnrolmentCore

/// Proves certificates of a card's holder: for an officer who logs in, and at delivery.
///
/// Like `CardProver` it decides from bytes alone.
package struct HolderProver: Sendable {
    package let trust: CardTrust

    package init(_ trust: CardTrust) { self.trust = trust }

    /// The proof of one of the two certificates on a card.
    ///
    /// - Parameter time: now; a certificate that ran out yesterday signs nothing today.
    package func proof(
        of key: CardHolderKey, on reading: CardReading, at time: Timestamp, revocation: RevocationEvidence? = nil
    ) -> HolderProof {
        proof(
            of: key, certificate: reading.files[Self.file(of: key)] ?? [],
            authority: reading.files[.caCertificate] ?? [], root: reading.files[.rootCertificate], at: time,
            revocation: revocation)
    }

    /// - Parameters:
    ///   - certificate: DER, perhaps with zero bytes behind it; zero bytes alone stand for none, as on cards
    ///     of small children.
    ///   - authority: the certificate of the card's Citizen CA or Foreigner CA.
    ///   - root: the root that the card carries; needed only where the list knows no more than its
    ///     fingerprint.
    package func proof(
        of key: CardHolderKey, certificate: [UInt8], authority: [UInt8], root: [UInt8]? = nil, at time: Timestamp,
        revocation: RevocationEvidence? = nil
    ) -> HolderProof {
        let chain = HolderChain(certificate: certificate, authority: authority, root: root, trust: trust, at: time)
        var findings = chain.findings(for: key, acceptsTestRoots: trust.acceptsTestRoots, at: time)
        findings.append(Self.revocation(chain.subject, revocation, at: time))
        return HolderProof(
            verdict: CardVerdict(findings.map { ($0.part == .revocation, $0.outcome) }), findings: findings, key: key,
            certificate: chain.certificate?.der ?? [],
            nationalNumber: chain.certificate?.subject.serialNumber.flatMap(Self.nationalNumber),
            validUntil: chain.certificate?.notAfter, isTest: chain.anchor?.root.kind == .test,
            root: chain.anchor?.root.name, trustListVersion: trust.list.version, provenAt: time)
    }

    /// When the newest certificate of the card's holder was issued; nil without one that is proven.
    ///
    /// It cannot be earlier now, whatever a clock says, so the chain is judged as it was then: each certificate must
    /// be signed by the one above, up to a known root, and valid at that moment. Where roots of tests do not count,
    /// a card of theirs tells nothing. A card's own first day is not used: it may be one that is still to come.
    package func issued(on reading: CardReading) -> Timestamp? {
        CardHolderKey.allCases.compactMap { issued($0, on: reading) }.max()
    }

    private func issued(_ key: CardHolderKey, on reading: CardReading) -> Timestamp? {
        let file = reading.files[Self.file(of: key)] ?? []
        guard let issued = ChainCertificate(file: file)?.notBefore else { return nil }
        let chain = HolderChain(
            certificate: file, authority: reading.files[.caCertificate] ?? [], root: reading.files[.rootCertificate],
            trust: trust, at: issued)
        let findings = chain.findings(for: key, acceptsTestRoots: trust.acceptsTestRoots, at: issued)
        return findings.allSatisfy { $0.outcome == .right } ? issued : nil
    }

    /// What to ask about this certificate; nil when nobody known stands above it.
    package func revocationSubject(of key: CardHolderKey, on reading: CardReading) -> RevocationSubject? {
        HolderChain(
            certificate: reading.files[Self.file(of: key)] ?? [], authority: reading.files[.caCertificate] ?? [],
            root: reading.files[.rootCertificate], trust: trust, at: reading.readAt
        ).subject
    }

    private static func file(of key: CardHolderKey) -> CardFile {
        switch key {
        case .authentication: .authenticationCertificate
        case .signature: .signatureCertificate
        }
    }

    private static func nationalNumber(_ text: String) -> NationalNumber? {
        let isNumber = text.utf8.count == 11 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? NationalNumber(text) : nil
    }

    private static func revocation(
        _ subject: RevocationSubject?, _ evidence: RevocationEvidence?, at time: Timestamp
    ) -> HolderFinding {
        guard let evidence else { return HolderFinding(.revocation, .notChecked, "not asked") }
        guard let subject else { return HolderFinding(.revocation, .notPossible, "no chain to ask about") }
        let (outcome, detail) = subject.outcome(of: evidence, at: time)
        return HolderFinding(.revocation, outcome, detail)
    }
}
