import EnrolmentCore
import Foundation
import Testing

@Suite("The identity on a card") struct CardIdentityTests {
    private func identity(
        documentType: String = "01", validFrom: CalendarDate? = nil, validUntil: CalendarDate? = nil,
        birthDate: PartialDate? = nil, surname: String = "Voorbeeld"
    ) -> CardIdentity {
        CardIdentity(
            cardNumber: CardNumber("591201099997"), validFrom: validFrom, validUntil: validUntil,
            deliveryMunicipality: "Brugge", nationalNumber: NationalNumber("85073003328"), surname: surname,
            givenNames: "Alma", thirdNameInitial: "", nationality: "Belg", birthPlace: "Brugge", birthDateText: "1985",
            birthDate: birthDate, sex: .female, nobleCondition: "", documentType: CardDocumentType(documentType),
            specialStatus: "2", photoDigest: [1], otherFields: [0x63: [1]], fileVersion: [0, 1], chipNumber: [2],
            validFromText: "x", validUntilText: "y", basicKeyDigest: [3],
            residence: CardResidence(
                isFamilyMember: true, protection: CardProtection(text: "?", since: nil, country: nil),
                purpose: CardCode("D")),
            warnings: [CardFieldWarning(.identity, 7, .duplicate)])
    }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso8601: text)) }

    @Test("is coded and read back whole, names scalar for scalar")
    func coding() throws {
        let before = identity(surname: "Dene a\u{315}A\u{30D}e\u{301}")
        let after = try JSONDecoder().decode(CardIdentity.self, from: JSONEncoder().encode(before))
        #expect(after == before)
        #expect(after.surname.unicodeScalars.elementsEqual(before.surname.unicodeScalars))
    }

    @Test("that was kept before residence cards were understood is read")
    func oldDraft() throws {
        let coded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(identity()))
        var object = try #require(coded as? [String: Any])
        for key in [
            "fileVersion", "chipNumber", "validFromText", "validUntilText", "basicKeyDigest", "residence", "warnings",
        ] {
            #expect(object.removeValue(forKey: key) != nil)
        }
        let old = try JSONDecoder().decode(CardIdentity.self, from: JSONSerialization.data(withJSONObject: object))
        #expect(old.surname == "Voorbeeld")
        #expect(old.residence == nil)
        #expect(old.warnings.isEmpty)
    }

    @Test("Case 23: a card is valid on its first and on its last day, and not around them")
    func validity() throws {
        let card = identity(validFrom: try day("2022-03-01"), validUntil: try day("2032-02-29"))
        #expect(card.validity(on: try day("2022-02-28")) == .notYetValid)
        #expect(card.validity(on: try day("2022-03-01")) == .valid)
        #expect(card.validity(on: try day("2032-02-29")) == .valid)
        #expect(card.validity(on: try day("2032-03-01")) == .expired)
        #expect(identity().validity(on: try day("2026-11-22")) == .unknown)
        #expect(identity(validFrom: try day("2027-01-01")).validity(on: try day("2026-11-22")) == .notYetValid)
        #expect(identity(validUntil: try day("2027-01-01")).validity(on: try day("2026-11-22")) == .valid)
    }

    @Test("Case 23: a children's card may outlive its holder's twelfth birthday")
    func outgrown() throws {
        let child = PartialDate(year: 2014, month: 11, day: 23)
        for kids in ["06", "6", "61", "69"] {
            #expect(!identity(documentType: kids, birthDate: child).isOutgrown(on: try day("2026-11-22")))
            #expect(identity(documentType: kids, birthDate: child).isOutgrown(on: try day("2026-11-23")))
        }
        #expect(!identity(documentType: "6", birthDate: PartialDate(year: 2014)).isOutgrown(on: try day("2026-12-30")))
        #expect(!identity(documentType: "1", birthDate: child).isOutgrown(on: try day("2040-01-01")))
        #expect(!identity(documentType: "6").isOutgrown(on: try day("2040-01-01")))
        #expect(!identity(documentType: "99", birthDate: child).isOutgrown(on: try day("2040-01-01")))
    }

    @Test("Case 19: 1 and 01 are the same document, and what is unknown is shown as it is")
    func documents() {
        #expect(CardDocumentType("1").name == .identityCard)
        #expect(CardDocumentType("01").name == .identityCard)
        #expect(CardDocumentType("16").name == .ePlus)
        #expect(CardDocumentType("69").kind == .foreignerKids)
        #expect(CardDocumentType("7").kind == nil)
        for odd in ["", "0", "99", "001", "+1", "-1", "1 ", "A", "١"] {
            #expect(CardDocumentType(odd).name == nil, "\(odd)")
            #expect(CardDocumentType(odd).text == odd)
        }
        #expect(Set(CardDocumentName.allCases.map(\.number)).count == CardDocumentName.allCases.count)
        let foreign = CardDocumentName.allCases.filter { $0.kind == .foreigner }.map(\.number)
        #expect(foreign == [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 27, 28, 31, 32, 33, 34, 35, 36])
        let children = CardDocumentName.allCases.filter { $0.kind == .foreignerKids }.map(\.number)
        #expect(children == Array(61...69))
    }

    @Test("Codes mean what the documents say, and an unknown one is kept")
    func codes() {
        #expect(identity().status == .extendedMinority)
        #expect(CardSpecialStatus.allCases.map(\.code) == ["0", "1", "2", "3", "4", "5"])
        #expect(CardOrganisation.allCases.map(\.code) == ["1", "2", "4", "5"])
        #expect(CardLabourMarket.allCases.map(\.code) == ["7", "8", "9", "A"])
        #expect(CardAPurpose.allCases.map(\.code) == ["A", "D", "E", "F", "G", "H", "I", "J"])
        #expect(CardCode<CardBrexitAgreement>("B").meaning == .article18)
        #expect(CardCode<CardBrexitStay>("C").meaning == .permanent)
        #expect(CardCode<CardAMobility>("K").meaning == .programme)
        #expect(CardCode<CardOrganisation>("3").meaning == nil)
        #expect(CardCode<CardOrganisation>("").meaning == nil)
    }
}
