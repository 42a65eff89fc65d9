import EnrolmentCore

/// A date as it stands on a card, and whether all that stands there was understood.
struct CardDateText: Hashable, Sendable {
    let date: PartialDate?
    /// False when something is there that is no part of a date, or a day that no month has. Blanks are
    /// understood: they stand for what is unknown.
    let isUnderstood: Bool

    /// Reads Dutch, French and German: `01 JAN 1971`, `1 JAN 1971`, `24 MAAR 1970`, `21 DEC  1980`,
    /// `23.SEP.1980`, `22.DEZ. 1990`, `01.02.2014`, or a year alone, in capitals or not.
    init(_ text: String) {
        let parts = text.uppercased().split { $0 == " " || $0 == "." || $0 == "\u{A0}" }
        guard let last = parts.last, let year = Self.number(last, digits: 4), year > 0 else {
            date = nil
            isUnderstood = parts.isEmpty
            return
        }
        let before = parts.dropLast()
        let isWholeForm = before.count == 2
        let month = before.last.flatMap { Self.month($0, inNumbers: isWholeForm) }
        let day = isWholeForm ? before.first.flatMap { Self.number($0, digits: 2) } : nil
        // A day means nothing without its month.
        let isDay = month != nil && day.map { (1...31).contains($0) } == true
        let date = PartialDate(year: year, month: month, day: isDay ? day : nil)
        self.date = date
        isUnderstood =
            switch before.count {
            case 0: true
            case 1: month != nil || Self.number(before[before.startIndex], digits: 2) != nil
            case 2: date.complete != nil || day == 0 && (month != nil || Self.isZero(before.last))
            default: false
            }
    }

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits == 4 ? text.utf8.count == 4 : (1...digits).contains(text.utf8.count)
        else { return nil }
        return Int(text)
    }

    /// Zeros stand for what is unknown, as blanks do.
    private static func isZero(_ text: Substring?) -> Bool { text.flatMap { number($0, digits: 2) } == 0 }

    /// - Parameter inNumbers: whether digits are a month; in `01 1971` they are a day without one.
    private static func month(_ text: Substring, inNumbers: Bool) -> Int? {
        if inNumbers, let number = number(text, digits: 2) { return (1...12).contains(number) ? number : nil }
        return months[String(text)]
    }

    /// The months of all three languages; no name stands for two of them.
    private static let months: [String: Int] = [
        "JAN": 1, "FEB": 2, "FEV": 2, "FÉV": 2, "MAAR": 3, "MARS": 3, "MÄR": 3, "MAR": 3, "MRZ": 3, "APR": 4,
        "AVR": 4, "MEI": 5, "MAI": 5, "JUN": 6, "JUIN": 6, "JUL": 7, "JUIL": 7, "AUG": 8, "AOUT": 8, "AOÛT": 8,
        "SEP": 9, "SEPT": 9, "OKT": 10, "OCT": 10, "NOV": 11, "DEC": 12, "DÉC": 12, "DEZ": 12,
        // "MÄR" by a maker who took UTF-8 for Latin-1 or Windows-1252, or Latin-1 for UTF-8, or picked a
        // letter that looks alike.
        "MÃ\u{FFFD}R": 3, "MÃ„R": 3, "MÃ¤R": 3, "MÃR": 3, "M\u{FFFD}R": 3, "MӒR": 3,
    ]
}
