import Crypto
import EnrolmentCore
import FoundationEssentials
import SwiftASN1
import X509

#if canImport(Glibc)
    import Glibc
#endif

/// Central's own certificate authority, for a test bench, a demonstration or a small municipality:
/// it issues one certificate for the server and one for each kit, all P-256.
struct CertificateAuthority: Sendable {
    private let certificate: Certificate
    private let key: P256.Signing.PrivateKey

    /// A certificate and its private key, both PEM.
    struct Issued: Sendable {
        let certificate: String
        let key: String
        /// SHA-256 of the certificate's DER form: how central knows the one that it issued last.
        let digest: [UInt8]
    }

    private static let lifetimeOfAuthority: Duration = .seconds(3650 * 86_400)
    private static let lifetimeOfLeaf: Duration = .seconds(730 * 86_400)
    /// A laptop that ran flat may wake up a little in the past and must still get in.
    private static let backdating: Duration = .seconds(-86_400)

    static func make(named name: String, at now: Timestamp) throws -> CertificateAuthority {
        let key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName {
            OrganizationName("loket-central")
            CommonName("\(name) authority")
        }
        let publicKey = Certificate.PublicKey(key.publicKey)
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
            notValidBefore: date(now.advanced(by: backdating)),
            notValidAfter: date(now.advanced(by: lifetimeOfAuthority)), issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: publicKey)
            }, issuerPrivateKey: Certificate.PrivateKey(key))
        return CertificateAuthority(certificate: certificate, key: key)
    }

    private init(certificate: Certificate, key: P256.Signing.PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    init(certificatePEM: String, keyPEM: String) throws {
        certificate = try Certificate(pemEncoded: certificatePEM)
        key = try P256.Signing.PrivateKey(pemRepresentation: keyPEM)
    }

    var certificatePEM: String {
        get throws { try certificate.serializeAsPEM().pemString + "\n" }
    }

    var keyPEM: String { key.pemRepresentation + "\n" }

    /// For the server: `names` are DNS names and IPv4 or IPv6 addresses, at least one.
    func issueServer(names: [String], at now: Timestamp) throws -> Issued {
        guard let first = names.first else {
            throw CentralError(.invalidName, "the server has no name", hint: "Give at least one with --name.")
        }
        return try issue(to: first, for: .serverAuth, names: try names.map(Self.generalName), at: now)
    }

    /// For a kit: its id is the common name of the subject.
    func issueKit(_ kit: KitID, at now: Timestamp) throws -> Issued {
        try issue(to: kit.text, for: .clientAuth, names: [], at: now)
    }

    private func issue(
        to name: String, for usage: ExtendedKeyUsage.Usage, names: [GeneralName], at now: Timestamp
    ) throws -> Issued {
        let leafKey = P256.Signing.PrivateKey()
        let publicKey = Certificate.PublicKey(leafKey.publicKey)
        let leaf = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
            notValidBefore: Self.date(now.advanced(by: Self.backdating)),
            notValidAfter: Self.date(now.advanced(by: Self.lifetimeOfLeaf)), issuer: certificate.subject,
            subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([usage])
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
                if !names.isEmpty { SubjectAlternativeNames(names) }
            }, issuerPrivateKey: Certificate.PrivateKey(key))
        var serializer = DER.Serializer()
        try serializer.serialize(leaf)
        return Issued(
            certificate: try leaf.serializeAsPEM().pemString + "\n", key: leafKey.pemRepresentation + "\n",
            digest: Array(SHA256.hash(data: serializer.serializedBytes)))
    }

    private static func generalName(_ name: String) throws -> GeneralName {
        if let address = addressBytes(name) { return .ipAddress(ASN1OctetString(contentBytes: address[...])) }
        let isName = name.utf8.allSatisfy { byte in
            Character(UnicodeScalar(byte)).isLetter || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
        }
        guard isName, !name.isEmpty, name.utf8.count <= 253, name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw CentralError(
                .invalidName, "a name of the server is neither a DNS name nor an address",
                hint: "Write it like central.example or 192.0.2.1.")
        }
        return .dnsName(name)
    }

    private static func addressBytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }

    private static func date(_ time: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(time.milliseconds / 1000))
    }
}
