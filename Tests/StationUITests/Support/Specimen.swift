import EnrolmentCore
import EnrolmentFlow
import OfflineCacheSchema

/// Invented people and computed pictures: nobody's face, finger or card.
enum Specimen {
    static let today = CalendarDate(daysSinceEpoch: 20_778)  // 21 November 2026
    static let morning = Timestamp(milliseconds: 20_778 * 86_400_000 + 8 * 3_600_000 + 4 * 60_000)
    static let offset = Duration.seconds(3600)
    static let kit = Kit(id: KitID("kit-07"), isTraining: true)
    static let device = DeviceDescription(product: "Emulated")

    /// With the check digits that belong to it.
    static func number(_ birth: CalendarDate, counter: Int) -> NationalNumber {
        let body = (birth.year % 100) * 10_000_000 + birth.month * 100_000 + birth.day * 1000 + counter
        let check = 97 - (birth.year >= 2000 ? 2_000_000_000 + body : body) % 97
        let digits = String(body * 100 + check)
        return NationalNumber(String(repeating: "0", count: 11 - digits.count) + digits)
    }

    static func citizen(_ surname: String, _ given: String, _ birth: CalendarDate, counter: Int) -> Citizen {
        Citizen(
            nationalNumber: number(birth, counter: counter), surname: surname, givenNames: given,
            birthDate: PartialDate(birth))
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
        CalendarDate(year: year, month: month, day: day) ?? today
    }

    static let peeters = citizen("Peeters", "Jan Willem", day(1950, 3, 24), counter: 117)
    static let janssens = citizen("Janssens", "Maria", day(1938, 11, 2), counter: 204)
    static let child = citizen("Müller-Çelik", "Zoë", day(2019, 6, 7), counter: 12)

    static let visits = [
        Visit(
            id: VisitID("V1"), plannedFor: today, place: .careHome,
            address: CardAddress(streetAndNumber: "Kerkstraat 12", postalCode: "9000", municipality: "Gent"),
            eligibility: Eligibility(reason: .reducedMobility, attest: nil),
            cases: [
                PlannedCase(id: CaseID("V1-1"), citizen: peeters, applyingFor: .eID),
                PlannedCase(id: CaseID("V1-2"), citizen: janssens, applyingFor: .eID),
            ]),
        Visit(
            id: VisitID("V2"), plannedFor: today, place: .home,
            address: CardAddress(streetAndNumber: "Dorpsplein 3 bus 2", postalCode: "9040", municipality: "Gent"),
            eligibility: Eligibility(reason: .bedridden, attest: nil),
            cases: [PlannedCase(id: CaseID("V2-1"), citizen: child, applyingFor: .kidsID)]),
    ]

    /// A proof without its parts; all invented cards chain to a test root.
    static func proof(_ verdict: CardVerdict = .revocationNotChecked) -> CardProof {
        CardProof(verdict: verdict, findings: [], isTest: true, root: "TEST", trustListVersion: 1, provenAt: morning)
    }

    static func card(of citizen: Citizen) -> CardReading {
        let body = 5_921_234_567
        let check = body % 97 == 0 ? 97 : body % 97
        let identity = CardIdentity(
            cardNumber: CardNumber("\(body * 100 + check)"), validFrom: day(2017, 1, 9), validUntil: day(2027, 1, 9),
            deliveryMunicipality: "Gent", nationalNumber: citizen.nationalNumber, surname: citizen.surname,
            givenNames: citizen.givenNames, thirdNameInitial: "", nationality: "Belg", birthPlace: "Gent",
            birthDateText: "24 MAAR 1950", birthDate: citizen.birthDate, sex: .male, nobleCondition: "",
            documentType: CardDocumentType("01"), specialStatus: "0", photoDigest: [], otherFields: [:])
        return CardReading(
            files: [:], chipNumber: Array(repeating: 7, count: 16), appletVersion: 0x17, atr: [], identity: identity,
            address: visits[0].address, readAt: morning)
    }

    static let portrait = PortraitSample(
        jpeg: [0xFF, 0xD8], width: 480, height: 600, capturedAt: morning, device: device)

    /// The rules that the program carries.
    static let rules: FingerRules = {
        do {
            return try FingerRules(json: FingerRuleSet.belgian.json)
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static func finger(
        _ position: FingerPosition, attempt: Int, score: Int = 63, parts: [FingerQuality.Part: Double] = [:],
        hints: [PlacementHint] = [], comparisons: [FingerComparison] = []
    ) -> FingerAttempt {
        FingerAttempt(
            sample: FingerSample(
                position: position, image: ridges, quality: score, attempt: attempt, capturedAt: morning,
                device: device),
            quality: FingerQuality(score: score, parts: parts, hints: hints), comparisons: comparisons)
    }

    static func preview(score: Int, hints: [PlacementHint]) -> FingerPreview {
        FingerPreview(image: ridges, score: score, hints: hints)
    }

    static let geometry = PadGeometry(
        maximumX: 9600, maximumY: 6000, maximumPressure: 1023, widthInHundredthsOfMillimetre: 9600,
        heightInHundredthsOfMillimetre: 6000)

    static let signature = SignatureSample(
        strokes: strokes, geometry: geometry, capturedAt: morning, device: device)

    static let strokes: [[PenPoint]] = [
        (0..<60).map {
            PenPoint(x: 1200 + $0 * 90, y: zigzag($0 * 300, 3600) + 900, pressure: 400, milliseconds: $0 * 8)
        },
        (0..<20).map { PenPoint(x: 1600 + $0 * 300, y: 4700 - $0 * 20, pressure: 500, milliseconds: 600 + $0 * 8) },
    ]

    static let packet = PacketID("0193f5c2-7b1a-7cde-8f01-23456789abcd")

    /// Rings like a whorl, dark on white.
    static let ridges: GrayImage = {
        let (width, height) = (150, 200)
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (x - 75, (y - 90) * 3 / 4)
                let distance = dx * dx + dy * dy
                let ring = (0..<200).first { $0 * $0 > distance } ?? 200
                pixels.append(ring > 70 ? 255 : ring % 10 < 5 ? 40 : 235)
            }
        }
        return GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
    }()

    /// A head and shoulders of flat colours.
    static func face(background: UInt8) -> RGBImage {
        let (width, height) = (96, 120)
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let (dx, dy) = (x - 48, y - 50)
                let isHead = 25 * dx * dx + 16 * dy * dy < 16 * 25 * 32 * 32 / 25
                let isEye = (abs(dx) - 10) * (abs(dx) - 10) + (dy + 6) * (dy + 6) < 9
                let isBody = y > 92 && 4 * dx * dx + 9 * (y - 130) * (y - 130) < 4 * 50 * 50
                let colour: [UInt8] =
                    isEye
                    ? [30, 30, 40]
                    : isHead ? [222, 178, 150] : isBody ? [60, 80, 140] : [background, background, background]
                pixels += colour
            }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    private static func zigzag(_ value: Int, _ height: Int) -> Int {
        let place = value % (2 * height)
        return place < height ? place : 2 * height - place
    }
}
