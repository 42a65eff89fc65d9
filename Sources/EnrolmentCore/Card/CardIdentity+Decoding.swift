extension CardIdentity {
    /// Also reads what this program kept before it knew the fields of residence cards: a draft outlives
    /// an update of the program.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String { try container.decode(String.self, forKey: key) }
        func newText(_ key: CodingKeys) throws -> String {
            try container.decodeIfPresent(String.self, forKey: key) ?? ""
        }
        func newBytes(_ key: CodingKeys) throws -> [UInt8] {
            try container.decodeIfPresent([UInt8].self, forKey: key) ?? []
        }
        self.init(
            cardNumber: try container.decode(CardNumber.self, forKey: .cardNumber),
            validFrom: try container.decodeIfPresent(CalendarDate.self, forKey: .validFrom),
            validUntil: try container.decodeIfPresent(CalendarDate.self, forKey: .validUntil),
            deliveryMunicipality: try text(.deliveryMunicipality),
            nationalNumber: try container.decode(NationalNumber.self, forKey: .nationalNumber),
            surname: try text(.surname), givenNames: try text(.givenNames),
            thirdNameInitial: try text(.thirdNameInitial), nationality: try text(.nationality),
            birthPlace: try text(.birthPlace), birthDateText: try text(.birthDateText),
            birthDate: try container.decodeIfPresent(PartialDate.self, forKey: .birthDate),
            sex: try container.decode(CardSex.self, forKey: .sex), nobleCondition: try text(.nobleCondition),
            documentType: try container.decode(CardDocumentType.self, forKey: .documentType),
            specialStatus: try text(.specialStatus),
            photoDigest: try container.decode([UInt8].self, forKey: .photoDigest),
            otherFields: try container.decode([UInt8: [UInt8]].self, forKey: .otherFields),
            fileVersion: try newBytes(.fileVersion), chipNumber: try newBytes(.chipNumber),
            validFromText: try newText(.validFromText), validUntilText: try newText(.validUntilText),
            basicKeyDigest: try newBytes(.basicKeyDigest),
            residence: try container.decodeIfPresent(CardResidence.self, forKey: .residence),
            warnings: try container.decodeIfPresent([CardFieldWarning].self, forKey: .warnings) ?? [])
    }
}
