/// The identity file, parsed: what it says, for people. The file itself stays the evidence.
package struct CardIdentity: Hashable, Sendable, Codable {
    /// Tag 00, two bytes; empty on every card that is known to be in circulation.
    package var fileVersion: [UInt8]
    package var cardNumber: CardNumber
    /// As the identity file has it, 16 bytes; the chip says the same when it is asked.
    package var chipNumber: [UInt8]
    /// Nil when there is none or it cannot be read; `validFromText` tells which.
    package var validFrom: CalendarDate?
    package var validUntil: CalendarDate?
    /// As on the card, for example `01.03.2022`.
    package var validFromText: String
    package var validUntilText: String
    package var deliveryMunicipality: String
    package var nationalNumber: NationalNumber
    package var surname: String
    /// Empty for a person with a single name, which is then the surname.
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
    /// As on the card; `status` is what it means.
    package var specialStatus: String
    /// SHA-1, SHA-256 or SHA-384 by its length.
    package var photoDigest: [UInt8]
    /// SHA-384 of the basic public key; empty before applet 1.8.
    package var basicKeyDigest: [UInt8]
    /// What only residence cards tell; nil when the file has none of it.
    package var residence: CardResidence?
    /// Fields whose tag this program does not know, by tag.
    package var otherFields: [UInt8: [UInt8]]
    /// What was odd about the file; nothing of it keeps the card from being used.
    package var warnings: [CardFieldWarning]

    package init(
        cardNumber: CardNumber, validFrom: CalendarDate?, validUntil: CalendarDate?, deliveryMunicipality: String,
        nationalNumber: NationalNumber, surname: String, givenNames: String, thirdNameInitial: String,
        nationality: String, birthPlace: String, birthDateText: String, birthDate: PartialDate?, sex: CardSex,
        nobleCondition: String, documentType: CardDocumentType, specialStatus: String, photoDigest: [UInt8],
        otherFields: [UInt8: [UInt8]], fileVersion: [UInt8] = [], chipNumber: [UInt8] = [],
        validFromText: String = "", validUntilText: String = "", basicKeyDigest: [UInt8] = [],
        residence: CardResidence? = nil, warnings: [CardFieldWarning] = []
    ) {
        self.fileVersion = fileVersion
        self.cardNumber = cardNumber
        self.chipNumber = chipNumber
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.validFromText = validFromText
        self.validUntilText = validUntilText
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
        self.basicKeyDigest = basicKeyDigest
        self.residence = residence
        self.otherFields = otherFields
        self.warnings = warnings
    }

    enum CodingKeys: String, CodingKey {
        case fileVersion, cardNumber, chipNumber, validFrom, validUntil, validFromText, validUntilText
        case deliveryMunicipality, nationalNumber, surname, givenNames, thirdNameInitial, nationality, birthPlace
        case birthDateText, birthDate, sex, nobleCondition, documentType, specialStatus, photoDigest, basicKeyDigest
        case residence, otherFields, warnings
    }

    /// What `specialStatus` means; nil when it is absent or nobody documents it.
    package var status: CardSpecialStatus? { CardCode<CardSpecialStatus>(specialStatus).meaning }
}

/// Tag 0D: `M`, or `V`, `F`, `W` for a woman by language; anything else is kept and shown.
package enum CardSex: Hashable, Sendable, Codable {
    case male, female
    case other(String)
}
