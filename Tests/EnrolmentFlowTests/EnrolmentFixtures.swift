import EnrolmentCore
import EnrolmentFlow
import Foundation

/// A made-up applicant and the samples that devices would give.
enum EnrolmentFixtures {
    static let today = CalendarDate(year: 2026, month: 11, day: 21)!
    static let now = Timestamp(milliseconds: 1_795_000_000_000)
    static let device = DeviceDescription(product: "Test device")

    static func planned(
        born: PartialDate = PartialDate(year: 1985, month: 7, day: 30), kind: CardKind = .eID,
        surname: String = "Voorbeeld"
    ) -> PlannedCase {
        PlannedCase(
            id: CaseID("c1"),
            citizen: Citizen(
                nationalNumber: NationalNumber("85073003328"), surname: surname, givenNames: "An", birthDate: born),
            applyingFor: kind)
    }

    static func record(_ planned: PlannedCase = planned()) -> EnrolmentRecord {
        let visit = Visit(
            id: VisitID("v1"), plannedFor: today, place: .home,
            address: CardAddress(streetAndNumber: "Dorpsstraat 1", postalCode: "8000", municipality: "Brugge"),
            eligibility: Eligibility(reason: .bedridden, attest: nil), cases: [planned])
        return EnrolmentRecord(
            visit: visit, planned: planned, officer: Officer(id: OfficerID("o1")),
            kit: Kit(id: KitID("k1"), isTraining: true), startedAt: now)
    }

    static func machine(_ planned: PlannedCase = planned()) -> EnrolmentMachine {
        EnrolmentMachine(record: record(planned), rules: belgian, today: today)
    }

    static let belgian = rules("belgian")
    static let german = rules("german")

    /// The rules as they ship.
    static func rules(_ name: String) -> FingerRules {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        do {
            let file = root.appending(path: "offline-cache/rules/\(name).json")
            return try FingerRules(json: [UInt8](Data(contentsOf: file)))
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }

    static func proof(_ verdict: CardVerdict = .authentic) -> CardProof {
        CardProof(verdict: verdict, findings: [], isTest: true, root: "TEST", trustListVersion: 1, provenAt: now)
    }

    static func card(nationalNumber: String = "85073003328", surname: String = "Voorbeeld") -> CardReading {
        CardReading(
            files: [.identity: [1]], chipNumber: [], appletVersion: 0x18, atr: [],
            identity: CardIdentity(
                cardNumber: CardNumber("591201099997"), validFrom: nil,
                validUntil: CalendarDate(year: 2027, month: 1, day: 1), deliveryMunicipality: "Brugge",
                nationalNumber: NationalNumber(nationalNumber), surname: surname, givenNames: "An",
                thirdNameInitial: "", nationality: "Belg", birthPlace: "Brugge", birthDateText: "30 JUL 1985",
                birthDate: PartialDate(year: 1985, month: 7, day: 30), sex: .female, nobleCondition: "",
                documentType: CardDocumentType("1"), specialStatus: "0", photoDigest: [], otherFields: [:]),
            address: nil, readAt: now)
    }

    static let portrait = PortraitSample(jpeg: [0xFF, 0xD8], width: 2, height: 2, capturedAt: now, device: device)

    static func finger(
        _ position: FingerPosition, attempt: Int = 1, score: Int = 70, comparisons: [FingerComparison] = [],
        trigger: FingerAttempt.Trigger = .automatic
    ) -> FingerAttempt {
        let image = GrayImage(width: 1, height: 1, pixels: [UInt8(clamping: attempt)])
        return FingerAttempt(
            sample: FingerSample(
                position: position, image: image, quality: score, attempt: attempt, capturedAt: now, device: device),
            quality: FingerQuality(score: score), comparisons: comparisons, trigger: trigger)
    }

    static let signature = SignatureSample(
        strokes: [[PenPoint(x: 1, y: 1, pressure: 5, milliseconds: 0)]],
        geometry: PadGeometry(
            maximumX: 10, maximumY: 10, maximumPressure: 10, widthInHundredthsOfMillimetre: 100,
            heightInHundredthsOfMillimetre: 100), capturedAt: now, device: device)

    static let choices = EnrolmentChoices(certificates: .accepted, procedure: .normal, cardLanguage: .dutch)
    static let unplugged = FailureReport(.device(.scanner, .unplugged), kept: .draft)
    static let cancelled = FailureReport(.device(.scanner, .cancelled), kept: .draft)
    static let diskFull = FailureReport(.store(.diskFull), kept: .draft)
    static let packetID: PacketID = {
        var generator = SystemRandomNumberGenerator()
        return PacketID(at: now, using: &generator)
    }()
}

extension EnrolmentMachine {
    /// Feeds an event and answers each save as a store that never fails does.
    /// - Returns: the effects other than the saves.
    @discardableResult
    mutating func drive(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        var pending = handle(event)
        var others: [EnrolmentEffect] = []
        while !pending.isEmpty {
            let effect = pending.removeFirst()
            if case .saveDraft(let draft) = effect {
                pending += handle(.draftSaved(revision: draft.revision))
            } else {
                others.append(effect)
            }
        }
        return others
    }

    mutating func drive(_ events: [EnrolmentEvent]) {
        for event in events { drive(event) }
    }
}
