package import EnrolmentCore

/// Compares a card that was read with the one that was made ready for a case.
package enum DeliveryCheck {
    /// After so many months at the town hall a card is destroyed. Since when the months count (the
    /// invitation or its reminder) and whether it was already cancelled is the office's to know: a card
    /// that waited longer is handed over only when the officer says so.
    package static let monthsToCollect = 3

    package static func findings(
        card: CardReading, proof: CardProof?, record: DeliveryRecord, on day: CalendarDate
    ) -> [DeliveryFinding] {
        var found = identityFindings(card.identity, record)
        switch proof?.verdict {
        case .forged?: found.append(.forged)
        case .cannotBeChecked?, nil: found.append(.notProven)
        case .authentic?, .chainExpired?, .revocationNotChecked?: break
        }
        if proof?.isTest == true, !record.kit.isTraining { found.append(.testCard) }
        found += dateFindings(card.identity, record.expected, on: day)
        if card.photo?.isEmpty ?? true { found.append(.noPhoto) }
        if !card.identity.nationalNumber.warnings(birth: card.identity.birthDate).isEmpty {
            found.append(.nationalNumberDoubtful)
        }
        if !card.identity.cardNumber.warnings.isEmpty { found.append(.cardNumberDoubtful) }
        return DeliveryFinding.allCases.filter(found.contains)
    }

    private static func identityFindings(_ identity: CardIdentity, _ record: DeliveryRecord) -> [DeliveryFinding] {
        let citizen = record.planned.citizen
        var found: [DeliveryFinding] = []
        if identity.nationalNumber.digits != citizen.nationalNumber.digits {
            found.append(.otherPerson)
        } else if !isSameName(identity.surname, citizen.surname)
            || !isSameName(identity.givenNames, citizen.givenNames)
        {
            found.append(.otherName)
        }
        if !isSameNumber(identity.cardNumber.text, record.expected.cardNumber.text) { found.append(.otherCard) }
        if identity.documentType.kind != record.planned.applyingFor { found.append(.otherKind) }
        return found
    }

    private static func dateFindings(
        _ identity: CardIdentity, _ expected: ExpectedCard, on day: CalendarDate
    ) -> [DeliveryFinding] {
        var found: [DeliveryFinding] = []
        if let until = identity.validUntil, until < day { found.append(.expired) }
        if let from = identity.validFrom, from > day { found.append(.notYetValid) }
        let agrees =
            (expected.validFrom == nil || expected.validFrom == identity.validFrom)
            && (expected.validUntil == nil || expected.validUntil == identity.validUntil)
        if !agrees { found.append(.otherDates) }
        if let ready = expected.readySince, ready.fullMonths(until: day) >= monthsToCollect {
            found.append(.waitedTooLong)
        }
        return found
    }

    /// Strings are compared by canonical equivalence: é is é, in one scalar or in two.
    private static func isSameName(_ left: String, _ right: String) -> Bool { words(of: left) == words(of: right) }

    private static func words(of name: String) -> [Substring] { name.split(whereSeparator: \.isWhitespace) }

    /// As a person would say: without the spaces, dots and dashes that a number is printed with.
    static func isSameNumber(_ left: String, _ right: String) -> Bool { bare(left) == bare(right) }

    static func bare(_ number: String) -> String {
        String(number.filter { $0.isLetter || $0.isNumber }).uppercased()
    }
}

extension CalendarDate {
    /// Whole months of the calendar from this day; negative when `later` is earlier.
    func fullMonths(until later: CalendarDate) -> Int {
        (later.year - year) * 12 + later.month - month - (later.day < day ? 1 : 0)
    }
}

extension CardReading {
    /// Whether a certificate for this key is there: files of cards without one are absent, or zeroes.
    func hasCertificate(for key: CardHolderKey) -> Bool {
        let file: CardFile = key == .authentication ? .authenticationCertificate : .signatureCertificate
        // A DER sequence.
        return files[file]?.first == 0x30
    }
}
