package import EnrolmentCore

extension PartialDate {
    /// Reads a date as it stands on a card in Dutch, French or German: `01 JAN 1971`, `1 JAN 1971`,
    /// `24 MAAR 1970`, `21 DEC  1980`, `23.SEP.1980`, `22.DEZ. 1990`, `01.02.2014`, or a year alone.
    ///
    /// A day or month that is absent or cannot be read stays unknown. Nil without a year of four
    /// digits; the text itself is kept beside the date.
    package init?(cardText text: String) {
        let parts = text.uppercased().split { $0 == " " || $0 == "." || $0 == "\u{A0}" }
        guard let last = parts.last, last.utf8.count == 4, let year = Self.number(last), year > 0 else { return nil }
        let month = parts.count >= 2 ? Self.month(parts[parts.count - 2], inNumbers: parts.count == 3) : nil
        let day = parts.count == 3 ? Self.number(parts[0]) : nil
        // A day means nothing without its month.
        let isDay = month != nil && day.map { (1...31).contains($0) } == true
        self.init(year: year, month: month, day: isDay ? day : nil)
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), text.utf8.count <= 4
        else { return nil }
        return Int(text)
    }

    /// - Parameter inNumbers: whether digits are a month; in `01 1971` they are a day without one.
    private static func month(_ text: Substring, inNumbers: Bool) -> Int? {
        if inNumbers, let number = number(text) { return (1...12).contains(number) ? number : nil }
        return months[String(text)]
    }

    /// The months of all three languages; no name stands for two of them.
    private static let months: [String: Int] = [
        "JAN": 1, "FEB": 2, "FEV": 2, "FÉV": 2, "MAAR": 3, "MARS": 3, "MÄR": 3, "MAR": 3, "MRZ": 3, "APR": 4,
        "AVR": 4, "MEI": 5, "MAI": 5, "JUN": 6, "JUIN": 6, "JUL": 7, "JUIL": 7, "AUG": 8, "AOUT": 8, "AOÛT": 8,
        "SEP": 9, "SEPT": 9, "OKT": 10, "OCT": 10, "NOV": 11, "DEC": 12, "DÉC": 12, "DEZ": 12,
        // "MÄR" of cards whose maker mistook UTF-8 for Latin-1, or picked a letter that looks alike.
        "MÃ\u{FFFD}R": 3, "MÃR": 3, "MӒR": 3,
    ]
}
