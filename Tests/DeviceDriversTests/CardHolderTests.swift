import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// Case 30 of the card's fact sheet: PIN and keys, the driver against emulated cards and readers.
@Suite("BelgianEIDReader for the card's holder")
struct CardHolderTests {
    private typealias Fixtures = CardHolderFixtures

    private struct Still: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    private static let patience = CardPatience(
        command: .milliseconds(300), transaction: .milliseconds(200), removal: .milliseconds(20),
        retry: .milliseconds(10))

    private static let message: [UInt8] = Array("what is signed".utf8)
    private static let generations: [CardProfile] = [.v10, .v11, .v17, .v17Rekeyed, .v18]

    /// A reader with one card in it, the driver, and what is needed to check on both.
    private struct Bench {
        let reader = EmulatedCardReader()
        let driver: BelgianEIDReader
        let image: EIDCardImage
        var chip: [UInt8] { [UInt8](image.cardData.prefix(16)) }

        init(_ profile: CardProfile, adjusting adjust: (inout EIDCardBehaviour) -> Void = { _ in }) throws {
            image = try CardHolderCards.image(profile)
            driver = BelgianEIDReader(transport: reader, clock: Still(), patience: patience)
            var behaviour = profile.behaviour
            adjust(&behaviour)
            reader.insert(EmulatedEIDCard(image, behaviour: behaviour))
        }

        func sign(
            _ pin: CardPINEntry, _ key: CardHolderKey = .authentication, digest: CardDigest? = nil,
            of other: [UInt8]? = nil
        ) async throws(DeviceError) -> CardPINOutcome<CardSignature> {
            try await driver.sign(
                digest ?? .sha256(CardHash.sha256.hash(message)), with: key, of: other ?? chip, pin: pin)
        }

        func triesLeft() async throws(DeviceError) -> Int? {
            guard case .done(let state) = try await driver.pinState(of: chip) else { return nil }
            return state.triesLeft
        }

        /// How often the card was given a PIN since the last script, and how often told to forget one.
        var verifications: Int { reader.commands.count { $0.prefix(2) == [0x00, 0x20] && $0.count == 4 } }
        var logOffs: Int { reader.commands.count { $0 == [0x80, 0xE6, 0x00, 0x00] } }

        func expectAllLetGo(_ location: SourceLocation = #_sourceLocation) {
            #expect(reader.openConnections == 0, sourceLocation: location)
            #expect(reader.openTransactions == 0, sourceLocation: location)
        }
    }

    private static func pin(_ text: String) throws -> SecretBytes { try CardHolderFixtures.secret(text) }

    // MARK: - Signing

    @Test("Every generation signs with either key and either digest, and forgets the PIN", arguments: generations)
    func signing(_ profile: CardProfile) async throws {
        let bench = try Bench(profile)
        for key in CardHolderKey.allCases {
            for hash in [CardHash.sha256, .sha384] {
                bench.reader.play([:])
                let digest = hash.hash(Self.message)
                let secret = try Self.pin("1234")
                let outcome = try await bench.sign(
                    .typed(secret), key, digest: hash == .sha256 ? .sha256(digest) : .sha384(digest))
                guard case .done(let signature) = outcome else {
                    Issue.record("\(profile) \(key) \(hash): \(outcome)")
                    continue
                }
                let card = try #require(bench.image.holderKeys[key == .signature ? .signature : .authentication])
                if signature.isEllipticCurve {
                    #expect(signature.bytes.count == 96)
                } else {
                    #expect(try signature.bytes == card.signature(over: Self.message, hash))
                }
                #expect(secret.isEmpty)
                #expect(bench.verifications == 1)
                // Told to forget it, and then something that covers it in pcscd's memory.
                #expect(bench.reader.commands.dropLast().last == [0x80, 0xE6, 0x00, 0x00])
                #expect(bench.reader.commands.last == CardCommand.selectApplication.bytes)
                bench.expectAllLetGo()
            }
        }
    }

