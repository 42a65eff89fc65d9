/// A meaning that a card writes as one letter or digit. The raw values of those who conform are stable,
/// for catalogues.
package protocol CardCoded: CaseIterable, Hashable, Sendable {
    /// As on the card.
    var code: String { get }
}

/// A coded field: what it says and, where that is documented, what it means.
package struct CardCode<Meaning: CardCoded>: Hashable, Sendable, TextCoded {
    /// As on the card; empty when the field is absent or empty.
    package let text: String

    package init(_ text: String) { self.text = text }

    package init?(codedText: String) { self.init(codedText) }

    package var codedText: String { text }

    /// Nil when there is none, or nobody documents it; then `text` is shown.
    package var meaning: Meaning? { Meaning.allCases.first { $0.code == text } }
}

/// Tag 10, on cards of before 2020.
package enum CardSpecialStatus: String, CardCoded, Codable {
    case none, whiteCane, extendedMinority, whiteCaneExtendedMinority, yellowCane, yellowCaneExtendedMinority

    package var code: String {
        switch self {
        case .none: "0"
        case .whiteCane: "1"
        case .extendedMinority: "2"
        case .whiteCaneExtendedMinority: "3"
        case .yellowCane: "4"
        case .yellowCaneExtendedMinority: "5"
        }
    }
}

/// Tag 13.
package enum CardOrganisation: String, CardCoded, Codable {
    case shape, nato, formerBlueCardHolder, researcher

    package var code: String {
        switch self {
        case .shape: "1"
        case .nato: "2"
        case .formerBlueCardHolder: "4"
        case .researcher: "5"
        }
    }
}

/// Tag 16: what the holder may do on the labour market.
package enum CardLabourMarket: String, CardCoded, Codable {
    case unlimited, limited, none, seasonal

    package var code: String {
        switch self {
        case .unlimited: "7"
        case .limited: "8"
        case .none: "9"
        case .seasonal: "A"
        }
    }
}

/// Tag 1B.
package enum CardBrexitAgreement: String, CardCoded, Codable {
    /// Article 18, paragraph 1, of the agreement on the withdrawal.
    case article18

    package var code: String { "B" }
}

/// Tag 1C.
package enum CardBrexitStay: String, CardCoded, Codable {
    case permanent

    package var code: String { "C" }
}

/// Tag 1D: why the holder of an A card stays.
package enum CardAPurpose: String, CardCoded, Codable {
    case seasonalWorker, student, pupil, trainee, volunteer, auPair, researcher, jobSearch

    package var code: String {
        switch self {
        case .seasonalWorker: "A"
        case .student: "D"
        case .pupil: "E"
        case .trainee: "F"
        case .volunteer: "G"
        case .auPair: "H"
        case .researcher: "I"
        case .jobSearch: "J"
        }
    }
}

/// Tag 1E.
package enum CardAMobility: String, CardCoded, Codable {
    case programme

    package var code: String { "K" }
}
