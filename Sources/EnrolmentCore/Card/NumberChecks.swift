/// What a check of a number found. A warning is shown and never stops a reading: official specimen
/// cards carry numbers whose checks fail.
package enum NumberWarning: String, Sendable, Codable, CaseIterable {
    /// Not the number of digits, or not digits.
    case malformed
    case wrongChecksum
    /// The digits cannot be a date of birth; numbers whose counter ran out look like this.
    case impossibleDate
    /// The date in the number and the date of birth disagree.
    case otherBirthDate
}

/// A number of the National Register, or a bis number, eleven digits: YYMMDD, a counter that is
/// odd for men, and a check.
package struct NationalNumber: Hashable, Sendable {
    /// As read, unchanged.
    package let digits: String

    package init(_ digits: String) { self.digits = digits }

    /// Whether it is a bis number (month raised by 20 or 40), as far as its form tells.
    package var isBis: Bool {
        guard let parts else { return false }
        return (20...32).contains(parts.month) || (40...52).contains(parts.month)
    }

    /// `YY.MM.DD-XXX.CC`, or the raw text when it is malformed.
    package var formatted: String {
        guard parts != nil else { return digits }
        let d = Array(digits)
        return "\(String(d[0...1])).\(String(d[2...3])).\(String(d[4...5]))-\(String(d[6...8])).\(String(d[9...10]))"
    }

    /// - Parameter birth: the date of birth beside it on the card; it chooses the century, since
    ///   a number can satisfy the check of both by chance.
    package func warnings(birth: PartialDate?) -> [NumberWarning] {
        guard let parts else { return [.malformed] }
        var found: [NumberWarning] = []
        let bornSince2000 = birth.map { $0.year >= 2000 }
        let before = 97 - parts.body % 97 == parts.check
        let since = 97 - (2_000_000_000 + parts.body) % 97 == parts.check
        switch bornSince2000 {
        case true?: if !since { found.append(.wrongChecksum) }
        case false?: if !before { found.append(.wrongChecksum) }
        case nil: if !before && !since { found.append(.wrongChecksum) }
        }
        let month = isBis ? parts.month % 20 : parts.month
        if month > 12 || parts.day > 31 {
            found.append(.impossibleDate)
        } else if let birth,
            birth.year % 100 != parts.year || differs(month, birth.month) || differs(parts.day, birth.day)
        {
            found.append(.otherBirthDate)
        }
        return found
    }

    /// Zero in the number means unknown, and so agrees with anything.
    private func differs(_ inNumber: Int, _ known: Int?) -> Bool {
        guard inNumber != 0, let known else { return false }
        return inNumber != known
    }

    private var parts: (year: Int, month: Int, day: Int, body: Int, check: Int)? {
        guard digits.utf8.count == 11, digits.utf8.allSatisfy({ (48...57).contains($0) }), let all = Int(digits) else {
            return nil
        }
        let body = all / 100
        return (body / 10_000_000, body / 100_000 % 100, body / 1000 % 100, body, all % 100)
    }
}

/// The number printed on a card.
package struct CardNumber: Hashable, Sendable {
    /// As read, unchanged: 12 digits on a Belgian card; 9 digits, with or without a `B`, on a
    /// foreigner's.
    package let text: String

    package init(_ text: String) { self.text = text }

    package var warnings: [NumberWarning] {
        if text.utf8.count == 12, let number = Int(text) {
            return matches(number % 100, number / 100) ? [] : [.wrongChecksum]
        }
        let digits = text.hasPrefix("B") ? String(text.dropFirst()) : text
        guard digits.utf8.count == 9, let number = Int(digits) else { return [.malformed] }
        return matches(number % 100, number / 100) ? [] : [.wrongChecksum]
    }

    /// `123-1234567-12` or `B 1234567 48`; the raw text when it is malformed.
    package var formatted: String {
        let c = Array(text)
        switch (c.count, c.first) {
        case (12, _): return "\(String(c[0..<3]))-\(String(c[3..<10]))-\(String(c[10..<12]))"
        case (10, "B"): return "B \(String(c[1..<8])) \(String(c[8..<10]))"
        default: return text
        }
    }

    private func matches(_ check: Int, _ body: Int) -> Bool {
        let remainder = body % 97
        return check == (remainder == 0 ? 97 : remainder)
    }
}
