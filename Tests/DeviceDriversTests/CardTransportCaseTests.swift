import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// The numbered transport cases of the card's reference, each as its own test, in process; those that need
/// a real pcscd are beside these in PCSCCardCaseTests.
@Suite struct CardTransportCaseTests {
    private let image: EIDCardImage
    private let whole: CardFixtures.Ending

    init() throws {
        image = try CardFixtures.belgian18.image()
        whole = .files(CardFixtures.expectedFiles(image))
    }

    private func read(
        _ script: [Int: EmulatedCardFault], behaviour: EIDCardBehaviour = EIDCardBehaviour()
    ) async -> CardFixtures.Ending {
        let reader = CardFixtures.reader(image, behaviour: behaviour)
        reader.play(script)
        let ending = await CardFixtures.read(reader)
        #expect(reader.openConnections == 0)
        return ending
    }

    private func numbers(of instruction: UInt8) async -> [Int] {
        let reader = CardFixtures.reader(image)
        _ = await CardFixtures.read(reader)
        return reader.commands.enumerated().filter { $1[1] == instruction }.map { $0.offset + 1 }
    }

    @Test("Case 1: a card pulled between SELECT and READ, or in its photo, is read once it is in again")
    func pulled() async throws {
        let reader = CardFixtures.reader(image)
        let driver = CardFixtures.driver(reader)
        for number in [2, 12] {
            reader.insert(EmulatedEIDCard(image))
            reader.play([number: .pull])
            #expect(try await driver.readCard(within: .milliseconds(50)) { _ in } == .retry(.cardRemoved))
            reader.insert(EmulatedEIDCard(image))
            guard case .captured(let reading) = try await driver.readCard(within: .seconds(1), progress: { _ in })
            else {
                Issue.record("not read after it was put in again")
                return
            }
            #expect(CardFixtures.Ending.files(reading.files) == whole)
        }
    }

    @Test("Case 2: an exchange that succeeds with no byte, or one, is an exchange that broke", arguments: [0, 1])
    func noStatus(_ count: Int) async {
        for number in [1, 3, 8, 14, 30] {
            #expect(await read([number: .change { [UInt8]($0.prefix(count)) }]) == whole, "command \(number)")
        }
    }

    @Test("Case 3: an exchange that broke once costs nothing and doubles nothing; from then on smaller pieces are read")
    func brokenOnce() async {
        let reader = CardFixtures.reader(image)
        reader.play([10: .error(.inputOutput)])
        #expect(await CardFixtures.read(reader) == whole)
        let lengths = reader.commands.filter { $0[1] == 0xB0 }.map { $0[4] }
        #expect(lengths.contains(0) && lengths.contains(0xFC))
        #expect(lengths.drop { $0 == 0 || $0 == 121 || reader.commands.isEmpty }.isEmpty == false)
        let later = reader.commands.dropFirst(10).filter { $0[1] == 0xB0 }
        #expect(later.allSatisfy { $0[4] != 0 }, "no piece of 256 bytes after the trouble")
    }

    @Test("Case 3: an exchange that breaks for good is named, and the card let go")
    func brokenForGood() async {
        let script = Dictionary(uniqueKeysWithValues: (4...80).map { ($0, EmulatedCardFault.error(.inputOutput)) })
        #expect(await read(script) == .error(.protocolViolation))
    }

    @Test("Case 4: a reset by another program restarts the file it fell in, and asks the chip who it is first")
    func reset() async {
        let reader = CardFixtures.reader(image)
        reader.play([10: .reset])
        #expect(await CardFixtures.read(reader) == whole)
        let commands = reader.commands
        #expect(commands[10] == CardCommand.cardData.bytes)
        #expect(commands[11] == CardCommand.select(path: CardFile.photo.path).bytes)
        #expect(Array(commands[12][2...3]) == [0, 0], "the file is read from its beginning")
    }

