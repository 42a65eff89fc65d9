import DeviceEmulation
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// Invented people on synthetic cards, and a clock that stands still.
enum CardFixtures {
    struct StillClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    /// A card and what it is.
    struct Profile: Sendable, CustomTestStringConvertible {
        let applet: CardApplet
        let document: CardDocument
        var testDescription: String { "\(applet) \(document)" }

        func image(_ persona: CardPersona = alma) throws -> EIDCardImage {
            let authority = try TestCardAuthority(applet.authority)
            var card = SyntheticCard(persona, document: document, applet: applet, photo: photo(2999))
            if case .foreigner = document {
                card.otherFields = [0x12: [UInt8]("01".utf8), 0x14: [], 0x15: [UInt8]("01.02.2014-IT".utf8), 0x63: [7]]
            }
            return try card.image(signedBy: authority)
        }
    }

    static let profiles: [Profile] = CardApplet.allCases.flatMap { applet in
        [
            CardDocument.belgian, .kids(hasAuthenticationCertificate: false), .kids(hasAuthenticationCertificate: true),
            .foreigner(type: 16),
        ].map { Profile(applet: applet, document: $0) }
    }

    static let belgian18 = Profile(applet: .v18, document: .belgian)

    static let alma = CardPersona(
        surname: "Voorbeeld", givenNames: "Alma Rosa", thirdNameInitial: "T", sex: .female, birth: CardDay(1984, 3, 17),
        birthPlace: "Brugge", nationality: "Belg", streetAndNumber: "Proefstraat 12", postalCode: "8000",
        municipality: "Brugge")
    static let bert = CardPersona(
        surname: "Spécimen", givenNames: "Bert", sex: .male, birth: CardDay(2001, 8, 5), birthPlace: "Liège",
        nationality: "Belge", streetAndNumber: "Rue de l'Essai 3/B", postalCode: "4000", municipality: "Liège",
        language: .french)

    /// Bytes that begin and end as a JPEG does; no byte between could end one.
    static func photo(_ length: Int, salt: Int = 0) -> [UInt8] {
        [0xFF, 0xD8] + (0..<length - 4).map { UInt8(truncatingIfNeeded: ($0 + salt) &* 37) & 0x7F } + [0xFF, 0xD9]
    }

    private static let places: [CardFile: EIDFile] = [
        .identity: .identity, .identitySignature: .identitySignature, .address: .address,
        .addressSignature: .addressSignature, .photo: .photo, .basicKey: .basicKey, .caCertificate: .caCertificate,
        .rootCertificate: .rootCertificate, .registryCertificate: .registryCertificate,
        .authenticationCertificate: .authenticationCertificate, .signatureCertificate: .signatureCertificate,
    ]

    /// What a reader must hand out for a card: certificates without the zero bytes behind them, and
    /// none where there are only zero bytes; the address without those that fill it.
    static func expectedFiles(_ image: EIDCardImage) -> [CardFile: [UInt8]] {
        var files = wholeFiles(image)
        for (file, content) in files {
            if file.shape == .certificate {
                let length = content[1] == 0x82 ? 4 + (Int(content[2]) << 8 | Int(content[3])) : 2 + Int(content[1])
                files[file] = content.contains { $0 != 0 } ? [UInt8](content[..<length]) : nil
            }
        }
        return files
    }

    /// All files byte for byte.
    static func wholeFiles(_ image: EIDCardImage) -> [CardFile: [UInt8]] {
        places.compactMapValues { image.files[$0] }
    }

    static let impatience = CardPatience(
        command: .milliseconds(200), transaction: .milliseconds(200), removal: .milliseconds(20),
        retry: .milliseconds(10), settling: .zero, pace: .zero)

    static func driver(_ reader: EmulatedCardReader, patience: CardPatience = impatience) -> BelgianEIDReader {
        BelgianEIDReader(transport: reader, clock: StillClock(), patience: patience)
    }

    /// A reader with this card in it.
    static func reader(
        _ image: EIDCardImage, behaviour: EIDCardBehaviour = EIDCardBehaviour()
    ) -> EmulatedCardReader {
        let reader = EmulatedCardReader()
        reader.insert(EmulatedEIDCard(image, behaviour: behaviour))
        return reader
    }

    /// How a reading ended, in one value that can be compared.
    enum Ending: Hashable {
        case files([CardFile: [UInt8]])
        case retry(CaptureRetry)
        case error(DeviceError.Problem)

        /// Short enough to be read in a failed test.
        var summary: String {
            switch self {
            case .files(let files): "files " + files.keys.map(\.rawValue).sorted().joined(separator: " ")
            case .retry(let retry): "retry \(retry)"
            case .error(let problem): "error \(problem)"
            }
        }
    }

    static func read(
        _ reader: EmulatedCardReader, within limit: Duration = .milliseconds(50),
        patience: CardPatience = impatience, plan: CardReadingPlan = .enrolment
    ) async -> Ending {
        do throws(DeviceError) {
            switch try await driver(reader, patience: patience).readCard(plan, within: limit, progress: { _ in }) {
            case .captured(let reading): return .files(reading.files)
            case .retry(let retry): return .retry(retry)
            }
        } catch {
            return .error(error.problem)
        }
    }
}
