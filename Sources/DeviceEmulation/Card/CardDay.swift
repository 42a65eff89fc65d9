/// A day as it is written on a card.
package struct CardDay: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(_ year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// `21.11.2026`.
    var dotted: String { "\(Self.padded(day)).\(Self.padded(month)).\(year)" }

    /// `21 NOV 2026`, in the language of the card.
    func spelled(in language: CardLanguage) -> String {
        let names = language.months
        let name = names.indices.contains(month - 1) ? names[month - 1] : ""
        let separator = language == .german ? "." : " "
        return [Self.padded(day), name, String(year)].joined(separator: separator)
    }

    static func padded(_ number: Int) -> String {
        let digits = String(number)
        return digits.utf8.count < 2 ? "0" + digits : digits
    }
}

/// The language in which a card is made.
package enum CardLanguage: String, Hashable, Sendable, CaseIterable {
    case dutch, french, german

    var months: [String] {
        switch self {
        case .dutch: ["JAN", "FEB", "MAAR", "APR", "MEI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC"]
        case .french: ["JAN", "FEV", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOUT", "SEPT", "OCT", "NOV", "DEC"]
        case .german: ["JAN", "FEB", "MÄR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEZ"]
        }
    }

    var womanLetter: String {
        switch self {
        case .dutch: "V"
        case .french: "F"
        case .german: "W"
        }
    }
}
