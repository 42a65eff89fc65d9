import FoundationEssentials

/// A file of the card that is read and kept as it came.
package enum CardFile: String, CaseIterable, Sendable, Codable {
    case identity, identitySignature, address, addressSignature, photo
    /// CA role, root, National Register signer, authentication and signature certificates.
    case caCertificate, rootCertificate, registryCertificate, authenticationCertificate, signatureCertificate
    /// The public half of the key that tells a chip from a copy; applet 1.8.
    case basicKey
}

/// All that one card gave in one reading. The raw bytes are the evidence; what is parsed is for
/// people.
package struct CardReading: Hashable, Sendable, Codable {
    /// File bytes without any padding that the card's own length does not cover.
    package let files: [CardFile: [UInt8]]
    /// 16 bytes.
    package let chipNumber: [UInt8]
    /// 0x17 for applet 1.7, 0x18 for 1.8.
    package let appletVersion: UInt8
    package let atr: [UInt8]
    package let identity: CardIdentity
    package let address: CardAddress?
    package let readAt: Timestamp
    /// What the chip answered to a challenge; nil where it cannot, before applet 1.8.
    package let challenge: CardChallenge?

    package init(
        files: [CardFile: [UInt8]], chipNumber: [UInt8], appletVersion: UInt8, atr: [UInt8], identity: CardIdentity,
        address: CardAddress?, readAt: Timestamp, challenge: CardChallenge? = nil
    ) {
        self.files = files
        self.chipNumber = chipNumber
        self.appletVersion = appletVersion
        self.atr = atr
        self.identity = identity
        self.address = address
        self.readAt = readAt
        self.challenge = challenge
    }

    /// The JPEG on the chip.
    package var photo: [UInt8]? { files[.photo] }

    private enum CodingKeys: String, CodingKey {
        case files, chipNumber, appletVersion, atr, identity, address, readAt, challenge
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let byName = try container.decode([String: Data].self, forKey: .files)
        files = try byName.reduce(into: [:]) { files, entry in
            guard let file = CardFile(rawValue: entry.key) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .files, in: container, debugDescription: "unknown card file")
            }
            files[file] = [UInt8](entry.value)
        }
        chipNumber = try container.decode([UInt8].self, forKey: .chipNumber)
        appletVersion = try container.decode(UInt8.self, forKey: .appletVersion)
        atr = try container.decode([UInt8].self, forKey: .atr)
        identity = try container.decode(CardIdentity.self, forKey: .identity)
        address = try container.decodeIfPresent(CardAddress.self, forKey: .address)
        readAt = try container.decode(Timestamp.self, forKey: .readAt)
        challenge = try container.decodeIfPresent(CardChallenge.self, forKey: .challenge)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.key.rawValue, Data($0.value)) })
        try container.encode(byName, forKey: .files)
        try container.encode(chipNumber, forKey: .chipNumber)
        try container.encode(appletVersion, forKey: .appletVersion)
        try container.encode(atr, forKey: .atr)
        try container.encode(identity, forKey: .identity)
        try container.encodeIfPresent(address, forKey: .address)
        try container.encode(readAt, forKey: .readAt)
        try container.encodeIfPresent(challenge, forKey: .challenge)
    }
}

/// The identity file, parsed.
package struct CardIdentity: Hashable, Sendable, Codable {
    package var cardNumber: CardNumber
    package var validFrom: CalendarDate?
    package var validUntil: CalendarDate?
    package var deliveryMunicipality: String
    package var nationalNumber: NationalNumber
    package var surname: String
    package var givenNames: String
    package var thirdNameInitial: String
    package var nationality: String
    package var birthPlace: String
    /// As on the card, for example `24 MAAR 1970`.
    package var birthDateText: String
    package var birthDate: PartialDate?
    package var sex: CardSex
    package var nobleCondition: String
    package var documentType: CardDocumentType
    package var specialStatus: String
    /// SHA-1, SHA-256 or SHA-384 by its length.
    package var photoDigest: [UInt8]
    /// Fields whose tag this program does not know, and those of foreigners' cards that it only
    /// passes on, by tag.
    package var otherFields: [UInt8: [UInt8]]

    package init(
        cardNumber: CardNumber, validFrom: CalendarDate?, validUntil: CalendarDate?, deliveryMunicipality: String,
        nationalNumber: NationalNumber, surname: String, givenNames: String, thirdNameInitial: String,
        nationality: String, birthPlace: String, birthDateText: String, birthDate: PartialDate?, sex: CardSex,
        nobleCondition: String, documentType: CardDocumentType, specialStatus: String, photoDigest: [UInt8],
        otherFields: [UInt8: [UInt8]]
    ) {
        self.cardNumber = cardNumber
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.deliveryMunicipality = deliveryMunicipality
        self.nationalNumber = nationalNumber
        self.surname = surname
        self.givenNames = givenNames
        self.thirdNameInitial = thirdNameInitial
        self.nationality = nationality
        self.birthPlace = birthPlace
        self.birthDateText = birthDateText
        self.birthDate = birthDate
        self.sex = sex
        self.nobleCondition = nobleCondition
        self.documentType = documentType
        self.specialStatus = specialStatus
        self.photoDigest = photoDigest
        self.otherFields = otherFields
    }
}

/// The address file, parsed.
package struct CardAddress: Hashable, Sendable, Codable {
    package var streetAndNumber: String
    package var postalCode: String
    package var municipality: String

    package init(streetAndNumber: String, postalCode: String, municipality: String) {
        self.streetAndNumber = streetAndNumber
        self.postalCode = postalCode
        self.municipality = municipality
    }
}

/// Tag 0D: `M`, or `V`, `F`, `W` for a woman by language; anything else is kept and shown.
package enum CardSex: Hashable, Sendable, Codable {
    case male, female
    case other(String)
}

/// Tag 0F, a number of one or two digits; `1` and `01` are the same.
package struct CardDocumentType: Hashable, Sendable, Codable {
    package let number: Int?
    package let text: String

    package init(_ text: String) {
        self.text = text
        number = Int(text)
    }

    /// Which kind of card it is, nil for one that this program does not know.
    package var kind: CardKind? {
        switch number ?? 0 {
        case 1: .eID
        case 6: .kidsID
        case 11...23, 27, 28, 31...36: .foreigner
        case 61...69: .foreignerKids
        default: nil
        }
    }
}
