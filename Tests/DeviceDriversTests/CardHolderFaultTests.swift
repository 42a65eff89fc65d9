import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// What goes wrong while a card serves its holder: at every command, everything that can.
@Suite("Faults while the card has the PIN")
struct CardHolderFaultTests {
    private struct Still: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    private static let patience = CardPatience(
        command: .milliseconds(60), transaction: .milliseconds(60), removal: .milliseconds(10),
        retry: .milliseconds(5))
    private static let digest = CardDigest.sha256([UInt8](repeating: 0x5A, count: 32))

    private enum Ending: Equatable {
        case outcome(CardPINOutcome<CardSignature>)
        case error(DeviceError.Problem)

        var isDone: Bool { if case .outcome(.done) = self { true } else { false } }
    }

    private static func sign(
        _ reader: EmulatedCardReader, _ image: EIDCardImage, _ pin: SecretBytes
    ) async -> Ending {
        let driver = BelgianEIDReader(transport: reader, clock: Still(), patience: patience)
        do throws(DeviceError) {
            let chip = [UInt8](image.cardData.prefix(16))
            return .outcome(try await driver.sign(digest, with: .authentication, of: chip, pin: .typed(pin)))
        } catch {
            return .error(error.problem)
        }
    }

    /// Faults by name.
    private static func faults(_ other: any EmulatedSmartCard) -> [(String, EmulatedCardFault)] {
        [
            ("reset", .reset), ("broken", .error(.inputOutput)), ("pull", .pull), ("exchange", .exchange(other)),
            ("silence", .silence), ("unplug", .unplug), ("service", .stopService), ("empty", .answer([])),
            ("one byte", .answer([0x90])), ("6F00", .answer([0x6F, 0x00])),
        ]
    }

    @Test(
        "At every command, whatever happens: one PIN at most, all let go, the PIN wiped", .timeLimit(.minutes(1)),
        arguments: [CardProfile.v11, .v18])
    func everyCommand(_ profile: CardProfile) async throws {
        let image = try CardHolderCards.image(profile)
        let other = try CardHolderCards.image(profile, serial: 9)
        // Of a whole signature, its answer fetched; then the card is told to forget the PIN.
        let last = profile == .v18 ? 6 : 5
        for (name, fault) in Self.faults(EmulatedEIDCard(other)) {
            for command in 1...last + 2 {
                let reader = EmulatedCardReader()
                reader.insert(EmulatedEIDCard(image))
                reader.play([command: fault])
                let pin = try CardHolderFixtures.secret("1234")
                let ending = await Self.sign(reader, image, pin)
                let context = Comment(rawValue: "\(profile) \(name) at \(command): \(ending)")
                let commands = reader.commands
                let verify = profile == .v18 ? 4 : 3
                #expect(commands.count { $0 == [0x00, 0x20, 0x00, 0x01] } <= 1, context)
                #expect(pin.isEmpty, context)
                #expect(reader.openConnections == 0, context)
                #expect(reader.openTransactions == 0, context)
                // Before the PIN a reset or a broken exchange is mended; the card's last words change nothing.
                let isMended = ["reset", "broken", "empty", "one byte"].contains(name) && command < verify
                if isMended || command > last { #expect(ending.isDone, context) }
                if ["reset", "broken", "empty", "one byte"].contains(name), (verify...last).contains(command) {
                    let isTold: Set<Int?> = profile == .v18 ? [2, 3] : [nil]
                    guard case .outcome(.interrupted(let triesLeft)) = ending else {
                        Issue.record(context)
                        continue
                    }
                    #expect(isTold.contains(triesLeft), context)
                }
                if name == "pull", command <= last { #expect(ending == .outcome(.removed), context) }
            }
        }
    }

    @Test("A PIN that was on its way when the card was reset did not cost a second try")
    func resetCostsNothing() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        let reader = EmulatedCardReader()
        reader.insert(EmulatedEIDCard(image))
        reader.play([4: .reset])
        let ending = await Self.sign(reader, image, try CardHolderFixtures.secret("9999"))
        #expect(ending == .outcome(.interrupted(triesLeft: 3)))
        #expect(
            await Self.sign(reader, image, try CardHolderFixtures.secret("9999")) == .outcome(.wrongPIN(triesLeft: 2)))
    }

