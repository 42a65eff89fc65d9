/// One address on one day, where an officer helps one or more people.
package struct Visit: Hashable, Sendable, Codable {
    package let id: VisitID
    package let plannedFor: CalendarDate
    package let place: VisitPlace
    package let address: CardAddress
    package let eligibility: Eligibility
    package let cases: [PlannedCase]

    package init(
        id: VisitID, plannedFor: CalendarDate, place: VisitPlace, address: CardAddress, eligibility: Eligibility,
        cases: [PlannedCase]
    ) {
        self.id = id
        self.plannedFor = plannedFor
        self.place = place
        self.address = address
        self.eligibility = eligibility
        self.cases = cases
    }
}

/// One person's business in a visit, as the office planned it.
package struct PlannedCase: Hashable, Sendable, Codable {
    package let id: CaseID
    package let citizen: Citizen
    /// Of a delivery, the kind that is handed over.
    package let applyingFor: CardKind
    package let present: [PresentPerson]
    /// The finished card that is handed over; nil when an application is taken.
    package let delivery: ExpectedCard?

    package init(
        id: CaseID, citizen: Citizen, applyingFor: CardKind, present: [PresentPerson] = [],
        delivery: ExpectedCard? = nil
    ) {
        self.id = id
        self.citizen = citizen
        self.applyingFor = applyingFor
        self.present = present
        self.delivery = delivery
    }
}

/// A finished card as the office knows it before it is handed over.
package struct ExpectedCard: Hashable, Sendable, Codable {
    package let cardNumber: CardNumber
    /// As printed on the card; absent, they are not compared.
    package let validFrom: CalendarDate?
    package let validUntil: CalendarDate?
    /// Since when it lies ready at the town hall: after three months a card is destroyed.
    package let readySince: CalendarDate?
    /// What the citizen hands in for it.
    package let replaces: ReplacedDocument

    package init(
        cardNumber: CardNumber, validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil,
        readySince: CalendarDate? = nil, replaces: ReplacedDocument
    ) {
        self.cardNumber = cardNumber
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.readySince = readySince
        self.replaces = replaces
    }
}

/// What is taken in when a new card is handed over.
package enum ReplacedDocument: Hashable, Sendable, Codable {
    /// The first card: there is nothing to take in.
    case nothing
    /// The old card.
    case card(CardNumber)
    /// The attest that stood in for a lost card.
    case annex12(String)
}

/// The applicant as the office knows them before the visit.
package struct Citizen: Hashable, Sendable, Codable {
    package let nationalNumber: NationalNumber
    package let surname: String
    package let givenNames: String
    package let birthDate: PartialDate

    package init(nationalNumber: NationalNumber, surname: String, givenNames: String, birthDate: PartialDate) {
        self.nationalNumber = nationalNumber
        self.surname = surname
        self.givenNames = givenNames
        self.birthDate = birthDate
    }
}

package enum VisitPlace: String, CaseIterable, Sendable, Codable {
    case home, careHome, hospital, rehabilitation, psychiatricWard, prison
}

/// Why the officer comes to the person, so that nobody is favoured or refused at will.
package struct Eligibility: Hashable, Sendable, Codable {
    package let reason: Reason
    /// Asked for where the place itself does not show the reason.
    package let attest: Attest?

    package enum Reason: String, CaseIterable, Sendable, Codable {
        case bedridden, reducedMobility, closedWard, hospitalised, detained
    }

    package init(reason: Reason, attest: Attest?) {
        self.reason = reason
        self.attest = attest
    }
}

/// A medical certificate: only its date is kept, since what it says is nobody's business here.
package struct Attest: Hashable, Sendable, Codable {
    package let issuedOn: CalendarDate

    package init(issuedOn: CalendarDate) { self.issuedOn = issuedOn }

    /// Whether it is younger than so many months of the calendar: one of 21 October is a month old on
    /// 21 November. One from the future never counts.
    package func isYounger(thanMonths months: Int, on day: CalendarDate) -> Bool {
        let full = (day.year - issuedOn.year) * 12 + day.month - issuedOn.month - (day.day < issuedOn.day ? 1 : 0)
        return issuedOn <= day && full < months
    }
}

/// Someone beside the applicant.
package struct PresentPerson: Hashable, Sendable, Codable {
    package let role: Role
    package let name: String

    package enum Role: String, CaseIterable, Sendable, Codable {
        case parent, guardian, administrator, mandatary, interpreter, carer
    }

    package init(role: Role, name: String) {
        self.role = role
        self.name = name
    }

    /// Whether this person may decide for an applicant who cannot.
    package var representsApplicant: Bool { role != .interpreter && role != .carer }
}

/// The officer who made the visit, by staff number.
package struct Officer: Hashable, Sendable, Codable {
    package let id: OfficerID
    /// How they have shown who they are; nil counts as claimed.
    package let proof: OfficerProof?

    package init(id: OfficerID, proof: OfficerProof? = nil) {
        self.id = id
        self.proof = proof
    }
}

/// The laptop and its devices.
package struct Kit: Hashable, Sendable, Codable {
    package let id: KitID
    /// Emulated devices and `demo`: central refuses what such a kit seals as a real application.
    package let isTraining: Bool

    package init(id: KitID, isTraining: Bool) {
        self.id = id
        self.isTraining = isTraining
    }
}
