extension CardProfile {
    /// Somebody invented who could hold such a card, another one for each profile; their name says TEST.
    package var persona: CardPersona {
        var persona = CardPersona(
            surname: "Testpersoon", givenNames: "Alma Rosa", thirdNameInitial: "T", sex: .female,
            birth: CardDay(1951 + number, 3, 17), birthPlace: "Brugge", nationality: "Belg",
            streetAndNumber: "Proefstraat \(number)", postalCode: "8000", municipality: "Brugge")
        switch self {
        case .kidsUnder6, .kidsUnder6Applet17:
            persona.givenNames = "Pip"
            persona.birth = CardDay(2022, 5, 9)
        case .kids6To12:
            persona.givenNames = "Juul"
            persona.sex = .male
            persona.birth = CardDay(2017, 10, 3)
        case .foreignerEUPlus, .foreignerA:
            persona.surname = "D'Essai-Test"
            persona.givenNames = "Zoë Ángela"
            persona.birthPlace = "Coïmbra"
            persona.nationality = self == .foreignerA ? "Brazilië" : "Portugal"
        default: break
        }
        return persona
    }
}
