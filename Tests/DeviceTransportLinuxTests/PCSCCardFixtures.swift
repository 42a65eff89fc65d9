import DeviceDrivers
import DeviceEmulation
import DeviceTransport
import EnrolmentCore

/// An invented person's card, and how a reading of it ended.
enum PCSCCardFixtures {
    struct StillClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    static let alma = CardPersona(
        surname: "TEST Voorbeeld", givenNames: "Alma Rosa", sex: .female, birth: CardDay(1984, 3, 17),
        birthPlace: "Brugge", nationality: "Belg", streetAndNumber: "Proefstraat 12", postalCode: "8000",
        municipality: "Brugge")
    static let bert = CardPersona(
        surname: "TEST Spécimen", givenNames: "Bert", sex: .male, birth: CardDay(2001, 8, 5), birthPlace: "Liège",
        nationality: "Belge", streetAndNumber: "Rue de l'Essai 3/B", postalCode: "4000", municipality: "Liège",
        language: .french)

    static func card(
        _ persona: CardPersona = alma, _ profile: CardProfile = .v18
    ) throws -> any EmulatedSmartCard {
        let photo = [0xFF, 0xD8] + (0..<2995).map { UInt8(truncatingIfNeeded: $0 &* 37) & 0x7F } + [0xFF, 0xD9]
        return try profile.card(of: persona, photo: photo)
    }

    static func driver(
        _ transport: any CardTransport, patience: CardPatience = CardPatience()
    ) -> BelgianEIDReader {
        BelgianEIDReader(transport: transport, clock: StillClock(), patience: patience)
    }

    enum Ending: Hashable {
        /// A whole reading: all eleven files, of one person.
        case read(surname: String)
        case part
        case retry(CaptureRetry)
        case error(DeviceError.Problem)
    }

    static func read(
        _ driver: BelgianEIDReader, within limit: Duration = .seconds(10),
        progress: @escaping ProgressHandler = { _ in }
    ) async -> Ending {
        do throws(DeviceError) {
            switch try await driver.readCard(within: limit, progress: progress) {
            case .captured(let reading):
                guard Set(reading.files.keys) == Set(CardFile.allCases), isOfOnePerson(reading) else { return .part }
                return .read(surname: reading.identity.surname)
            case .retry(let retry): return .retry(retry)
            }
        } catch {
            return .error(error.problem)
        }
    }

    /// The address, the chip and the certificates fit the name.
    private static func isOfOnePerson(_ reading: CardReading) -> Bool {
        let person = reading.identity.surname == alma.surname ? alma : bert
        return reading.address?.municipality == person.municipality && reading.identity.chipNumber == reading.chipNumber
            && reading.challenge?.response.count == 96
    }
}
