import EnrolmentCore

/// The fields of the identity file, by tag (identity file version 5 of 2023).
enum CardIdentityField: UInt8, CaseIterable {
    case fileVersion = 0x00
    case cardNumber, chipNumber, validFrom, validUntil, deliveryMunicipality, nationalNumber, surname, givenNames,
        thirdNameInitial, nationality, birthPlace, birthDate, sex, nobleCondition, documentType, specialStatus,
        photoDigest
    case duplicate, organisation, familyMember, protection, labourMarket, employerVAT1, employerVAT2,
        regionalFileNumber
    case basicKeyDigest
    case brexitAgreement, brexitStay, purpose, mobility, euStart

    /// Told by residence cards only.
    var isOfResidence: Bool { rawValue >= Self.duplicate.rawValue && self != .basicKeyDigest }

    /// Neither bytes nor a mere presence.
    var isText: Bool {
        switch self {
        case .fileVersion, .chipNumber, .photoDigest, .basicKeyDigest, .familyMember: false
        default: true
        }
    }

    /// On every card, of whatever generation.
    var isExpected: Bool {
        switch self {
        case .cardNumber, .chipNumber, .validFrom, .validUntil, .nationalNumber, .surname, .birthDate, .sex,
            .documentType, .photoDigest:
            true
        default: false
        }
    }

    /// The lengths that a field of bytes can have; nil for texts.
    var lengths: [Int]? {
        switch self {
        case .fileVersion: [2]
        case .chipNumber: [16]
        // SHA-1, SHA-256, SHA-384.
        case .photoDigest: [20, 32, 48]
        case .basicKeyDigest: [48]
        case .familyMember: [0]
        default: nil
        }
    }
}

extension CardFields {
    subscript(field: CardIdentityField) -> [UInt8]? { self[field.rawValue] }

    func text(_ field: CardIdentityField) -> String { text(field.rawValue) }
}
