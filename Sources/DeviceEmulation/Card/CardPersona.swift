/// An invented person, for a synthetic card.
package struct CardPersona: Hashable, Sendable {
    package enum Sex: String, Hashable, Sendable, CaseIterable { case male, female }

    package var surname: String
    package var givenNames: String
    package var thirdNameInitial: String
    package var sex: Sex
    package var birth: CardDay
    package var birthPlace: String
    package var nationality: String
    package var streetAndNumber: String
    package var postalCode: String
    package var municipality: String
    package var language: CardLanguage

    package init(
        surname: String, givenNames: String, thirdNameInitial: String = "", sex: Sex, birth: CardDay,
        birthPlace: String, nationality: String, streetAndNumber: String, postalCode: String, municipality: String,
        language: CardLanguage = .dutch
    ) {
        self.surname = surname
        self.givenNames = givenNames
        self.thirdNameInitial = thirdNameInitial
        self.sex = sex
        self.birth = birth
        self.birthPlace = birthPlace
        self.nationality = nationality
        self.streetAndNumber = streetAndNumber
        self.postalCode = postalCode
        self.municipality = municipality
        self.language = language
    }

    /// A number of the National Register with right check digits and the last counter of the day,
    /// 997 for a man and 998 for a woman, which is not given to anyone in practice.
    package var nationalNumber: String {
        let counter = sex == .male ? 997 : 998
        let body = (birth.year % 100) * 10_000_000 + birth.month * 100_000 + birth.day * 1000 + counter
        let check = 97 - (birth.year >= 2000 ? 2_000_000_000 + body : body) % 97
        let digits = String(body * 100 + check)
        return String(repeating: "0", count: max(0, 11 - digits.utf8.count)) + digits
    }

    /// The letter on the card.
    var sexLetter: String { sex == .male ? "M" : language.womanLetter }
}
