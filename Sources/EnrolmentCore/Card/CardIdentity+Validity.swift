/// How a card's dates stand to a day.
package enum CardValidity: String, CaseIterable, Sendable, Codable {
    case valid, notYetValid, expired
    /// No end is on the card, or it cannot be read.
    case unknown
}

extension CardIdentity {
    /// Both days count: a card is valid on the first and on the last.
    package func validity(on day: CalendarDate) -> CardValidity {
        if let validUntil, validUntil < day { return .expired }
        if let validFrom, day < validFrom { return .notYetValid }
        return validUntil == nil ? .unknown : .valid
    }

    /// Whether a children's card is held by someone of 12 or more: allowed until the card expires, and a
    /// reason to look twice, since it holds no fingerprints.
    package func isOutgrown(on day: CalendarDate) -> Bool {
        guard documentType.kind?.holdsFingerprints == false, let birthDate else { return false }
        return birthDate.leastAge(on: day) >= 12
    }
}
