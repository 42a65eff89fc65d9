import EnrolmentCore

extension CardIdentity {
    /// What was odd about the content of the fields, in the order of their tags.
    func oddities(of fields: CardFields) -> [CardFieldWarning] {
        let isPerson = documentType.name.map { $0.kind != nil } ?? true
        return CardIdentityField.allCases.flatMap { field -> [CardFieldWarning] in
            guard let value = fields[field] else {
                // Behind a flaw nothing is known to be missing.
                let isMissed = field.isExpected && isPerson && fields.flaw == nil
                return isMissed ? [warning(field, .missing)] : []
            }
            var found = field.isText ? fields.textWarnings(field.rawValue, of: .identity) : []
            if let lengths = field.lengths, !lengths.contains(value.count) {
                found.append(warning(field, .unknownValue))
            }
            if let date = date(field, in: fields), !date { found.append(warning(field, .unreadableDate)) }
            if !isDocumented(field) { found.append(warning(field, .unknownValue)) }
            return found
        }
    }

    private func warning(_ field: CardIdentityField, _ kind: CardFieldWarning.Kind) -> CardFieldWarning {
        CardFieldWarning(.identity, field.rawValue, kind)
    }

    /// Whether a date was understood; nil for what is no date.
    private func date(_ field: CardIdentityField, in fields: CardFields) -> Bool? {
        switch field {
        case .birthDate: CardDateText(birthDateText).isUnderstood
        case .validFrom: validFromText.isEmpty || validFrom != nil
        case .validUntil: validUntilText.isEmpty || validUntil != nil
        case .euStart: residence.map { $0.euStartText.isEmpty || $0.euStart != nil }
        case .protection: residence?.protection.map { $0.since != nil && $0.country != nil }
        default: nil
        }
    }

    /// Whether a code is one of those that are documented; empty ones are.
    private func isDocumented(_ field: CardIdentityField) -> Bool {
        func isKnown<Meaning>(_ code: CardCode<Meaning>?) -> Bool {
            code.map { $0.text.isEmpty || $0.meaning != nil } ?? true
        }
        return switch field {
        case .sex: if case .other = sex { false } else { true }
        case .documentType: documentType.name != nil
        case .specialStatus: specialStatus.isEmpty || status != nil
        case .organisation: isKnown(residence?.organisation)
        case .labourMarket: isKnown(residence?.labourMarket)
        case .brexitAgreement: isKnown(residence?.brexitAgreement)
        case .brexitStay: isKnown(residence?.brexitStay)
        case .purpose: isKnown(residence?.purpose)
        case .mobility: isKnown(residence?.mobility)
        default: true
        }
    }
}