    @Test("Case 30: a wrong PIN counts down to blocked, and the right one is then of no use", arguments: generations)
    func wrong(_ profile: CardProfile) async throws {
        let bench = try Bench(profile)
        #expect(try await bench.sign(.typed(Self.pin("4321"))) == .wrongPIN(triesLeft: 2))
        #expect(try await bench.sign(.typed(Self.pin("123456789012"))) == .wrongPIN(triesLeft: 1))
        let unblocking: CardUnblocking = profile == .v18 ? .byMunicipality : .byPUK
        #expect(try await bench.sign(.typed(Self.pin("12345"))) == .blocked(unblocking))
        #expect(try await bench.sign(.typed(Self.pin("1234"))) == .blocked(unblocking))
        if profile == .v18 || profile == .v17 || profile == .v17Rekeyed { #expect(try await bench.triesLeft() == 0) }
        bench.expectAllLetGo()
    }

    @Test("The right PIN gives the tries back", arguments: generations)
    func rightAfterWrong(_ profile: CardProfile) async throws {
        let bench = try Bench(profile)
        _ = try await bench.sign(.typed(Self.pin("9999")))
        _ = try await bench.sign(.typed(Self.pin("9999")))
        guard case .done = try await bench.sign(.typed(Self.pin("1234"))) else {
            Issue.record("the right PIN was refused")
            return
        }
        #expect(try await bench.sign(.typed(Self.pin("9999"))) == .wrongPIN(triesLeft: 2))
    }

    @Test("Case 30: PINs of four, five and twelve digits are right ones", arguments: ["0000", "98765", "123456789012"])
    func lengths(_ digits: String) async throws {
        for profile in [CardProfile.v11, .v18] {
            let bench = try Bench(profile) { $0.pin = digits }
            guard case .done = try await bench.sign(.typed(Self.pin(digits))) else {
                Issue.record("\(profile): a right PIN was refused")
                continue
            }
        }
    }

    @Test("What is no PIN never reaches the reader", arguments: ["", "123", "1234567890123", "12x4"])
    func badPIN(_ digits: String) async throws {
        let bench = try Bench(.v18)
        let secret = try Self.pin(digits)
        #expect(try await bench.sign(.typed(secret)) == .badPIN)
        #expect(secret.isEmpty)
        let old = try Self.pin("1234")
        let new = try Self.pin(digits)
        guard case .badPIN = try await bench.driver.changePIN(of: bench.chip, from: .typed(old), to: .typed(new)) else {
            Issue.record("a bad new PIN was taken")
            return
        }
        #expect(old.isEmpty && new.isEmpty)
        #expect(bench.reader.commands.isEmpty)
    }

    @Test("Case 30: something between PIN and signature: the signature key refuses, and it is said to be an error")
    func somethingBetween() async throws {
        let bench = try Bench(.v17)
        // Card data, directory, key, PIN; then other commands slip in before the signature.
        bench.reader.play([5: .preceded([[0x80, 0xE4, 0x00, 0x00, 0x1C], [0x80, 0xE4, 0x00, 0x00, 0x1C]])])
        let error = await #expect(throws: DeviceError.self) {
            try await bench.sign(.typed(Self.pin("1234")), .signature)
        }
        #expect(error?.problem == .protocolViolation)
        #expect(error?.detail == "signature: refused with 6982")
        #expect(bench.logOffs == 1)
        bench.expectAllLetGo()
    }

    @Test("Case 30: the authentication key wants a new PIN after the signature key, and gets it")
    func authenticationAfterSignature() async throws {
        let bench = try Bench(.v18)
        for key in [CardHolderKey.signature, .authentication, .signature, .signature] {
            guard case .done = try await bench.sign(.typed(Self.pin("1234")), key) else {
                Issue.record("\(key) was refused")
                return
            }
        }
    }

    // MARK: - State and change

