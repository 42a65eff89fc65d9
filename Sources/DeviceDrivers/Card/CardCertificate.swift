package import EnrolmentCore
import FoundationEssentials
import X509

/// What a certificate of the card says, parsed for people; the file itself stays the evidence, and
/// nothing is proven here.
package struct CardCertificate: Hashable, Sendable, Codable {
    /// RFC 4514 text.
    package let subject: String
    package let issuer: String
    /// Lower-case hex.
    package let serialNumber: String
    package let notBefore: Timestamp
    package let notAfter: Timestamp
    package let signatureAlgorithm: String

    /// - Returns: nil when the file is no certificate: a Kids-ID has zeros in the place of some.
    package init?(der file: [UInt8]) {
        guard let certificate = try? Certificate(derEncoded: file) else { return nil }
        subject = certificate.subject.description
        issuer = certificate.issuer.description
        serialNumber = certificate.serialNumber.bytes.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 0x0F, radix: 16)
        }.joined()
        notBefore = Self.timestamp(certificate.notValidBefore)
        notAfter = Self.timestamp(certificate.notValidAfter)
        signatureAlgorithm = certificate.signatureAlgorithm.description
    }

    private static func timestamp(_ date: Date) -> Timestamp {
        Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }
}

extension CardReading {
    /// The certificates among the files, parsed; those that are absent or unreadable are left out.
    package var certificates: [CardFile: CardCertificate] {
        let places: [CardFile] = [
            .caCertificate, .rootCertificate, .registryCertificate, .authenticationCertificate, .signatureCertificate,
        ]
        return places.reduce(into: [:]) { parsed, file in
            parsed[file] = files[file].flatMap { CardCertificate(der: $0) }
        }
    }
}
