/// A value that files hold as one text rather than as an object, because people write such files too.
package protocol TextCoded: Codable {
    var codedText: String { get }
    init?(codedText: String)
}

extension TextCoded {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(codedText: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Self.self)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(codedText)
    }
}

extension CalendarDate: TextCoded {
    package var codedText: String { iso8601 }
    package init?(codedText: String) { self.init(iso8601: codedText) }
}

extension PartialDate: TextCoded {
    package var codedText: String { iso8601 }

    /// Reads `1971`, `1971-03` and `1971-03-24`.
    package init?(codedText: String) {
        let parts = codedText.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), parts[0].count == 4, let year = Int(parts[0]), year >= 0
        else { return nil }
        let rest = parts.dropFirst().map { $0.count == 2 ? Int($0) : nil }
        guard rest.allSatisfy({ $0 != nil }) else { return nil }
        let numbers = rest.compactMap { $0 }
        guard numbers.first.map({ (1...12).contains($0) }) ?? true, numbers.count < 2 || (1...31).contains(numbers[1])
        else { return nil }
        self.init(year: year, month: numbers.first, day: numbers.count == 2 ? numbers[1] : nil)
    }
}

extension NationalNumber: TextCoded {
    package var codedText: String { digits }
    package init?(codedText: String) { self.init(codedText) }
}

extension CardNumber: TextCoded {
    package var codedText: String { text }
    package init?(codedText: String) { self.init(codedText) }
}