    @Test(
        "Case 5: what another program has selected is no obstacle",
        arguments: [
            CardCommand.select(path: [0x3F00, 0xDF00]).bytes, CardCommand.select(path: [0x3F00, 0xDF00, 0x5031]).bytes,
            CardCommand.select(path: [0x3F00]).bytes,
        ])
    func otherDirectory(_ command: [UInt8]) async {
        #expect(await read([1: .preceded([command])]) == whole)
    }

    @Test(
        "Case 5: another applet on the same card is left for ours",
        arguments: [[0x6A, 0x82], [0x69, 0x86], [0x6D, 0x00], [0x6E, 0x00], [0x6A, 0x86]] as [[UInt8]])
    func otherApplet(_ status: [UInt8]) async {
        let reader = EmulatedCardReader()
        reader.insert(AwayCard(card: EmulatedEIDCard(image), status: status))
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 6: a card that is held alone is read as soon as it is let go; until then the cause is named")
    func heldAlone() async throws {
        let reader = CardFixtures.reader(image)
        reader.holdByAnother(true)
        await #expect(throws: DeviceError(.cardReader, .busy, "another program holds the card")) {
            _ = try await CardFixtures.driver(reader).readCard(within: .milliseconds(20)) { _ in }
        }
        reader.holdByAnother(false)
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 6: a long transaction of another program is named, and the card let go")
    func longTransaction() async {
        let reader = CardFixtures.reader(image)
        reader.keepBusyByAnother(true)
        var patience = CardFixtures.impatience
        patience.transaction = .milliseconds(10)
        #expect(await CardFixtures.read(reader, patience: patience) == .error(.busy))
        #expect(reader.openConnections == 0)
        reader.keepBusyByAnother(false)
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 7: the same driver reads on once a service that stopped runs again")
    func serviceBack() async {
        let reader = CardFixtures.reader(image)
        reader.play([9: .stopService])
        #expect(await CardFixtures.read(reader) == .error(.serviceDown))
        reader.setService(running: true)
        reader.play([:])
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 9: a reader that is plugged in again under another name is used")
    func renamed() async {
        let reader = CardFixtures.reader(image)
        reader.play([9: .unplug])
        #expect(await CardFixtures.read(reader) == .error(.unplugged))
        reader.plug("Emulated Card Reader [Contact] 01 00")
        reader.insert(EmulatedEIDCard(image))
        reader.play([:])
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 9: of many readers with long names, whose list is longer than 1024 characters, the right one is read")
    func manyReaders() async {
        let names = (10..<26).map { "Emulated Card Reader " + String(repeating: "x", count: 80) + " \($0) 00" }
        let reader = EmulatedCardReader(readers: names)
        for index in 0..<15 { reader.insert(EmulatedBankCard(), into: index) }
        reader.insert(EmulatedEIDCard(image), into: 15)
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 9: an identity card with an unknown answer to reset is found behind a bank card")
    func secondUnknown() async {
        var image = image
        image.atr = [0x3B, 0x98, 0x95, 0x40, 0xFF, 0xD0, 0x00, 0x48, 0x01, 0x01, 0xAD, 0x13, 0x21]
        let reader = EmulatedCardReader(readers: ["Emulated Card Reader 00 00", "Emulated Card Reader 01 00"])
        reader.insert(EmulatedBankCard(), into: 0)
        reader.insert(EmulatedEIDCard(image), into: 1)
        #expect(await CardFixtures.read(reader) == whole)
        reader.remove(from: 1)
        #expect(await CardFixtures.read(reader) == .retry(.otherCard))
    }

    @Test(
        "Case 10: a card that is exchanged while the first is read yields nothing, and the next reading is the other's")
    func exchanged() async throws {
        let other = try CardFixtures.belgian18.image(CardFixtures.bert)
        let reader = CardFixtures.reader(image)
        reader.play([15: .exchange(EmulatedEIDCard(other))])
        #expect(await CardFixtures.read(reader) == .retry(.cardRemoved))
        reader.play([:])
        #expect(await CardFixtures.read(reader) == .files(CardFixtures.expectedFiles(other)))
    }

    @Test("Case 11: a mute card, a bank card and a Java card are told apart")
    func otherCards() async {
        let reader = EmulatedCardReader()
        reader.insertMute()
        #expect(await CardFixtures.read(reader) == .retry(.cardMute))
        reader.insert(EmulatedBankCard())
        #expect(await CardFixtures.read(reader) == .retry(.otherCard))
        reader.insert(EmulatedJavaCard())
        #expect(await CardFixtures.read(reader) == .retry(.otherCard))
        #expect(reader.openConnections == 0)
    }

    @Test("Case 14: an answer with more behind it is fetched, also after READ")
    func moreBehind() async {
        for number in await numbers(of: 0xB0) {
            // The answer's second half waits; the card itself has no such habit, so it is told what to say next.
            #expect(await read([number: .change { _ in [0x61, 0x05] }]) != .retry(.otherCard), "command \(number)")
        }
        let reader = EmulatedCardReader()
        reader.insert(PiecemealCard(card: EmulatedEIDCard(image)))
        #expect(await CardFixtures.read(reader) == whole)
    }

    @Test("Case 14: a card that corrects for ever is named", arguments: [[0x6C, 0x05], [0x6C, 0x00]] as [[UInt8]])
    func correctsForEver(_ answer: [UInt8]) async {
        let script = Dictionary(uniqueKeysWithValues: (2...99).map { ($0, EmulatedCardFault.answer(answer)) })
        #expect(await read(script) == .error(.protocolViolation))
    }

    @Test(
        "Case 14: a card of applet 1.0 is given its 50 ms, however it takes haste",
        arguments: EIDCardBehaviour.HastyAnswer.allCases)
    func restsOfOldCards(_ hasty: EIDCardBehaviour.HastyAnswer) async throws {
        var behaviour = EIDCardBehaviour()
        behaviour.restAfterExactLength = .milliseconds(50)
        behaviour.hasty = hasty
        let image = try CardFixtures.Profile(applet: .v10, document: .belgian).image()
        let reader = CardFixtures.reader(image, behaviour: behaviour)
        let ending = await CardFixtures.read(reader, plan: .face)
        var files = CardFixtures.expectedFiles(image).filter { [.identity, .address, .photo].contains($0.key) }
        // Without the proof the zero bytes behind an address are not kept.
        files[.address] = files[.address].map { [UInt8]($0[...($0.lastIndex { $0 != 0 } ?? -1)]) }
        #expect(ending == .files(files))
        let corrected = reader.commands.count { $0[1] == 0xB0 }
        #expect(corrected == 2 + 1 + 13, "no command was sent in vain")
    }

    @Test("Case 14: a card of applet 1.8, which seems to need the same pause, is not kept waiting")
    func noRestForNewCards() async {
        var session = CardSession(.face, challenge: [])
        var card = EmulatedEIDCard(image)
        var effects = session.handle(.started(atr: image.atr))
        var pauses = 0
        for _ in 0..<200 {
            var next: CardSession.Event?
            for effect in effects {
                switch effect {
                case .transmit(let command): next = .answer(card.answer(command))
                case .transmitLater(let command, _):
                    pauses += 1
                    next = .answer(card.answer(command))
                case .report, .finish, .reset: break
                }
            }
            guard let next else { break }
            effects = session.handle(next)
        }
        #expect(pauses == 0)
        #expect(effects.contains { if case .finish(.read) = $0 { true } else { false } })
    }

    @Test(
        "Case 15: an empty file is left out where the reading can do without",
        arguments: [
            (EIDFile.identity, nil), (.photo, nil), (.address, CardFile.address),
            (.identitySignature, .identitySignature), (.caCertificate, .caCertificate),
        ] as [(EIDFile, CardFile?)])
    func emptyFile(_ file: EIDFile, _ missing: CardFile?) async {
        var image = image
        image.files[file] = []
        let ending = await CardFixtures.read(CardFixtures.reader(image))
        if let missing {
            guard case .files(let files) = ending else {
                Issue.record("\(missing): \(ending.summary)")
                return
            }
            #expect(files[missing] == nil)
        } else {
            #expect(ending == .error(.unreadable) || ending == .retry(.cardNotActivated))
        }
    }

    @Test("Case 15: a file that never ends, beyond what 15 bits of offset can say, is named")
    func endlessFile() async {
        var image = image
        image.files[.photo] = CardFixtures.photo(0x8000 + 300)
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .error(.protocolViolation))
        image.files[.photo] = CardFixtures.photo(0x8000)
        #expect(await CardFixtures.read(CardFixtures.reader(image)) == .files(CardFixtures.expectedFiles(image)))
    }

    @Test("Case 16: a memory failure, after which the card is mute until its reset, costs one reset")
    func memoryFailure() async {
        for number in [1, 3, 9, 20, 33] {
            var behaviour = EIDCardBehaviour()
            behaviour.memoryFailsAtCommand = number
            #expect(await read([:], behaviour: behaviour) == whole, "at command \(number)")
        }
    }

    @Test(
        "Case 16: a card that is not activated is told from a broken one",
        arguments: [CardProfile.notActivated6985, .notActivated6283, .notActivated6D00])
    func notActivated(_ profile: CardProfile) async throws {
        let reader = EmulatedCardReader()
        reader.insert(try profile.card(of: CardFixtures.alma, photo: CardFixtures.photo(2999)))
        #expect(await CardFixtures.read(reader) == .retry(.cardNotActivated))
    }

    @Test("Case 16: a card whose keys alone are not activated is read, without a proof of its chip")
    func keysNotActivated() async throws {
        let reader = EmulatedCardReader()
        reader.insert(try CardProfile.notActivated.card(of: CardFixtures.alma, photo: CardFixtures.photo(2999)))
        let outcome = try await CardFixtures.driver(reader).readCard(within: .seconds(1)) { _ in }
        guard case .captured(let reading) = outcome else {
            Issue.record("not captured: \(outcome)")
            return
        }
        #expect(reading.challenge?.response == [])
    }

    @Test("Case 16: a class that the card does not know at all is named", arguments: [0x6E00, 0x6881, 0x6982])
    func refusedForGood(_ status: Int) async {
        let answer = [UInt8(status >> 8), UInt8(status & 0xFF)]
        let script = Dictionary(uniqueKeysWithValues: [2, 4, 6].map { ($0, EmulatedCardFault.answer(answer)) })
        #expect(await read(script) == .error(.unreadable))
    }
}

/// A card on which another applet is selected: it refuses everything until ours is asked for.
private struct AwayCard: EmulatedSmartCard {
    var card: EmulatedEIDCard
    let status: [UInt8]
    var isAway = true

    var atr: [UInt8] { card.atr }

    mutating func reset() {
        // The other program selects its own again before we come.
        isAway = true
        card.reset()
    }

    mutating func answer(_ command: [UInt8]) -> [UInt8] {
        if command.starts(with: [0x00, 0xA4, 0x04]) { isAway = false }
        return isAway ? status : card.answer(command)
    }
}

/// A card that hands out every answer to READ in two pieces.
private struct PiecemealCard: EmulatedSmartCard {
    var card: EmulatedEIDCard
    var rest: [UInt8] = []

    var atr: [UInt8] { card.atr }

    mutating func reset() {
        rest = []
        card.reset()
    }

    mutating func answer(_ command: [UInt8]) -> [UInt8] {
        if command[1] == 0xC0, !rest.isEmpty {
            defer { rest = [] }
            return rest
        }
        let answer = card.answer(command)
        guard command[1] == 0xB0, answer.count > 12 else { return answer }
        rest = [UInt8](answer[10...])
        return answer[..<10] + [0x61, UInt8(truncatingIfNeeded: rest.count - 2)]
    }
}
