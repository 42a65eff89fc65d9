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
    /// The counter is a man's and the card a woman's, or the other way round.
    case otherSex
}

/// A number of the National Register, or a bis number, eleven digits: YYMMDD, a counter that is
/// odd for men, and a check.
package struct NationalNumber: Hashable, Sendable {
    /// As read, unchanged.
    package let digits: String

    package init(_ digits: String) { self.digits = digits }

    /// Whether it is a bis number (month raised by 20 or 40), as far as its form tells.
    package var isBis: Bool { parts?.isBis ?? false }

    /// `YY.MM.DD-XXX.CC`, or the raw text when it is malformed.
    package var formatted: String {
        guard parts != nil else { return digits }
        let d = Array(digits)
        return "\(String(d[0...1])).\(String(d[2...3])).\(String(d[4...5]))-\(String(d[6...8])).\(String(d[9...10]))"
    }

    /// - Parameters:
    ///   - birth: the date of birth beside it on the card; it chooses the century, each of which has a
    ///     check of its own. Without one either will do.
    ///   - sex: the sex beside it on the card; nil is not compared.
    package func warnings(birth: PartialDate?, sex: CardSex? = nil) -> [NumberWarning] {
        guard let parts else { return [.malformed] }
        var found: [NumberWarning] = []
        if !parts.satisfiesCheck(bornSince2000: birth.map { $0.year >= 2000 }) { found.append(.wrongChecksum) }
        if !parts.isDatePossible {
            found.append(.impossibleDate)
        } else if let birth, !parts.agrees(with: birth) {
            found.append(.otherBirthDate)
        }
        if let isMan = parts.isMan, sex == .male && !isMan || sex == .female && isMan { found.append(.otherSex) }
        return found
    }

    private var parts: NationalNumberParts? { NationalNumberParts(digits) }
}

/// What the digits of a national number stand for.
private struct NationalNumberParts {
    let year: Int
    /// As written: raised by 20 or 40 in a bis number.
    let writtenMonth: Int
    let day: Int
    let counter: Int
    /// All but the check.
    let body: Int
    let check: Int

    init?(_ digits: String) {
        guard digits.utf8.count == 11, digits.utf8.allSatisfy({ (48...57).contains($0) }), let all = Int(digits) else {
            return nil
        }
        body = all / 100
        check = all % 100
        year = body / 10_000_000
        writtenMonth = body / 100_000 % 100
        day = body / 1000 % 100
        counter = body % 1000
    }

    var isBis: Bool { (20...32).contains(writtenMonth) || (40...52).contains(writtenMonth) }

    /// 0 when it was not known or the counters of the month ran out.
    private var month: Int { isBis ? writtenMonth % 20 : writtenMonth }

    /// With a month of 0 the day counts numbers and is no day.
    var isDatePossible: Bool { month <= 12 && (month == 0 || day <= 31) }

    /// Whether nothing of the date was known: 1900-00-01 or 2000-00-01.
    private var isFictitious: Bool { year == 0 && month == 0 && day == 1 }

    /// Nil for a bis number of someone whose sex was not known.
    var isMan: Bool? { (20...32).contains(writtenMonth) ? nil : counter % 2 == 1 }

    func satisfiesCheck(bornSince2000: Bool?) -> Bool {
        let before = 97 - body % 97 == check
        let since = 97 - (2_000_000_000 + body) % 97 == check
        return bornSince2000.map { $0 ? since : before } ?? (before || since)
    }

    func agrees(with birth: PartialDate) -> Bool {
        if isFictitious { return true }
        guard birth.year % 100 == year else { return false }
        guard month != 0 else { return true }
        return month == birth.month ?? month && (day == 0 || day == birth.day ?? day)
    }
}

/// The number printed on a card.
package struct CardNumber: Hashable, Sendable {
    /// As read, unchanged: 12 digits on a Belgian card; 9 digits, with or without a `B`, on a
    /// foreigner's.
    package let text: String

    package init(_ text: String) { self.text = text }

    package var warnings: [NumberWarning] {
        guard let digits, let number = Int(digits) else { return [.malformed] }
        let remainder = number / 100 % 97
        return number % 100 == (remainder == 0 ? 97 : remainder) ? [] : [.wrongChecksum]
    }

    /// `123-1234567-12`, `B 1234567 48` or `1234567 48`; the raw text when it is malformed.
    package var formatted: String {
        guard let digits else { return text }
        let c = Array(digits)
        guard c.count == 9 else { return "\(String(c[0..<3]))-\(String(c[3..<10]))-\(String(c[10..<12]))" }
        return (text.hasPrefix("B") ? "B " : "") + "\(String(c[0..<7])) \(String(c[7..<9]))"
    }

    /// Twelve digits, or nine; nil for anything else.
    private var digits: String? {
        let isForeign = text.hasPrefix("B")
        let digits = isForeign ? String(text.dropFirst()) : text
        let length = digits.utf8.count
        guard length == 9 || length == 12 && !isForeign, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return digits
    }
}
