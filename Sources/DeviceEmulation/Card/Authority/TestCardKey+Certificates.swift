import Crypto
import Foundation
import X509

/// What a certificate in the test infrastructure is for.
enum TestCertificateUse: Sendable {
    case root
    /// Signs holders' certificates and no other authority's.
    case authority
    /// Signs the files of cards.
    case registry
    case authentication
    case signature
}

extension TestCardKey {
    /// A certificate over `key`'s public half, signed with this key; DER.
    ///
    /// Its serial number follows from its content, so that it is the same in every run.
    func certify(
        _ key: TestCardKey, as subject: TestCardName, by issuer: TestCardName, for use: TestCertificateUse,
        valid: TestCardValidity, revocation: TestCardRevocation?, hash: CardHash
    ) throws -> [UInt8] {
        let algorithm: Certificate.SignatureAlgorithm =
            switch (isEllipticCurve, hash) {
            case (true, _): .ecdsaWithSHA384
            case (false, .sha1): .sha1WithRSAEncryption
            case (false, _): .sha256WithRSAEncryption
            }
        let name = try subject.distinguishedName()
        var seed = SHA256()
        seed.update(data: [UInt8]("\(issuer.commonName)/\(name)/\(valid.from)/\(valid.until)".utf8) + key.publicKey)
        let serial = [0x7E] + seed.finalize().prefix(15)
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: serial),
            publicKey: key.forCertificates.publicKey, notValidBefore: valid.from.midnight,
            notValidAfter: valid.until.midnight, issuer: issuer.distinguishedName(), subject: name,
            signatureAlgorithm: algorithm, extensions: try Self.extensions(use, revocation),
            issuerPrivateKey: forCertificates)
        return try certificate.serializeAsPEM().derBytes
    }

    private static func extensions(
        _ use: TestCertificateUse, _ revocation: TestCardRevocation?
    ) throws -> Certificate.Extensions {
        try Certificate.Extensions {
            switch use {
            case .root:
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            case .authority:
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            case .authentication: Critical(KeyUsage(digitalSignature: true))
            case .signature: Critical(KeyUsage(nonRepudiation: true))
            case .registry: Critical(KeyUsage(digitalSignature: true, nonRepudiation: true))
            }
            if let revocation, use != .root {
                AuthorityInformationAccess([
                    .init(method: .ocspServer, location: .uniformResourceIdentifier(revocation.ocsp)),
                    .init(method: .issuingCA, location: .uniformResourceIdentifier(revocation.issuer)),
                ])
                revocation.distributionPoints
            }
        }
    }
}
