import Foundation

/// From when until when a certificate holds.
package struct TestCardValidity: Hashable, Sendable {
    package var from: CardDay
    package var until: CardDay

    package init(from: CardDay, until: CardDay) {
        self.from = from
        self.until = until
    }

    /// Long enough for any test.
    package static let long = TestCardValidity(from: CardDay(2020, 1, 1), until: CardDay(2040, 1, 1))
    /// As long as the root behind most cards of applet 1.1 held.
    package static let over = TestCardValidity(from: CardDay(2007, 10, 4), until: CardDay(2021, 12, 15))
}

extension CardDay {
    /// In UTC; days from civil, in years that begin in March.
    var midnight: Date {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Date(timeIntervalSince1970: Double(era * 146_097 + dayOfEra - 719_468) * 86_400)
    }
}
