import EnrolmentCore

@testable import PacketFormat

/// Complete enrolments of people who do not exist.
enum RecordFixtures {
    static let noon = Timestamp(milliseconds: 1_795_262_400_000)

    static func place(_ sequence: Int = 1, previous: String? = nil) -> PacketPlace {
        PacketPlace(
            id: StatementFixtures.packetID(UInt64(sequence)), sequence: sequence, previousManifestDigest: previous,
            sealedAt: noon, timeConfidence: .synchronised)
    }

    /// Two fingers, an exception of each kind, a photo, a signature, and a whole card.
    static func complete(isTraining: Bool = false) throws -> EnrolmentRecord {
        var record = try empty(isTraining: isTraining)
        let camera = DeviceDescription(product: "camera", serial: "c-1")
        record.card = card
        record.portrait = PortraitSample(
            jpeg: [0xFF, 0xD8, 0xFF] + AgeFixtures.plaintext(100_000) + [0xFF, 0xD9], width: 600, height: 800,
            capturedAt: noon, device: camera)
        record.fingers = [finger(.rightIndex, quality: 71), finger(.leftMiddle, quality: nil)]
        record.fingerExceptions = [
            .leftIndex: .unreadable, .leftThumb: .amputated, .leftRing: .bandaged, .leftLittle: .damaged,
            .rightLittle: .unusable,
        ]
        record.fingerLog = log
        record.fingerOutcome = .taken
        record.signature = .signed(signature)
        record.choices = EnrolmentChoices(certificates: .waived, procedure: .urgent, cardLanguage: .dutch)
        return record
    }

    /// No finger and no signature are possible: the least that a packet can hold.
    static func exempt() throws -> EnrolmentRecord {
        var record = try complete()
        record.fingers = []
        record.fingerExceptions = [:]
        record.fingerLog = []
        record.fingerOutcome = .temporarilyImpossible(
            Attest(issuedOn: CalendarDate(daysSinceEpoch: 20_770)), cardValidMonths: 12)
        record.signature = .exempt(.seriousIllness)
        return record
    }

    static func empty(isTraining: Bool = false) throws -> EnrolmentRecord {
        let citizen = Citizen(
            nationalNumber: NationalNumber("70032412343"), surname: "Voorbeeld", givenNames: "An Zoë",
            birthDate: PartialDate(year: 1970, month: 3, day: 24))
        let planned = PlannedCase(
            id: CaseID("case-1"), citizen: citizen, applyingFor: .eID,
            present: [PresentPerson(role: .carer, name: "B. \"Zorg\"\n")])
        let visit = Visit(
            id: VisitID("visit-1"), plannedFor: CalendarDate(daysSinceEpoch: 20_778), place: .careHome,
            address: CardAddress(streetAndNumber: "Dorp 1", postalCode: "8000", municipality: "Brugge"),
            eligibility: Eligibility(
                reason: .bedridden, attest: Attest(issuedOn: CalendarDate(daysSinceEpoch: 20_770))),
            cases: [planned])
        return EnrolmentRecord(
            visit: visit, planned: planned, officer: Officer(id: OfficerID("o-12")),
            kit: Kit(id: StatementFixtures.kit, isTraining: isTraining), startedAt: noon)
    }

    /// What led to the two fingers: a print like another's, a veto, a finger that was not good enough.
    private static var log: [FingerTrial] {
        func attempt(_ number: Int, _ score: Int, _ comparisons: [FingerComparison] = []) -> FingerTrial.Attempt {
            let sample = FingerSample(
                position: .leftIndex, image: GrayImage(width: 1, height: 1, pixels: [0]), quality: score,
                attempt: number, capturedAt: noon, device: DeviceDescription(product: "scanner"))
            let quality = FingerQuality(score: score, parts: [.ridgeClarity: 0.5], hints: [.pressHarder])
            return FingerTrial.Attempt(FingerAttempt(sample: sample, quality: quality, comparisons: comparisons))
        }
        var alike = attempt(1, 20, [FingerComparison(position: .rightIndex, attempt: 1, similarity: 55)])
        alike.rejection = .likeOtherFinger
        var smeared = attempt(2, 44)
        smeared.rejection = .officer(.smeared)
        return [
            FingerTrial(
                position: .rightIndex, threshold: 30, sameFinger: 40, attempts: [attempt(1, 71)], outcome: .sufficient,
                kept: 1),
            FingerTrial(
                position: .leftIndex, threshold: 30, sameFinger: 40, attempts: [alike, smeared],
                outcome: .replaced(by: .leftMiddle)),
            FingerTrial(
                position: .leftMiddle, threshold: 20, sameFinger: 40, attempts: [attempt(1, 15)], outcome: .accepted,
                kept: 1, acceptance: .obviousCondition),
        ]
    }

    private static var card: CardReading {
        let identity = CardIdentity(
            cardNumber: CardNumber("591000000042"), validFrom: CalendarDate(daysSinceEpoch: 18_000),
            validUntil: CalendarDate(daysSinceEpoch: 21_650), deliveryMunicipality: "Brugge",
            nationalNumber: NationalNumber("70032412343"), surname: "Voorbeeld", givenNames: "An Zoë",
            thirdNameInitial: "K", nationality: "Belg", birthPlace: "Brugge", birthDateText: "24 MAAR 1970",
            birthDate: PartialDate(year: 1970, month: 3), sex: .female, nobleCondition: "",
            documentType: CardDocumentType("01"), specialStatus: "0", photoDigest: [UInt8](repeating: 1, count: 20),
            otherFields: [:])
        let files = Dictionary(
            uniqueKeysWithValues: CardFile.allCases.enumerated().map {
                ($0.element, AgeFixtures.plaintext(900 + $0.offset))
            })
        return CardReading(
            files: files, chipNumber: Array(0..<16), appletVersion: 0x18, atr: [0x3B], identity: identity,
            address: CardAddress(streetAndNumber: "Dorp 1", postalCode: "8000", municipality: "Brugge"), readAt: noon)
    }

    /// A drawn pattern of lines, no real finger.
    private static func finger(_ position: FingerPosition, quality: Int?) -> FingerSample {
        let (width, height) = (256, 320)
        let pixels = (0..<(width * height)).map { index -> UInt8 in
            let (x, y) = (index % width - 128, index / width - 160)
            return UInt8((x * x + y * y) / 190 % 256)
        }
        return FingerSample(
            position: position, image: GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500),
            quality: quality, attempt: 1, capturedAt: noon,
            device: DeviceDescription(product: "scanner", serial: nil))
    }

    private static var signature: SignatureSample {
        let strokes = [0, 1].map { stroke in
            (0..<60).map {
                PenPoint(
                    x: 1_000 + $0 * 100, y: 2_000 + stroke * 900 + $0 % 7 * 90, pressure: 400,
                    milliseconds: stroke * 800 + $0 * 5)
            }
        }
        return SignatureSample(
            strokes: strokes,
            geometry: PadGeometry(
                maximumX: 9_600, maximumY: 6_000, maximumPressure: 1_023, widthInHundredthsOfMillimetre: 9_600,
                heightInHundredthsOfMillimetre: 6_000),
            capturedAt: noon, device: DeviceDescription(product: "pad", serial: "p-1"))
    }
}
