package import EnrolmentCore

/// A certificate of which it is asked whether it was revoked, and its issuer, who has to answer.
package struct RevocationQuestion: Hashable, Sendable {
    let certificate: ChainCertificate
    let issuer: ChainCertificate

    init(_ certificate: ChainCertificate, issuedBy issuer: ChainCertificate) {
        self.certificate = certificate
        self.issuer = issuer
    }

    /// Where OCSP is asked: http or https, out of the certificate.
    package var ocspURLs: [String] { certificate.extensions.ocspURLs }
    /// Where the list of revoked certificates lies.
    package var crlURLs: [String] { certificate.extensions.crlURLs }

    /// What an answer says.
    ///
    /// - Throws: `RevocationError` when it cannot be believed.
    package func answer(
        in evidence: RevocationEvidence, at time: Timestamp
    ) throws(RevocationError) -> RevocationAnswer {
        switch evidence.kind {
        case .ocsp: throw .malformed
        case .crl: throw .malformed
        }
    }

    /// The same as a part of a proof.
    func outcome(of evidence: RevocationEvidence, at time: Timestamp) -> (CardFinding.Outcome, String) {
        do {
            let answer = try answer(in: evidence, at: time)
            switch answer.status {
            case .revoked: return (.wrong, "revoked, by \(evidence.kind.rawValue)")
            case .unknown: return (.notPossible, "not known to the responder")
            case .good:
                return answer.isFresh(at: time)
                    ? (.right, "good, by \(evidence.kind.rawValue)") : (.notPossible, "the answer is too old")
            }
        } catch {
            return (.notPossible, "\(evidence.kind.rawValue): \(error)")
        }
    }
}
