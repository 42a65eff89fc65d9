/// Tag 0F, a number of one or two digits; `1` and `01` are the same.
package struct CardDocumentType: Hashable, Sendable, Codable {
    package let number: Int?
    /// As on the card, to be shown where `name` is nil.
    package let text: String

    package init(_ text: String) {
        self.text = text
        let isNumber = (1...2).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        number = isNumber ? Int(text) : nil
    }

    /// Which document it is, nil for one that this program does not know.
    package var name: CardDocumentName? {
        number.flatMap { number in CardDocumentName.allCases.first { $0.number == number } }
    }

    /// Which kind of card it is; nil for one that this program does not know, and for cards that are
    /// no citizen's: the start-up and authorisation cards of those who make and issue cards.
    package var kind: CardKind? { name?.kind }
}

/// The documents that an identity file names by number; the raw values are stable, for catalogues.
package enum CardDocumentName: String, CaseIterable, Sendable, Codable {
    case identityCard, kidsID, bootstrapCard, authorisationCard
    /// Residence cards by the letter printed on them.
    case a, b, c, d, e, ePlus, f, fPlus, h, i, j, m, n, k, l
    /// Those of the layout of 2020 on, which has numbers of its own.
    case eu, euPlus, newA, newB, newF, newFPlus
    /// Residence cards of children under 12.
    case kidsEU, kidsEUPlus, kidsA, kidsB, kidsK, kidsL, kidsF, kidsFPlus, kidsM

    /// As tag 0F has it.
    package var number: Int {
        switch self {
        case .identityCard: 1
        case .kidsID: 6
        case .bootstrapCard: 7
        case .authorisationCard: 8
        case .a: 11
        case .b: 12
        case .c: 13
        case .d: 14
        case .e: 15
        case .ePlus: 16
        case .f: 17
        case .fPlus: 18
        case .h: 19
        case .i: 20
        case .j: 21
        case .m: 22
        case .n: 23
        case .k: 27
        case .l: 28
        case .eu: 31
        case .euPlus: 32
        case .newA: 33
        case .newB: 34
        case .newF: 35
        case .newFPlus: 36
        case .kidsEU: 61
        case .kidsEUPlus: 62
        case .kidsA: 63
        case .kidsB: 64
        case .kidsK: 65
        case .kidsL: 66
        case .kidsF: 67
        case .kidsFPlus: 68
        case .kidsM: 69
        }
    }

    package var kind: CardKind? {
        switch number {
        case 1: .eID
        case 6: .kidsID
        case 7, 8: nil
        case 61...: .foreignerKids
        default: .foreigner
        }
    }
}