    @Test("Case 30: the tries are told where asking costs none, and no card loses one by it", arguments: generations)
    func state(_ profile: CardProfile) async throws {
        let bench = try Bench(profile)
        let version = bench.image.appletVersion
        let expected = CardPINState(triesLeft: version >= 0x17 ? 3 : nil, appletVersion: version, hasPinpad: false)
        for _ in 0..<4 { #expect(try await bench.driver.pinState(of: bench.chip) == .done(expected)) }
        #expect(try await bench.sign(.typed(Self.pin("4321"))) == .wrongPIN(triesLeft: 2))
        #expect(try await bench.triesLeft() == (version >= 0x17 ? 2 : nil))
        if version < 0x17 {
            #expect(!bench.reader.commands.contains { $0.prefix(2) == [0x00, 0x20] && $0.count == 5 })
        }
        bench.expectAllLetGo()
    }

    @Test("A changed PIN is the one that counts", arguments: generations)
    func changing(_ profile: CardProfile) async throws {
        let bench = try Bench(profile)
        let (old, new) = (try Self.pin("1234"), try Self.pin("567890123456"))
        guard case .done = try await bench.driver.changePIN(of: bench.chip, from: .typed(old), to: .typed(new)) else {
            Issue.record("the PIN was not changed")
            return
        }
        #expect(old.isEmpty && new.isEmpty)
        #expect(try await bench.sign(.typed(Self.pin("1234"))) == .wrongPIN(triesLeft: 2))
        guard case .done = try await bench.sign(.typed(Self.pin("567890123456"))) else {
            Issue.record("the new PIN is not the PIN")
            return
        }
        guard
            case .wrongPIN(triesLeft: 2) = try await bench.driver.changePIN(
                of: bench.chip, from: .typed(Self.pin("1234")), to: .typed(Self.pin("1111")))
        else {
            Issue.record("a wrong old PIN was taken")
            return
        }
    }

    @Test("A card that is not activated yet is told apart from a broken one")
    func notActivated() async throws {
        for profile in [CardProfile.notActivated, .notActivated6985, .notActivated6283, .notActivated6D00] {
            let bench = try Bench(profile)
            #expect(try await bench.sign(.typed(Self.pin("1234"))) == .notActivated, "\(profile)")
            guard
                case .notActivated = try await bench.driver.changePIN(
                    of: bench.chip, from: .typed(Self.pin("1234")), to: .typed(Self.pin("1111")))
            else {
                Issue.record("\(profile): not told")
                continue
            }
            bench.expectAllLetGo()
        }
    }

    @Test("A small child's card has no key, and that costs no try")
    func noKey() async throws {
        let bench = try Bench(.kidsUnder6)
        #expect(try await bench.sign(.typed(Self.pin("1234"))) == .noKey)
        #expect(bench.verifications == 0)
        #expect(try await bench.triesLeft() == 3)
    }

    // MARK: - Which card

    @Test(
        "Another card than the one that is meant keeps its tries", arguments: [CardProfile.v11, .v18, .bank, .javaCard])
    func otherCard(_ profile: CardProfile) async throws {
        let bench = try Bench(.v18)
        let other = try CardHolderCards.image(CardProfile.v18, serial: 7)
        let chip = [UInt8](other.cardData.prefix(16))
        bench.reader.insert(try profile.card(photo: CardHolderCards.photo))
        bench.reader.play([:])
        let secret = try Self.pin("9999")
        #expect(try await bench.sign(.typed(secret), of: chip) == .otherCard)
        #expect(secret.isEmpty)
        #expect(bench.verifications == 0)
        bench.expectAllLetGo()
    }

    @Test("With two readers the card that is meant is found in either, and an empty one is no card")
    func twoReaders() async throws {
        let reader = EmulatedCardReader(readers: ["Left", "Right"])
        let driver = BelgianEIDReader(transport: reader, clock: Still(), patience: Self.patience)
        let officer = try CardHolderCards.image(CardProfile.v18, serial: 1)
        let citizen = try CardHolderCards.image(CardProfile.v17, serial: 2)
        reader.insert(EmulatedEIDCard(officer), into: 0)
        reader.insert(EmulatedEIDCard(citizen), into: 1)
        for image in [officer, citizen] {
            let outcome = try await driver.sign(
                .sha256(CardHash.sha256.hash(Self.message)), with: .authentication,
                of: [UInt8](image.cardData.prefix(16)), pin: .typed(Self.pin("1234")))
            guard case .done(let signature) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(signature.isEllipticCurve == (image.appletVersion == 0x18))
        }
        reader.remove(from: 0)
        reader.remove(from: 1)
        #expect(try await driver.pinState(of: [UInt8](officer.cardData.prefix(16))) == .noCard)
        reader.unplug()
        let error = await #expect(throws: DeviceError.self) {
            try await driver.pinState(of: [UInt8](officer.cardData.prefix(16)))
        }
        #expect(error?.problem == .absent)
    }

    // MARK: - Pinpad

    @Test("A reader with keys asks for the PIN itself, either way", arguments: [EmulatedPinpad.Way.direct, .twoSteps])
    func pinpad(_ way: EmulatedPinpad.Way) async throws {
        for profile in Self.generations {
            let bench = try Bench(profile)
            bench.reader.fit(
                EmulatedPinpad(
                    way,
                    typings: [
                        .pin("1234"), .pin("9999"), .cancels, .waits, .pin("123"),
                        .change(old: "1234", new: "24680", again: "24681"),
                        .change(old: "1234", new: "24680", again: "24680"), .pin("24680"),
                    ]))
            guard case .done(let state) = try await bench.driver.pinState(of: bench.chip) else {
                Issue.record("no state")
                return
            }
            #expect(state.hasPinpad)
            guard case .done = try await bench.sign(.pinpad, .signature) else {
                Issue.record("\(profile): the typed PIN was refused")
                continue
            }
            #expect(try await bench.sign(.pinpad) == .wrongPIN(triesLeft: 2))
            #expect(try await bench.sign(.pinpad) == .cancelled)
            #expect(try await bench.sign(.pinpad) == .timedOut)
            #expect(try await bench.sign(.pinpad) == .badPIN)
            guard case .newPINsDiffer = try await bench.driver.changePIN(of: bench.chip, from: .pinpad, to: .pinpad)
            else {
                Issue.record("\(profile): two new PINs that differ were taken")
                continue
            }
            guard case .done = try await bench.driver.changePIN(of: bench.chip, from: .pinpad, to: .pinpad) else {
                Issue.record("\(profile): the PIN was not changed")
                continue
            }
            guard case .done = try await bench.sign(.pinpad) else {
                Issue.record("\(profile): the new PIN is not the PIN")
                continue
            }
            bench.expectAllLetGo()
        }
    }

    @Test("A reader without keys is named as what is missing", arguments: [nil, EmulatedPinpad(.none)])
    func noPinpad(_ pinpad: EmulatedPinpad?) async throws {
        let bench = try Bench(.v18)
        bench.reader.fit(pinpad)
        let error = await #expect(throws: DeviceError.self) { try await bench.sign(.pinpad) }
        #expect(error?.problem == .absent)
        bench.expectAllLetGo()
    }
}
