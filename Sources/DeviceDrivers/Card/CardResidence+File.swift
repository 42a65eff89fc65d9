import EnrolmentCore

extension CardResidence {
    /// Nil when the file has none of the fields of residence cards.
    init?(_ fields: CardFields) {
        let isThere = CardIdentityField.allCases.contains { $0.isOfResidence && fields[$0] != nil }
        guard isThere else { return nil }
        let start = fields.text(.euStart)
        self.init(
            duplicate: fields.text(.duplicate), organisation: CardCode(fields.text(.organisation)),
            isFamilyMember: fields[.familyMember] != nil,
            protection: CardProtection(cardText: fields.text(.protection)),
            labourMarket: CardCode(fields.text(.labourMarket)),
            employerVAT1: fields.text(.employerVAT1), employerVAT2: fields.text(.employerVAT2),
            regionalFileNumber: fields.text(.regionalFileNumber),
            brexitAgreement: CardCode(fields.text(.brexitAgreement)),
            brexitStay: CardCode(fields.text(.brexitStay)), purpose: CardCode(fields.text(.purpose)),
            mobility: CardCode(fields.text(.mobility)), euStartText: start,
            euStart: PartialDate(cardText: start)?.complete)
    }
}

extension CardProtection {
    /// Reads `01.02.2014-IT`; nil when there is nothing.
    init?(cardText text: String) {
        guard !text.isEmpty else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let country = parts.count == 2 ? parts[1] : ""
        let isCountry = country.utf8.count == 2 && country.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
        self.init(
            text: text, since: parts.first.flatMap { PartialDate(cardText: String($0))?.complete },
            country: isCountry ? String(country) : nil)
    }
}
