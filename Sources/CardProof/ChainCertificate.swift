import EnrolmentCore
import SwiftASN1

/// An X.509 certificate of a card's chain, read by RFC 5280.
///
/// It is read here and not by swift-certificates because that takes neither keys of RSA-1024 nor
/// signatures with SHA-1, and cards up to applet 1.1 have both.
struct ChainCertificate: Hashable, Sendable {
    /// The whole certificate.
    let der: [UInt8]
    let signed: SignedValue
    /// The content of the INTEGER, big-endian, as it stands.
    let serialNumber: [UInt8]
    let issuer: DistinguishedNameBytes
    let subject: DistinguishedNameBytes
    let notBefore: Timestamp
    /// The last second of its validity.
    let notAfter: Timestamp
    /// SubjectPublicKeyInfo, DER.
    let publicKeyInfo: [UInt8]
    /// The bits of the key alone, without its algorithm: what OCSP names an issuer by.
    let publicKeyBits: [UInt8]
    let extensions: CertificateExtensions

    /// - Parameter file: DER, perhaps filled up with zero bytes.
    /// - Returns: nil for what is no certificate, a file of zero bytes among it.
    init?(file: [UInt8]) {
        guard let der = DERFile.cut(file), let certificate = try? ChainCertificate(der: der) else { return nil }
        self = certificate
    }

    private init(der: [UInt8]) throws {
        self.der = der
        let node = try DER.parse(der)
        var parts = try node.sequence()
        let content = try parts.required()
        var frame = try node.sequence()
        signed = try SignedValue(&frame)
        guard frame.next() == nil else { throw DERError.unexpected }
        var fields = try content.sequence()
        var field = try fields.required()
        if field.hasTag(0) { field = try fields.required() }
        guard field.identifier == .integer else { throw DERError.unexpected }
        serialNumber = [UInt8](try field.bytes())
        // RFC 5280 4.1.1.2: the algorithm inside, which is signed, is the one outside.
        guard [UInt8](try fields.required().encodedBytes) == signed.algorithmBytes else { throw DERError.unexpected }
        issuer = try DistinguishedNameBytes(try fields.required())
        var validity = try fields.required().sequence()
        notBefore = try Timestamp(try validity.required())
        notAfter = try Timestamp(try validity.required())
        subject = try DistinguishedNameBytes(try fields.required())
        let key = try fields.required()
        publicKeyInfo = [UInt8](key.encodedBytes)
        var keyParts = try key.sequence()
        _ = try keyParts.required()
        publicKeyBits = try keyParts.required().wholeBytes()
        extensions = try CertificateExtensions(in: fields.rest())
    }

    /// Nil for a kind or size that this program does not know.
    var key: SigningKey? { SigningKey(publicKeyInfo: publicKeyInfo) }

    /// A certificate of an authority: it may sign others.
    var isAuthority: Bool { extensions.isAuthority && extensions.allows(.keyCertSign) }

    /// An authority that names itself for its issuer; one of version 1 has no extensions to say what it is.
    var isRoot: Bool { issuer == subject && (isAuthority || extensions.isEmpty) }

    /// Whether `time` lies within the validity, to the second.
    func isValid(at time: Timestamp) -> Bool { hasBegun(at: time) && !hasEnded(at: time) }

    func hasBegun(at time: Timestamp) -> Bool { notBefore <= time }

    func hasEnded(at time: Timestamp) -> Bool { time >= Timestamp(milliseconds: notAfter.milliseconds + 1000) }
}
