import EnrolmentCore

// The words of the form, as its schema lists them (eidv4.xsd 4.5).

extension CardSex {
    /// The form knows two; another stands as it is on the card.
    var formWord: String {
        switch self {
        case .male: "male"
        case .female: "female"
        case .other(let text): text
        }
    }
}

extension CardSpecialStatus {
    var formWord: String {
        switch self {
        case .none: "NO_STATUS"
        case .whiteCane: "WHITE_CANE"
        case .extendedMinority: "EXTENDED_MINORITY"
        case .whiteCaneExtendedMinority: "WHITE_CANE_EXTENDED_MINORITY"
        case .yellowCane: "YELLOW_CANE"
        case .yellowCaneExtendedMinority: "YELLOW_CANE_EXTENDED_MINORITY"
        }
    }
}

extension CardLabourMarket {
    var formWord: String {
        switch self {
        case .unlimited: "unlimited"
        case .limited: "limited"
        case .none: "no"
        case .seasonal: "seasonal worker"
        }
    }
}

extension CardAPurpose {
    var formWord: String {
        switch self {
        case .seasonalWorker: "Seasonal worker"
        case .student: "Student"
        case .pupil: "Pupil"
        case .trainee: "Intern"
        case .volunteer: "Volunteer"
        case .auPair: "Au pair"
        case .researcher: "Researcher mobility"
        case .jobSearch: "Job search"
        }
    }
}

extension CardDocumentName {
    /// Nil for foreign children's cards, which the form does not know.
    var formWord: String? {
        switch self {
        case .identityCard: "belgian_citizen"
        case .kidsID: "kids_card"
        case .bootstrapCard: "bootstrap_card"
        case .authorisationCard: "habilitation_card"
        case .a: "foreigner_a"
        case .b: "foreigner_b"
        case .c: "foreigner_c"
        case .d: "foreigner_d"
        case .e: "foreigner_e"
        case .ePlus: "foreigner_e_plus"
        case .f: "foreigner_f"
        case .fPlus: "foreigner_f_plus"
        case .h: "european_blue_card_h"
        case .i: "ict_i"
        case .j: "mobile_ict_j"
        case .m: "foreigner_m"
        case .n: "foreigner_n"
        case .k: "foreigner_k"
        case .l: "foreigner_l"
        case .eu: "foreigner_eu"
        case .euPlus: "foreigner_eu_plus"
        case .newA: "foreigner_A"
        case .newB: "foreigner_B"
        case .newF: "foreigner_F"
        case .newFPlus: "foreigner_F_plus"
        case .kidsEU, .kidsEUPlus, .kidsA, .kidsB, .kidsK, .kidsL, .kidsF, .kidsFPlus, .kidsM: nil
        }
    }
}
