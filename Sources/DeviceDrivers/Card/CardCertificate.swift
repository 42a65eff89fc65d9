package import EnrolmentCore

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
    /// As RFC 5280 and its companions name it, for example `ecdsa-with-SHA384`; numbers and dots for one
    /// that this program does not know.
    package let signatureAlgorithm: String
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
