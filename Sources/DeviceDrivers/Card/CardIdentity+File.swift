package import EnrolmentCore

extension CardIdentity {
    /// Takes an identity file (4031) apart.
    ///
    /// Tolerant, since nothing odd may keep a person from being served: empty, absent, unknown and broken
    /// fields, any document type, dates that cannot be read and numbers whose check fails all pass. What
    /// was odd is in `warnings`; where a field cannot be told from what is behind it, what was read
    /// until there counts.
    ///
    /// - Throws: `CardFileError` when nothing was read, or nothing that says who it is: neither a
    ///   national number nor a surname.
    package init(file: [UInt8]) throws(CardFileError) {
        let fields = CardFields(file)
        guard !fields.isEmpty else { throw fields.flaw ?? .empty }
        guard fields[.nationalNumber] != nil || fields[.surname] != nil else {
            throw fields.flaw ?? .missing(tag: CardIdentityField.nationalNumber.rawValue)
        }
        let (from, until) = (fields.text(.validFrom), fields.text(.validUntil))
        let known = Set(CardIdentityField.allCases.map(\.rawValue))
        self.init(
            cardNumber: CardNumber(fields.text(.cardNumber)),
            validFrom: PartialDate(cardText: from)?.complete, validUntil: PartialDate(cardText: until)?.complete,
            deliveryMunicipality: fields.text(.deliveryMunicipality),
            nationalNumber: NationalNumber(fields.text(.nationalNumber)),
            surname: fields.text(.surname), givenNames: fields.text(.givenNames),
            thirdNameInitial: fields.text(.thirdNameInitial), nationality: fields.text(.nationality),
            birthPlace: fields.text(.birthPlace), birthDateText: fields.text(.birthDate),
            birthDate: PartialDate(cardText: fields.text(.birthDate)), sex: CardSex(cardText: fields.text(.sex)),
            nobleCondition: fields.text(.nobleCondition), documentType: CardDocumentType(fields.text(.documentType)),
            specialStatus: fields.text(.specialStatus), photoDigest: fields[.photoDigest] ?? [],
            otherFields: fields.values.filter { !known.contains($0.key) }, fileVersion: fields[.fileVersion] ?? [],
            chipNumber: fields[.chipNumber] ?? [], validFromText: from, validUntilText: until,
            basicKeyDigest: fields[.basicKeyDigest] ?? [], residence: CardResidence(fields))
        warnings = fields.warnings + oddities(of: fields)
    }

    /// The chip number that an identity file holds, nil when it has none.
    static func chipNumber(inFile file: [UInt8]) -> [UInt8]? { CardFields(file)[.chipNumber] }
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