    @Test("Another card put in while the first one had the PIN gets nothing of it")
    func exchanged() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        let other = try CardHolderCards.image(CardProfile.v18, serial: 9)
        for command in 1...6 {
            let reader = EmulatedCardReader()
            reader.insert(EmulatedEIDCard(image))
            reader.play([command: .exchangeUnnoticed(EmulatedEIDCard(other))])
            let ending = await Self.sign(reader, image, try CardHolderFixtures.secret("9999"))
            if command == 1 { #expect(ending == .outcome(.otherCard)) }
            // A reader that hides an exchange can make any card try; what it must not make us do is try twice.
            #expect(reader.commands.count { $0 == [0x00, 0x20, 0x00, 0x01] } <= 1)
        }
    }

    @Test(
        "A call that is cancelled wipes the PIN, tells the card to forget it, and lets it go", .timeLimit(.minutes(1)))
    func cancelling() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        for command in 1...6 {
            let reader = EmulatedCardReader()
            reader.insert(EmulatedEIDCard(image))
            let pin = try CardHolderFixtures.secret("1234")
            let (reached, mark) = AsyncStream.makeStream(of: Void.self)
            reader.play([
                command: .change { answer in
                    mark.yield()
                    return answer
                }
            ])
            let task = Task { await Self.sign(reader, image, pin) }
            for await _ in reached { break }
            task.cancel()
            let ending = await task.value
            #expect(ending == .error(.cancelled) || ending.isDone)
            #expect(pin.isEmpty)
            #expect(reader.openConnections == 0)
            #expect(reader.openTransactions == 0)
            if reader.commands.contains([0x00, 0x20, 0x00, 0x01]) {
                #expect(reader.commands.contains([0x80, 0xE6, 0x00, 0x00]))
            }
        }
    }

    @Test("A card that another program holds is waited for, and then named as busy")
    func held() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        let reader = EmulatedCardReader()
        reader.insert(EmulatedEIDCard(image))
        reader.refuseConnections([.sharingViolation, .cardReset])
        #expect(await Self.sign(reader, image, try CardHolderFixtures.secret("1234")).isDone)
        reader.keepBusyByAnother(true)
        let pin = try CardHolderFixtures.secret("1234")
        #expect(await Self.sign(reader, image, pin) == .error(.busy))
        #expect(pin.isEmpty)
        #expect(reader.openConnections == 0)
    }

    @Test("A card that another program holds does not keep us from the one that is meant, in the next reader")
    func heldBeside() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        let reader = EmulatedCardReader(readers: ["Held", "Ours"])
        reader.insert(EmulatedEIDCard(try CardHolderCards.image(CardProfile.v18, serial: 9)), into: 0)
        reader.insert(EmulatedEIDCard(image), into: 1)
        reader.holdByAnother(true, at: 0)
        #expect(await Self.sign(reader, image, try CardHolderFixtures.secret("1234")).isDone)
        reader.remove(from: 1)
        #expect(await Self.sign(reader, image, try CardHolderFixtures.secret("1234")) == .error(.busy))
    }

    @Test("A driver may be asked by many at once; each is answered in turn", .timeLimit(.minutes(1)))
    func many() async throws {
        let image = try CardHolderCards.image(CardProfile.v18)
        let reader = EmulatedCardReader()
        reader.insert(EmulatedEIDCard(image))
        let driver = BelgianEIDReader(transport: reader, clock: Still(), patience: Self.patience)
        let chip = [UInt8](image.cardData.prefix(16))
        let pins = try (0..<8).map { _ in try CardHolderFixtures.secret("1234") }
        let done = await withTaskGroup(of: Bool.self) { group in
            for pin in pins {
                group.addTask {
                    let outcome = try? await driver.sign(
                        Self.digest, with: .signature, of: chip, pin: .typed(pin))
                    if case .done? = outcome { return true }
                    return false
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 8)
        for pin in pins { #expect(pin.isEmpty) }
    }
}
