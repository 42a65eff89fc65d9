import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite struct CardSituationTests {
    @Test("No card within the time is something a person can mend")
    func noCard() async {
        #expect(await CardFixtures.read(EmulatedCardReader(), within: .milliseconds(5)) == .retry(.noCard))
    }

    @Test("Cases 7 and 9: no reader, and no service, are errors of the machine")
    func noReader() async {
        #expect(await CardFixtures.read(EmulatedCardReader(readers: [])) == .error(.absent))
        let reader = EmulatedCardReader()
        reader.setService(running: false)
        #expect(await CardFixtures.read(reader) == .error(.serviceDown))
        reader.setService(running: true)
        #expect(await CardFixtures.read(reader, within: .milliseconds(5)) == .retry(.noCard))
    }

    @Test("The reader waits until a card is put in")
    func insertion() async throws {
        let image = try CardFixtures.belgian18.image()
        let reader = EmulatedCardReader()
        let outcome = try await CardFixtures.driver(reader).readCard(within: .seconds(20)) { step in
            if step == .insertCard { reader.insert(EmulatedEIDCard(image)) }
        }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured")
            return
        }
        #expect(reading.files == CardFixtures.expectedFiles(image))
    }

    @Test("Case 9: the reader is unplugged while it waits for a card")
    func unpluggedWhileWaiting() async {
        let reader = EmulatedCardReader()
        await #expect(throws: DeviceError.self) {
            _ = try await CardFixtures.driver(reader).readCard(within: .seconds(20)) { step in
                if step == .insertCard { reader.unplug() }
            }
        }
    }

    @Test("Case 9: of two readers the one with the identity card is used")
    func twoReaders() async throws {
        let image = try CardFixtures.belgian18.image()
        let reader = EmulatedCardReader(readers: ["Emulated Card Reader 00 00", "Emulated Card Reader 01 00"])
        reader.insert(EmulatedBankCard(), into: 0)
        reader.insert(EmulatedEIDCard(image), into: 1)
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("Case 6: a card that another program holds is waited for, and then named as busy")
    func heldByAnother() async throws {
        let image = try CardFixtures.belgian18.image()
        let reader = CardFixtures.reader(image)
        reader.holdByAnother(true)
        #expect(await CardFixtures.read(reader, within: .milliseconds(30)) == .error(.busy))
        reader.holdByAnother(false)
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test(
        "A connection that fails for a passing reason is made again",
        arguments: [[.cardMute, .cardReset, .cardMute], [.sharingViolation], [.noCard], [.cardRemoved, .noCard]]
            as [[TransportError.Reason]])
    func connectsAgain(_ reasons: [TransportError.Reason]) async throws {
        let image = try CardFixtures.belgian18.image()
        let reader = CardFixtures.reader(image)
        reader.refuseConnections(reasons)
        #expect(await CardFixtures.read(reader, within: .seconds(5)) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test(
        "A connection that fails for good is named",
        arguments: [
            ([.cardMute, .cardMute, .cardMute, .cardMute], .retry(.cardMute)), ([.timedOut], .error(.busy)),
            ([.unplugged], .error(.unplugged)), ([.inputOutput], .error(.protocolViolation)),
        ] as [([TransportError.Reason], CardFixtures.Ending)])
    func cannotConnect(_ reasons: [TransportError.Reason], _ ending: CardFixtures.Ending) async throws {
        let reader = CardFixtures.reader(try CardFixtures.belgian18.image())
        reader.refuseConnections(reasons)
        #expect(await CardFixtures.read(reader) == ending)
    }

    @Test("Cancelling ends the wait for a card at once", .timeLimit(.minutes(1)))
    func cancelWaiting() async {
        let reader = EmulatedCardReader()
        let driver = CardFixtures.driver(reader)
        let (waiting, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await driver.readCard(within: .seconds(3600)) { if $0 == .insertCard { continuation.yield() } }
        }
        for await _ in waiting { break }
        task.cancel()
        await #expect(throws: DeviceError(.cardReader, .cancelled, "emulated reader")) { _ = try await task.value }
        #expect(await CardFixtures.read(reader, within: .milliseconds(5)) == .retry(.noCard))
    }

    @Test("Case 12: cancelling ends a command that is never answered and lets the card go", .timeLimit(.minutes(1)))
    func cancelCommand() async throws {
        let image = try CardFixtures.belgian18.image()
        let reader = CardFixtures.reader(image)
        reader.play([9: .silence])
        let driver = CardFixtures.driver(reader, patience: CardPatience(command: .seconds(3600)))
        let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await driver.readCard(within: .seconds(1)) {
                if case .cardFile(.photo, _, _) = $0 { continuation.yield() }
            }
        }
        for await _ in begun { break }
        task.cancel()
        await #expect(throws: DeviceError(.cardReader, .cancelled, "emulated reader")) { _ = try await task.value }
        #expect(reader.openConnections == 0)
        #expect(reader.openTransactions == 0)
        reader.play([:])
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("Many readers that wait hold no thread of the cooperative pool", .timeLimit(.minutes(1)))
    func ownThreads() async {
        let drivers = (0..<16).map { _ in CardFixtures.driver(EmulatedCardReader()) }
        let (waiting, continuation) = AsyncStream.makeStream(of: Void.self)
        let tasks = drivers.map { driver in
            Task { try await driver.readCard(within: .seconds(3600)) { if $0 == .insertCard { continuation.yield() } } }
        }
        // Were they on the pool, the few threads there would be taken before all have said so.
        var count = 0
        for await _ in waiting {
            count += 1
            if count == drivers.count { break }
        }
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: DeviceError.self) { _ = try await task.value } }
    }

    @Test("Case 12: a card that never answers runs into the time for one command", .timeLimit(.minutes(1)))
    func silence() async throws {
        let reader = CardFixtures.reader(try CardFixtures.belgian18.image())
        reader.play([5: .silence])
        let patience = CardPatience(command: .milliseconds(5))
        #expect(await CardFixtures.read(reader, patience: patience) == .error(.timedOut))
        #expect(reader.openConnections == 0)
    }

    @Test("A card that was made for nobody yet cannot be read")
    func blank() async throws {
        var image = try CardFixtures.belgian18.image()
        image.cardData[27] = 0x07
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .error(.unreadable))
    }

    @Test("An identity file of another chip is handed out with the number that the chip itself gives")
    func foreignIdentity() async throws {
        var image = try CardFixtures.belgian18.image()
        image.cardData[3] ^= 0xFF
        let outcome = try await CardFixtures.driver(CardFixtures.reader(image)).readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured: \(outcome)")
            return
        }
        #expect(reading.chipNumber == [UInt8](image.cardData[..<16]))
        #expect(reading.files == CardFixtures.expectedFiles(image))
    }

    @Test("Errors name the part and hold nothing of the person")
    func errorsAreSafe() async throws {
        var image = try CardFixtures.belgian18.image()
        image.files[.identity] = [0x07, 0x09] + [UInt8]("Voorb".utf8)
        await #expect(
            throws: DeviceError(.cardReader, .unreadable, "identity: field 7 at byte 0 reaches beyond the end")
        ) {
            _ = try await CardFixtures.driver(CardFixtures.reader(image)).readCard(within: .seconds(1)) { _ in }
        }
    }

    @Test("The description names the readers")
    func description() async throws {
        let described = try await CardFixtures.driver(EmulatedCardReader()).describe()
        #expect(described.product == "Emulated Card Reader 00 00")
    }
}
