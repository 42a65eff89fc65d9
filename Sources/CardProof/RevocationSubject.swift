package import EnrolmentCore

/// A certificate of which it is asked whether it was revoked, with its issuer, who has to answer.
///
/// What it makes goes to central: the request and one of the addresses. What central brings back is
/// verified here, so that central need not be believed.
package struct RevocationSubject: Hashable, Sendable {
    let certificate: ChainCertificate
    let issuer: ChainCertificate

    init(_ certificate: ChainCertificate, issuedBy issuer: ChainCertificate) {
        self.certificate = certificate
        self.issuer = issuer
    }

    /// The last second at which the certificate is valid: later nobody answers for it any more.
    package var validUntil: Timestamp { certificate.notAfter }
    /// Where OCSP is asked: http or https, out of the certificate; none for the National Register's.
    package var ocspURLs: [String] { certificate.extensions.ocspURLs }
    /// Where the list of revoked certificates lies.
    package var crlURLs: [String] { certificate.extensions.crlURLs }

    /// What a list of revocations would name it by: the first 16 bytes of the SHA-256 of its issuer's name, and its
    /// number. Leads to a person.
    package var listedName: [UInt8] { RevocationList.name(of: issuer.subject) + certificate.serialNumber }

    /// An OCSPRequest for this one certificate, DER, RFC 6960 4.1.
    ///
    /// The certificate is named by SHA-1, the one hash that every responder takes; nothing secret hangs on it.
    ///
    /// - Parameter nonce: 1 to 32 random bytes, RFC 8954; nil for none. Many responders do not return it.
    package func ocspRequest(nonce: [UInt8]? = nil) -> [UInt8] {
        let algorithm = DERWriter.sequence(DERWriter.sha1Identifier + DERWriter.null)
        let identifier = DERWriter.sequence(
            algorithm + DERWriter.octets(DigestAlgorithm.sha1.digest(issuer.subject.der))
                + DERWriter.octets(DigestAlgorithm.sha1.digest(issuer.publicKeyBits))
                + DERWriter.value(0x02, certificate.serialNumber))
        let list = DERWriter.sequence(DERWriter.sequence(identifier))
        let extensions: [UInt8] = nonce.map(Self.nonceExtension) ?? []
        return DERWriter.sequence(DERWriter.sequence(list + extensions))
    }

    /// requestExtensions with the nonce alone.
    private static func nonceExtension(_ nonce: [UInt8]) -> [UInt8] {
        let value = DERWriter.octets(DERWriter.octets(nonce))
        return DERWriter.value(0xA2, DERWriter.sequence(DERWriter.sequence(DERWriter.nonceIdentifier + value)))
    }

    /// What an answer says of the certificate.
    ///
    /// Whether it is still fresh is asked of the answer.
    ///
    /// - Parameter nonce: the one of the request; an answer with another is refused, one without is not.
    /// - Throws: `RevocationError` when it cannot be believed.
    package func answer(
        in evidence: RevocationEvidence, at time: Timestamp, nonce: [UInt8]? = nil
    ) throws(RevocationError) -> RevocationAnswer {
        switch evidence.kind {
        case .ocsp: try OCSPResponse(der: evidence.bytes).answer(on: self, at: time, nonce: nonce)
        case .crl: try RevocationList(der: evidence.bytes).answer(on: self, at: time)
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

    /// How far ahead of this clock a responder's may be.
    static let tolerance = Duration.seconds(5 * 60)
}

extension RevocationSubject: Codable {
    private enum CodingKeys: String, CodingKey { case certificate, issuer }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func certificate(_ key: CodingKeys) throws -> ChainCertificate {
            guard let read = ChainCertificate(file: try container.decode([UInt8].self, forKey: key)) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "no certificate")
            }
            return read
        }
        self.init(try certificate(.certificate), issuedBy: try certificate(.issuer))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(certificate.der, forKey: .certificate)
        try container.encode(issuer.der, forKey: .issuer)
    }
}
