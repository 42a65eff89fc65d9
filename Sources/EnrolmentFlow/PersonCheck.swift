package import EnrolmentCore

/// What the officer should look at before confirming that the card is the applicant's.
package enum PersonWarning: Hashable, Sendable {
    /// The national number of the card is not the planned one: the enrolment cannot go on.
    case otherPerson
    /// The card's content is not proven; when it is forged the enrolment cannot go on with it.
    case notProven(CardVerdict)
    /// The number is the planned one and the name is written otherwise: married, or planned in error.
    case otherName
    case nationalNumber(NumberWarning)
    case cardNumber(NumberWarning)
    case cardExpired, cardNotYetValid
    /// A children's card of someone of 12 or more.
    case cardOutgrown
    /// A field of the card is missing, or of a shape that cards do not have.
    case oddFields
    /// The document type is one that this program does not know.
    case unknownDocument
    /// The card kind that is applied for does not fit the age.
    case kindDoesNotFitAge
}

package enum PersonCheck {
    /// Compares a card with the plan. Only `otherPerson` and a forged card stop an enrolment.
    package static func warnings(
        card: CardReading, proof: CardProof?, planned: PlannedCase, on day: CalendarDate
    ) -> [PersonWarning] {
        let identity = card.identity
        var found: [PersonWarning] = []
        let isOtherPerson = identity.nationalNumber.digits != planned.citizen.nationalNumber.digits
        if isOtherPerson { found.append(.otherPerson) }
        if let verdict = proof?.verdict, !verdict.isTrusted { found.append(.notProven(verdict)) }
        if !isOtherPerson, !PersonName.areSame(identity.surname, planned.citizen.surname) { found.append(.otherName) }
        found += identity.nationalNumber.warnings(birth: identity.birthDate).map(PersonWarning.nationalNumber)
        found += identity.cardNumber.warnings.map(PersonWarning.cardNumber)
        switch identity.validity(on: day) {
        case .expired: found.append(.cardExpired)
        case .notYetValid: found.append(.cardNotYetValid)
        case .valid, .unknown: break
        }
        if identity.isOutgrown(on: day) { found.append(.cardOutgrown) }
        if !identity.warnings.isEmpty { found.append(.oddFields) }
        if identity.documentType.kind == nil { found.append(.unknownDocument) }
        if !kindFitsAge(planned, on: day) { found.append(.kindDoesNotFitAge) }
        return found
    }

    private static func kindFitsAge(_ planned: PlannedCase, on day: CalendarDate) -> Bool {
        let age = planned.citizen.birthDate.leastAge(on: day)
        // A card for someone who turns 12 soon is asked for some months ahead.
        return planned.applyingFor.holdsFingerprints ? age >= 11 : age < 12
    }
}
