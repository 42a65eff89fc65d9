import EnrolmentCore

extension CardCertificate {
    /// Reads a certificate file, with or without the zero bytes that fill it up.
    ///
    /// The fields are picked out by hand: swift-certificates takes no certificate over a key of RSA-1024,
    /// and cards of applets 1.0 and 1.1 have those.
    ///
    /// - Returns: nil when the file is no certificate: a Kids-ID has zeros in the place of some.
    package init?(der file: [UInt8]) {
        var files = DERReader(file[...])
        guard let certificate = files.next(DERReader.sequence) else { return nil }
        var parts = DERReader(certificate.content)
        guard let signed = parts.next(DERReader.sequence), parts.next(DERReader.sequence) != nil else { return nil }
        var fields = DERReader(signed.content)
        // The version is absent from certificates of version 1.
        _ = fields.next(0xA0)
        guard let serial = fields.next(DERReader.integer), let algorithm = fields.next(DERReader.sequence),
            let issuer = fields.next(DERReader.sequence), let validity = fields.next(DERReader.sequence),
            let subject = fields.next(DERReader.sequence),
            let issuerName = DistinguishedNameText(issuer), let subjectName = DistinguishedNameText(subject)
        else { return nil }
        var times = DERReader(validity.content)
        var identifiers = DERReader(algorithm.content)
        guard let notBefore = times.next().flatMap(Timestamp.init(time:)),
            let notAfter = times.next().flatMap(Timestamp.init(time:)),
            let identifier = identifiers.next(DERReader.objectIdentifier)
        else { return nil }
        self.init(
            subject: subjectName.text, issuer: issuerName.text, serialNumber: Self.digits(serial.content),
            notBefore: notBefore, notAfter: notAfter, signatureAlgorithm: Self.algorithm(identifier.dottedIdentifier))
    }

    /// DER sets a zero before a number whose first bit is set.
    private static func digits(_ number: ArraySlice<UInt8>) -> String {
        DERReader.hexadecimal(number.count > 1 && number.first == 0 ? number.dropFirst() : number)
    }

    private static func algorithm(_ identifier: String) -> String {
        switch identifier {
        case "1.2.840.113549.1.1.5": "sha1WithRSAEncryption"
        case "1.2.840.113549.1.1.11": "sha256WithRSAEncryption"
        case "1.2.840.113549.1.1.12": "sha384WithRSAEncryption"
        case "1.2.840.113549.1.1.13": "sha512WithRSAEncryption"
        case "1.2.840.10045.4.3.2": "ecdsa-with-SHA256"
        case "1.2.840.10045.4.3.3": "ecdsa-with-SHA384"
        case "1.2.840.10045.4.3.4": "ecdsa-with-SHA512"
        default: identifier
        }
    }
}

extension Timestamp {
    /// Reads `YYMMDDhhmmssZ` (1950 to 2049) and `YYYYMMDDhhmmssZ`, RFC 5280 4.1.2.5.
    fileprivate init?(time value: DERReader.Value) {
        let digits = value.content.dropLast()
        let width: Int
        switch (value.tag, digits.count) {
        case (DERReader.utcTime, 12): width = 2
        case (DERReader.generalizedTime, 14): width = 4
        default: return nil
        }
        guard value.content.last == UInt8(ascii: "Z"), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        func number(_ bytes: some Sequence<UInt8>) -> Int { bytes.reduce(0) { $0 * 10 + Int($1 - 48) } }
        let written = number(digits.prefix(width))
        let rest = Array(digits.dropFirst(width))
        let pairs = stride(from: 0, to: rest.count, by: 2).map { number(rest[$0..<$0 + 2]) }
        let year = width == 4 ? written : written + (written < 50 ? 2000 : 1900)
        guard let day = CalendarDate(year: year, month: pairs[0], day: pairs[1]), pairs[2] < 24, pairs[3] < 60,
            pairs[4] < 60
        else { return nil }
        let seconds = day.daysSinceEpoch * 86_400 + pairs[2] * 3600 + pairs[3] * 60 + pairs[4]
        self.init(milliseconds: Int64(seconds) * 1000)
    }
}
