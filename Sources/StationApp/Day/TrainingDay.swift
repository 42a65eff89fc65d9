import DeviceEmulation
package import EnrolmentCore
import Foundation

/// A made-up day for training: visits, the people in them, and what the officer decides. Everything
/// about these people is invented; their cards, faces, fingers and ink are generated from it.
package struct TrainingDay: Sendable {
    package let officer: Officer
    package let visits: [Visit]
    /// One for each case.
    package let people: [CaseID: TrainingPerson]

    /// The day that is built into the program.
    package static func builtIn(today: CalendarDate) throws(FailureReport) -> TrainingDay {
        try TrainingDay(json: PackageResources.training_day_json, today: today)
    }

    /// - Parameter today: when the visits are; attests are dated back from it.
    /// - Throws: `input.invalidScript` with the place in the file.
    package init(json: [UInt8], today: CalendarDate) throws(FailureReport) {
        let file: DayFile
        do {
            file = try JSONDecoder().decode(DayFile.self, from: Data(json))
        } catch let error as DecodingError {
            throw FailureReport(.input(.invalidScript), detail: error.place, kept: .nothingToKeep)
        } catch {
            throw FailureReport(.input(.invalidScript), kept: .nothingToKeep)
        }
        var people: [CaseID: TrainingPerson] = [:]
        var visits: [Visit] = []
        for visit in file.visits {
            var cases: [PlannedCase] = []
            for entry in visit.people {
                let person = try TrainingPerson(entry, at: visit)
                people[CaseID(entry.id)] = person
                cases.append(
                    PlannedCase(
                        id: CaseID(entry.id), citizen: person.citizen, applyingFor: entry.applyingFor,
                        present: entry.present ?? [],
                        delivery: entry.delivery.map { person.expectedCard(replacing: $0.oldCard, today: today) }))
            }
            let attest = visit.attestDaysAgo.map {
                Attest(issuedOn: CalendarDate(daysSinceEpoch: today.daysSinceEpoch - $0))
            }
            visits.append(
                Visit(
                    id: VisitID(visit.id), plannedFor: today, place: visit.place, address: visit.address,
                    eligibility: Eligibility(reason: visit.reason, attest: attest), cases: cases))
        }
        officer = Officer(id: file.officer)
        self.visits = visits
        self.people = people
    }

    /// The applications of a visit as a script that needs no screens.
    package func script(for visit: Visit) -> EnrolmentScript {
        let answers = visit.cases.compactMap { planned in
            people[planned.id]?.answers.map { (planned.id.text, $0) }
        }
        return EnrolmentScript(
            officer: officer.id, visit: visit, answers: Dictionary(answers, uniquingKeysWith: { first, _ in first }))
    }
}

/// One invented person: who they are on paper, what their card is, and how the officer helps them.
package struct TrainingPerson: Sendable {
    let persona: CardPersona
    let document: CardDocument
    let applet: CardApplet
    /// Names the generated finger, face and ink; the same text gives the same person.
    package let seed: String
    /// What they answer when they apply for a card; nil for whom a finished one is brought.
    package let answers: EnrolmentScript.Answers?
    /// How their finished card is handed over, when that is what the officer comes for.
    let deliveryAnswers: DeliveryScript.Answers?

    fileprivate init(_ entry: DayFile.Person, at visit: DayFile.Visit) throws(FailureReport) {
        guard let applet = CardApplet(rawValue: entry.applet), let document = Self.document(entry.document),
            let language = CardLanguage(rawValue: entry.language), let born = entry.born.complete,
            (entry.answers == nil) != (entry.delivery == nil)
        else { throw FailureReport(.input(.invalidScript), detail: entry.id, kept: .nothingToKeep) }
        persona = CardPersona(
            surname: entry.surname, givenNames: entry.givenNames, sex: entry.sex == .male ? .male : .female,
            birth: CardDay(born.year, born.month, born.day), birthPlace: entry.birthPlace,
            nationality: entry.nationality, streetAndNumber: visit.streetAndNumber, postalCode: visit.postalCode,
            municipality: visit.municipality, language: language)
        self.document = document
        self.applet = applet
        seed = entry.id
        answers = entry.answers
        deliveryAnswers = entry.delivery.map { delivery in
            var answers = delivery.answers
            answers.oldCard = delivery.oldCard
            return answers
        }
    }

    var citizen: Citizen {
        Citizen(
            nationalNumber: NationalNumber(persona.nationalNumber), surname: persona.surname,
            givenNames: persona.givenNames,
            birthDate: PartialDate(year: persona.birth.year, month: persona.birth.month, day: persona.birth.day))
    }

    /// Tells this person's card from the next.
    var cardSerial: Int { Int(number % 9_999_999) + 1 }

    /// The person's own card as the one that is handed over; it has lain at the town hall for ten days.
    fileprivate func expectedCard(replacing oldCard: CardNumber, today: CalendarDate) -> ExpectedCard {
        ExpectedCard(
            cardNumber: CardNumber(document.cardNumber(serial: cardSerial)),
            readySince: CalendarDate(daysSinceEpoch: today.daysSinceEpoch - 10), replaces: .card(oldCard))
    }

    /// `belgian`, `kids`, or `foreigner-16` with the document type of tag 0F.
    private static func document(_ text: String) -> CardDocument? {
        switch text {
        case "belgian": return .belgian
        case "kids": return .kids(hasAuthenticationCertificate: true)
        default:
            guard text.hasPrefix("foreigner-"), let type = Int(text.dropFirst("foreigner-".count)) else { return nil }
            return .foreigner(type: type)
        }
    }
}

/// `training-day.json` as it is written.
private struct DayFile: Decodable {
    let officer: OfficerID
    let visits: [Visit]

    struct Visit: Decodable {
        let id: String
        let place: VisitPlace
        let streetAndNumber: String
        let postalCode: String
        let municipality: String
        let reason: Eligibility.Reason
        let attestDaysAgo: Int?
        let people: [Person]

        var address: CardAddress {
            CardAddress(streetAndNumber: streetAndNumber, postalCode: postalCode, municipality: municipality)
        }
    }

    struct Person: Decodable {
        enum Sex: String, Decodable { case male, female }

        let id: String
        let surname: String
        let givenNames: String
        let sex: Sex
        let born: PartialDate
        let birthPlace: String
        let nationality: String
        let language: String
        let applet: String
        let document: String
        let applyingFor: CardKind
        let present: [PresentPerson]?
        /// Of an application; exactly one of this and `delivery` is there.
        let answers: EnrolmentScript.Answers?
        let delivery: Delivery?
    }

    /// A finished card that is handed over: the person's own.
    struct Delivery: Decodable {
        let oldCard: CardNumber
        let answers: DeliveryScript.Answers
    }
}
