import Crypto
import CryptoExtras
import Foundation
import X509

/// A private key of the test infrastructure.
enum TestCardKey: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case ellipticCurve(P384.Signing.PrivateKey)

    init(_ algorithm: TestCardAuthority.Algorithm) throws {
        self =
            switch algorithm {
            case .rsa: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
            case .ellipticCurve: .ellipticCurve(P384.Signing.PrivateKey())
            }
    }

    private var forCertificates: Certificate.PrivateKey {
        switch self {
        case .rsa(let key): Certificate.PrivateKey(key)
        case .ellipticCurve(let key): Certificate.PrivateKey(key)
        }
    }

    func signature(over bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .rsa(let key):
            [UInt8](try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
        case .ellipticCurve(let key):
            [UInt8](try key.signature(for: SHA384.hash(data: bytes)).derRepresentation)
        }
    }

    /// A certificate over `key`'s public half, signed with this key; DER, valid from 2020 to 2040.
    func certify(
        _ key: TestCardKey, as subject: TestCardName, by issuer: TestCardName, isAuthority: Bool
    ) throws -> [UInt8] {
        let algorithm: Certificate.SignatureAlgorithm =
            switch self {
            case .rsa: .sha256WithRSAEncryption
            case .ellipticCurve: .ecdsaWithSHA384
            }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.forCertificates.publicKey,
            notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
            notValidAfter: Date(timeIntervalSince1970: 2_208_988_800), issuer: issuer.distinguishedName(),
            subject: subject.distinguishedName(), signatureAlgorithm: algorithm,
            extensions: Certificate.Extensions {
                if isAuthority {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                } else {
                    Critical(KeyUsage(digitalSignature: true))
                }
            }, issuerPrivateKey: forCertificates)
        return try certificate.serializeAsPEM().derBytes
    }
}
