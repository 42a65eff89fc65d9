package import EnrolmentCore

extension CardIdentity {
    /// Takes an identity file (4031) apart.
    ///
    /// Tolerant where cards are known to be odd: empty and unknown fields, any document type, dates
    /// that cannot be read and numbers whose check fails all pass, since none of them may keep a
    /// person from being served.
    ///
    /// - Throws: `CardFileError` when fields run over the end, or the file names nobody.
    package init(file: [UInt8]) throws(CardFileError) {
        let fields = try CardFields(file)
        guard !fields.isEmpty else { throw .empty }
        guard fields[Tag.nationalNumber.rawValue] != nil else { throw .missing(tag: Tag.nationalNumber.rawValue) }
        guard fields[Tag.surname.rawValue] != nil else { throw .missing(tag: Tag.surname.rawValue) }
        func text(_ tag: Tag) -> String { fields.text(tag.rawValue) }
        self.init(
            cardNumber: CardNumber(text(.cardNumber)),
            validFrom: PartialDate(cardText: text(.validFrom))?.complete,
            validUntil: PartialDate(cardText: text(.validUntil))?.complete,
            deliveryMunicipality: text(.deliveryMunicipality),
            nationalNumber: NationalNumber(text(.nationalNumber)),
            surname: text(.surname), givenNames: text(.givenNames), thirdNameInitial: text(.thirdNameInitial),
            nationality: text(.nationality), birthPlace: text(.birthPlace),
            birthDateText: text(.birthDate), birthDate: PartialDate(cardText: text(.birthDate)),
            sex: CardSex(cardText: text(.sex)), nobleCondition: text(.nobleCondition),
            documentType: CardDocumentType(text(.documentType)), specialStatus: text(.specialStatus),
            photoDigest: fields[Tag.photoDigest.rawValue] ?? [],
            otherFields: fields.values.filter { Tag(rawValue: $0.key) == nil })
    }

    /// The chip number that an identity file holds, nil when it has none.
    static func chipNumber(inFile file: [UInt8]) -> [UInt8]? {
        (try? CardFields(file))?[Tag.chipNumber.rawValue]
    }

    /// The tags that have a property of their own, and the chip number, which is the reading's.
    private enum Tag: UInt8 {
        case cardNumber = 0x01
        case chipNumber, validFrom, validUntil, deliveryMunicipality, nationalNumber, surname,
            givenNames, thirdNameInitial, nationality, birthPlace, birthDate, sex, nobleCondition, documentType,
            specialStatus, photoDigest
    }
}

extension CardSex {
    /// `M`; for a woman `V` (Dutch), `F` (French) or `W` (German).
    init(cardText text: String) {
        switch text {
        case "M": self = .male
        case "V", "F", "W": self = .female
        default: self = .other(text)
        }
    }
}
