import DeviceEmulation
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite struct CardPlanTests {
    private static let applets = CardApplet.allCases

    private func reading(_ image: EIDCardImage, _ plan: CardReadingPlan) async throws -> CardReading {
        let outcome = try await CardFixtures.driver(CardFixtures.reader(image)).readCard(plan, within: .seconds(1)) {
            _ in
        }
        guard case .captured(let reading) = outcome else { throw NotCaptured() }
        return reading
    }

    private struct NotCaptured: Error {}

    @Test("The identity comes first in every plan, and nothing twice")
    func plans() {
        #expect(CardReadingPlan([.photo, .identity, .photo]).files == [.identity, .photo])
        #expect(CardReadingPlan([]).files == [.identity])
        #expect(Set(CardReadingPlan.enrolment.files) == Set(CardFile.allCases))
        #expect(CardReadingPlan.enrolment.files.prefix(3) == [.identity, .address, .photo])
        #expect(
            CardReadingPlan.enrolment.files.suffix(3)
                == [.caCertificate, .authenticationCertificate, .signatureCertificate])
    }

    @Test("Whole files are what lies on the card, byte for byte, zeros included", arguments: CardFixtures.profiles)
    func wholeFiles(_ profile: CardFixtures.Profile) async throws {
        let image = try profile.image()
        let reading = try await reading(image, .whole)
        #expect(reading.files == CardFixtures.wholeFiles(image))
        #expect(reading.identity.surname == "Voorbeeld")
        #expect(reading.address != nil)
    }

    @Test("Whole files are whole at every length around a chunk, however the reader ends them")
    func wholeEnds() async throws {
        for shortRead in EIDCardBehaviour.ShortRead.allCases {
            var behaviour = EIDCardBehaviour()
            behaviour.shortRead = shortRead
            for padding in [0, 1, 50, 200, 255, 256, 257, 1100] {
                var image = try CardFixtures.belgian18.image()
                image.files[.caCertificate] = [0x30, 0x82, 0x00, 0xFC] + [UInt8](repeating: 7, count: 252 + padding)
                image.files[.address] = [1, 1, 65, 2, 1, 66, 3, 1, 67] + [UInt8](repeating: 0, count: padding)
                let ending = await CardFixtures.read(CardFixtures.reader(image, behaviour: behaviour), plan: .whole)
                #expect(ending == .files(CardFixtures.wholeFiles(image)), "padding \(padding), \(shortRead)")
            }
        }
    }

    @Test("A plan of a few files reads these and no others")
    func face() async throws {
        let image = try CardFixtures.belgian18.image()
        let reading = try await reading(image, .face)
        #expect(Set(reading.files.keys) == [.identity, .address, .photo])
        #expect(reading.challenge == nil)
        #expect(reading.appletVersion == 0x18)
    }

    @Test(
        "No file costs more commands than a program that only reads, on any generation of card",
        arguments: applets)
    func commands(_ applet: CardApplet) async throws {
        let image = try CardFixtures.Profile(applet: applet, document: .belgian).image()
        for plan in [CardReadingPlan([.identity, .address]), .face] {
            let reader = CardFixtures.reader(image)
            guard case .files = await CardFixtures.read(reader, plan: plan) else { throw NotCaptured() }
            let peer = plan.files.reduce(0) { $0 + PlainReader.commands(for: $1, of: image) }
            #expect(reader.commands.count <= peer, "\(plan.files.count) files: \(reader.commands.count), \(peer)")
        }
    }

    @Test("The first name takes three commands, all that a proof needs some forty, on a card of applet 1.8")
    func commandsToName() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        let reader = CardFixtures.reader(try CardFixtures.belgian18.image())
        _ = try await CardFixtures.driver(reader).readCard(within: .seconds(1)) { step in
            switch step {
            case .identity, .cardFile(.caCertificate, _, _): continuation.yield(reader.commands.count)
            default: break
            }
        }
        continuation.finish()
        var counts: [Int] = []
        for await count in stream { counts.append(count) }
        #expect(counts.first == 3)
        #expect((counts.last ?? 99) <= 46, "\(counts)")
        #expect(reader.commands.count <= 64)
    }

    @Test("The chip of applet 1.8 is asked the challenge that was given, and its answer kept")
    func challenge() async throws {
        let challenge = [UInt8](100..<148)
        let reader = CardFixtures.reader(try CardFixtures.belgian18.image())
        let driver = BelgianEIDReader(
            transport: reader, clock: CardFixtures.StillClock(), patience: CardFixtures.impatience,
            challenge: { challenge })
        guard case .captured(let reading) = try await driver.readCard(within: .seconds(1), progress: { _ in }) else {
            throw NotCaptured()
        }
        #expect(reading.challenge?.challenge == challenge)
        #expect(reading.challenge?.response.count == 96)
        #expect(reader.commands.contains([0x00, 0x88, 0x02, 0x81, 0x32, 0x94, 0x30] + challenge))
    }

    @Test("Challenges are other ones each time")
    func randomChallenges() {
        let one = BelgianEIDReader.randomChallenge()
        #expect(one.count == 48)
        #expect(one != BelgianEIDReader.randomChallenge())
    }

    @Test("Older cards are asked for no proof, and a chip without its public key neither", arguments: applets)
    func noChallenge(_ applet: CardApplet) async throws {
        var image = try CardFixtures.Profile(applet: applet, document: .belgian).image()
        image.files[.basicKey] = nil
        let reading = try await reading(image, .enrolment)
        #expect(reading.challenge == nil)
        #expect(reading.files[.basicKey] == nil)
    }

    @Test(
        "A chip that refuses its proof, or breaks off at it, has given none and is read all the same",
        arguments: [
            .answer([0x69, 0x85]), .answer([0x69, 0x82]), .answer([0x6D, 0x00]), .answer([0x61, 0x00]),
            .error(.inputOutput), .reset,
        ] as [EmulatedCardFault])
    func refusedProof(_ fault: EmulatedCardFault) async throws {
        let image = try CardFixtures.belgian18.image()
        let counting = CardFixtures.reader(image)
        _ = await CardFixtures.read(counting)
        let number = try #require(counting.commands.firstIndex { $0[1] == 0x88 }) + 1
        let reader = CardFixtures.reader(image)
        let isInterruption =
            switch fault {
            case .error, .reset: true
            default: false
            }
        // An interruption allows a second try: who are you, the proof again.
        reader.play(isInterruption ? [number: fault, number + 2: fault] : [number: fault])
        let outcome = try await CardFixtures.driver(reader).readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else { throw NotCaptured() }
        #expect(reading.files == CardFixtures.expectedFiles(image))
        #expect(try #require(reading.challenge).response == [])
    }

    @Test("A card that only its identity file shows to be of applet 1.8 is asked for its key all the same")
    func keyByDigest() async throws {
        var image = try CardFixtures.belgian18.image()
        image.atr = CardApplet.v17.atr
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .files(CardFixtures.expectedFiles(image)))
        // And where only the chip says so, at the end.
        let reading = try await reading(try withoutKeyDigest(image), .enrolment)
        #expect(reading.files[.basicKey] == image.files[.basicKey])
        #expect(reading.challenge?.response.count == 96)
    }

    private func withoutKeyDigest(_ image: EIDCardImage) throws -> EIDCardImage {
        var image = image
        let identity = try #require(image.files[.identity])
        image.files[.identity] = [UInt8](identity.dropLast(50))
        return image
    }

    @Test("An identity file that names no chip is followed by the question who the chip is")
    func unnamedChip() async throws {
        var image = try CardFixtures.belgian18.image()
        var identity = try #require(image.files[.identity])
        let start = try #require(identity.firstRange(of: [0x02, 0x10]))
        identity.removeSubrange(start.lowerBound..<start.lowerBound + 18)
        image.files[.identity] = identity
        let reader = CardFixtures.reader(image)
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(image)))
        #expect(reader.commands[3] == CardCommand.cardData.bytes)
    }
}

/// How many commands a program sends that selects a file, asks for 256 bytes at a time and follows what the
/// card says of lengths: what OpenSC and pythonbeid do.
private enum PlainReader {
    static func commands(for file: CardFile, of image: EIDCardImage) -> Int {
        var card = EmulatedEIDCard(image)
        var count = 1
        _ = card.answer(CardCommand.select(path: file.path).bytes)
        var offset = 0
        while true {
            var answer = card.answer(CardCommand.read(offset: offset, length: 256).bytes)
            count += 1
            if answer[answer.count - 2] == 0x6C {
                answer = card.answer(CardCommand.read(offset: offset, length: Int(answer[answer.count - 1])).bytes)
                count += 1
            }
            offset += answer.count - 2
            if answer.count < 258 { return count }
        }
    }
}
