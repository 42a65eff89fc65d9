import EnrolmentCore

@testable import EnrolmentFlow

/// A made-up person whose card lies ready, and what devices and the card would answer.
enum DeliveryFixtures {
    typealias Shared = EnrolmentFixtures

    static let number = "591201099997"
    static let oldCard = ReplacedDocument.card(CardNumber("590000000123"))
    static let annex = ReplacedDocument.annex12("B12-2026-0077")
    static let adult = PartialDate(year: 1985, month: 7, day: 30)
    static let schoolchild = PartialDate(year: 2017, month: 7, day: 30)
    static let toddler = PartialDate(year: 2022, month: 7, day: 30)

    static func planned(
        born: PartialDate = adult, kind: CardKind = .eID, replaces: ReplacedDocument = oldCard,
        readySince: CalendarDate? = CalendarDate(iso8601: "2026-11-02"), present: [PresentPerson] = []
    ) -> PlannedCase {
        PlannedCase(
            id: CaseID("c1"),
            citizen: Citizen(
                nationalNumber: NationalNumber("85073003328"), surname: "Voorbe\u{E9}ld", givenNames: "An",
                birthDate: born), applyingFor: kind, present: present,
            delivery: ExpectedCard(
                cardNumber: CardNumber("591-2010999-97"), validFrom: CalendarDate(iso8601: "2026-11-01"),
                validUntil: CalendarDate(iso8601: "2036-11-01"), readySince: readySince, replaces: replaces))
    }

    static func record(_ planned: PlannedCase = planned(), isTraining: Bool = true) -> DeliveryRecord {
        let visit = Visit(
            id: VisitID("v1"), plannedFor: Shared.today, place: .careHome,
            address: CardAddress(streetAndNumber: "Dorpsstraat 1", postalCode: "8000", municipality: "Brugge"),
            eligibility: Eligibility(reason: .bedridden, attest: nil), cases: [planned])
        let record = DeliveryRecord(
            visit: visit, planned: planned, officer: Officer(id: OfficerID("o1")),
            kit: Kit(id: KitID("k1"), isTraining: isTraining), startedAt: Shared.now)
        guard let record else { preconditionFailure("the case is no delivery") }
        return record
    }

    static func machine(_ planned: PlannedCase = planned(), isTraining: Bool = true) -> DeliveryMachine {
        DeliveryMachine(record: record(planned, isTraining: isTraining), today: Shared.today)
    }

    /// Which certificates a card has.
    enum Certificates { case both, authentication, none }

    static func card(
        number: String = number, nationalNumber: String = "85073003328", surname: String = "Voorbee\u{301}ld",
        document: String = "01", until: String = "2036-11-01", from: String = "2026-11-01",
        certificates: Certificates = .both, applet: UInt8 = 0x18
    ) -> CardReading {
        var files: [CardFile: [UInt8]] = [.identity: [1], .photo: [0xFF, 0xD8]]
        if certificates != .none { files[.authenticationCertificate] = [0x30, 0] }
        // Cards of children hold zeroes where there is no certificate.
        files[.signatureCertificate] = certificates == .both ? [0x30, 0] : [0, 0]
        return CardReading(
            files: files, chipNumber: [UInt8](repeating: 7, count: 16), appletVersion: applet, atr: [],
            identity: CardIdentity(
                cardNumber: CardNumber(number), validFrom: CalendarDate(iso8601: from),
                validUntil: CalendarDate(iso8601: until), deliveryMunicipality: "Brugge",
                nationalNumber: NationalNumber(nationalNumber), surname: surname, givenNames: "An",
                thirdNameInitial: "", nationality: "Belg", birthPlace: "Brugge", birthDateText: "30 JUL 1985",
                birthDate: adult, sex: .female, nobleCondition: "", documentType: CardDocumentType(document),
                specialStatus: "0", photoDigest: [], otherFields: [:]), address: nil, readAt: Shared.now)
    }

    static func proof(_ verdict: CardVerdict = .revocationNotChecked, isTest: Bool = true) -> CardProof {
        CardProof(
            verdict: verdict, findings: [], isTest: isTest, root: "TEST", trustListVersion: 1, provenAt: Shared.now)
    }

    static func state(triesLeft: Int? = 3, applet: UInt8 = 0x18) -> DeliveryEvent {
        .pinStateKnown(.done(CardPINState(triesLeft: triesLeft, appletVersion: applet, hasPinpad: true)))
    }

    static func trial(_ key: CardHolderKey, _ verdict: HolderVerdict = .revocationNotChecked) -> DeliveryEvent {
        .certificateTried(
            key,
            .done(
                CertificateTrial(
                    key: key, statement: "trial", hash: .sha384,
                    signature: CardSignature(bytes: [1, 2], isEllipticCurve: true), verdict: verdict,
                    triedAt: Shared.now)))
    }

    static let unplugged = FailureReport(.device(.cardReader, .unplugged), kept: .draft)
    static let cancelled = FailureReport(.device(.cardReader, .cancelled), kept: .draft)
}
