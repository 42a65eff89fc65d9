import DeviceEmulation
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite struct CardReadingTests {
    @Test("A card of every kind is read byte for byte", arguments: CardFixtures.profiles)
    func wholeCard(_ profile: CardFixtures.Profile) async throws {
        let image = try profile.image()
        let driver = CardFixtures.driver(CardFixtures.reader(image))
        let outcome = try await driver.readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured: \(outcome)")
            return
        }
        #expect(reading.files == CardFixtures.expectedFiles(image))
        #expect(reading.atr == image.atr)
        #expect(reading.chipNumber == [UInt8](image.cardData[..<16]))
        #expect(reading.appletVersion == image.appletVersion)
        #expect(reading.identity.surname == "Voorbeeld")
        #expect(reading.identity.nationalNumber.digits == CardFixtures.alma.nationalNumber)
        #expect(
            reading.address
                == CardAddress(streetAndNumber: "Proefstraat 12", postalCode: "8000", municipality: "Brugge"))
        #expect(reading.readAt == CardFixtures.StillClock().now())
        #expect(CardIntegrity(reading).photoDigest == .ok)
        switch profile.document {
        case .belgian: #expect(reading.identity.documentType.kind == .eID)
        case .kids: #expect(reading.identity.documentType.kind == .kidsID)
        case .foreigner:
            #expect(reading.identity.documentType.kind == .foreigner)
            #expect(reading.identity.residence?.isFamilyMember == true)
            #expect(reading.identity.otherFields[0x63] == [7])
        }
    }

    @Test("The identity is shown before the rest of the card is read")
    func progress() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: CaptureProgress.self)
        let driver = CardFixtures.driver(CardFixtures.reader(try CardFixtures.belgian18.image()))
        _ = try await driver.readCard(within: .seconds(1)) { continuation.yield($0) }
        continuation.finish()
        var seen: [CaptureProgress] = []
        for await step in stream { seen.append(step) }
        let files = CardReadingPlan.enrolment.files
        let announced = files.enumerated().map { CaptureProgress.cardFile($1, index: $0 + 1, count: files.count) }
        #expect(seen.filter { if case .cardFile = $0 { true } else { false } } == announced)
        #expect(seen[0] == announced[0])
        guard case .identity(let identity) = seen[1] else {
            Issue.record("second step is \(seen[1])")
            return
        }
        #expect(identity.givenNames == "Alma Rosa")
        #expect(seen[2] == announced[1])
        #expect(
            seen[3]
                == .address(CardAddress(streetAndNumber: "Proefstraat 12", postalCode: "8000", municipality: "Brugge")))
        #expect(seen[4] == announced[2])
        #expect(seen[5] == .cardPhoto(CardFixtures.photo(2999)))
        #expect(seen.count == files.count + 3)
    }

    @Test(
        "Case 15: files end rightly at every length around a chunk, whether the reader follows 6Cxx or not",
        arguments: EIDCardBehaviour.ShortRead.allCases)
    func ends(_ shortRead: EIDCardBehaviour.ShortRead) async throws {
        var behaviour = EIDCardBehaviour()
        behaviour.shortRead = shortRead
        var image = try CardFixtures.belgian18.image()
        for length in [4, 250, 251, 252, 253, 255, 256, 257, 503, 504, 505, 512, 2520, 3024] {
            image.files[.photo] = CardFixtures.photo(length)
            let ending = await CardFixtures.read(CardFixtures.reader(image, behaviour: behaviour))
            #expect(ending == .files(CardFixtures.expectedFiles(image)), "a photo of \(length) bytes")
        }
    }

    @Test("Case 15: a signature file that fills chunks exactly is believed once the end is said twice")
    func opaqueEnd() async throws {
        var image = try CardFixtures.belgian18.image()
        image.files[.identitySignature] = [UInt8](repeating: 0x11, count: 252)
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("A card that refuses paths in one piece is read step by step")
    func noPaths() async throws {
        var behaviour = EIDCardBehaviour()
        behaviour.selectsByPath = false
        let image = try CardFixtures.belgian18.image()
        let reader = CardFixtures.reader(image, behaviour: behaviour)
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("An unknown answer to reset is no obstacle: the card is asked for its application")
    func unknownATR() async throws {
        var image = try CardFixtures.belgian18.image()
        image.atr = [0x3B, 0x98, 0x95, 0x40, 0xFF, 0xD0, 0x00, 0x48, 0x01, 0x01, 0xAD, 0x13, 0x21]
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test(
        "Files that a card does not have are left out",
        arguments: [EIDFile.caCertificate, .signatureCertificate, .address])
    func absentFile(_ file: EIDFile) async throws {
        var image = try CardFixtures.belgian18.image()
        image.files[file] = nil
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("An address file of zero bytes is kept and holds no address")
    func emptyAddress() async throws {
        var image = try CardFixtures.belgian18.image()
        image.files[.address] = [UInt8](repeating: 0, count: 117)
        let outcome = try await CardFixtures.driver(CardFixtures.reader(image)).readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured")
            return
        }
        #expect(reading.address == nil)
        #expect(reading.files[.address] == image.files[.address])
    }

    @Test("A photo from another card shows as a digest that does not fit")
    func strangePhoto() async throws {
        var image = try CardFixtures.belgian18.image()
        image.files[.photo] = CardFixtures.photo(2999, salt: 5)
        let outcome = try await CardFixtures.driver(CardFixtures.reader(image)).readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured")
            return
        }
        #expect(CardIntegrity(reading).photoDigest == .mismatch)
    }
}
