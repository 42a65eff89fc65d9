import EnrolmentCore

/// What the applicant chooses, while it is being filled in.
struct ChoiceForm: Hashable, Sendable {
    var certificates = CertificateConsent.accepted
    var procedure = Procedure.normal
    var cardLanguage = Language.dutch
    var row = 0

    static let rows = 3

    init(_ choices: EnrolmentChoices? = nil) {
        guard let choices else { return }
        certificates = choices.certificates
        procedure = choices.procedure
        cardLanguage = choices.cardLanguage
    }

    var choices: EnrolmentChoices {
        EnrolmentChoices(certificates: certificates, procedure: procedure, cardLanguage: cardLanguage)
    }

    /// English is a language of the screens and not of the card.
    static let cardLanguages: [Language] = [.dutch, .french, .german]

    mutating func move(_ step: Int) { row = (row + step + Self.rows) % Self.rows }

    mutating func turn(_ step: Int) {
        switch row {
        case 0: certificates = Self.next(certificates, in: CertificateConsent.allCases, step)
        case 1: procedure = Self.next(procedure, in: Procedure.allCases, step)
        default: cardLanguage = Self.next(cardLanguage, in: Self.cardLanguages, step)
        }
    }

    private static func next<Value: Equatable>(_ value: Value, in all: [Value], _ step: Int) -> Value {
        guard let index = all.firstIndex(of: value) else { return value }
        return all[((index + step) % all.count + all.count) % all.count]
    }
}
