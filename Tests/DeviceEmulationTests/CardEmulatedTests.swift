import Crypto
import Testing

@testable import DeviceEmulation

@Suite struct CardEmulatedTests {
    private static func card(
        _ files: [EIDFile: [UInt8]], version: UInt8 = 0x17, behaviour: EIDCardBehaviour = EIDCardBehaviour(),
        basicKey: P384.Signing.PrivateKey? = nil
    ) -> EmulatedEIDCard {
        let data: [UInt8] = (0..<21).map { $0 } + [version, 0, 3, 0, 0x21, 1, 0x0F]
        return EmulatedEIDCard(
            EIDCardImage(atr: CardApplet.v17.atr, cardData: data, files: files, basicKey: basicKey),
            behaviour: behaviour)
    }

    private static let identity = [UInt8](0..<200)
    private static let files: [EIDFile: [UInt8]] = [.identity: identity, .tokenInfo: [1, 2, 3], .photo: []]

    private func hex(_ text: String) -> [UInt8] {
        text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }

    private func expect(_ card: inout EmulatedEIDCard, _ command: String, _ answer: String, _ comment: Comment? = nil) {
        #expect(card.answer(hex(command)) == hex(answer), comment ?? Comment(rawValue: command))
    }

    @Test("SELECT works by path with and without the master file, step by step, and by application")
    func select() {
        var card = Self.card(Self.files)
        expect(&card, "00 A4 08 0C 06 3F 00 DF 01 40 31", "90 00")
        expect(&card, "00 B0 00 00 02", "00 01 90 00")
        expect(&card, "00 A4 08 0C 04 DF 00 50 32", "90 00")
        expect(&card, "00 B0 00 00 03", "01 02 03 90 00")
        expect(&card, "00 A4 02 0C 02 40 31", "6A 82", "the file is in the other directory")
        expect(&card, "00 A4 02 0C 02 DF 01", "6A 82", "a directory is known in the master file only")
        expect(&card, "00 A4 02 0C 02 3F 00", "90 00")
        expect(&card, "00 A4 02 0C 02 DF 01", "90 00")
        expect(&card, "00 B0 00 00 02", "69 86", "a directory cannot be read")
        expect(&card, "00 A4 02 0C 02 40 31", "90 00")
        expect(&card, "00 A4 04 00 0C A0 00 00 01 77 49 64 46 69 6C 65 73", "90 00")
        expect(&card, "00 A4 02 0C 02 40 31", "90 00")
        expect(&card, "00 A4 04 0C 05 A0 00 00 00 04", "6A 82")
        expect(&card, "00 A4 02 0C 06 3F 00 DF 01 40 31", "6A 87")
        expect(&card, "00 A4 00 0C 02 40 31", "6A 86")
        expect(&card, "00 A4 02 0C", "67 00")
        expect(&card, "00 A4 02 0C 05 40 31", "67 00")
    }

    @Test("READ BINARY keeps to the official soft card's manners")
    func readBinary() {
        var card = Self.card(Self.files)
        expect(&card, "00 B0 00 00 10", "69 86")
        expect(&card, "00 A4 08 0C 06 3F 00 DF 01 40 31", "90 00")
        expect(&card, "00 B0 00 00 FC", "6C C8")
        #expect(card.answer(hex("00 B0 00 00 C8")) == Self.identity + [0x90, 0x00])
        expect(&card, "00 B0 00 C7 01", "C7 90 00")
        expect(&card, "00 B0 00 C7 02", "6C 01")
        expect(&card, "00 B0 00 C8 01", "6B 00")
        expect(&card, "00 B0 7F FF 01", "6B 00")
        expect(&card, "00 B0 00 00", "67 00")
        expect(&card, "00 A4 08 0C 06 3F 00 DF 01 40 35", "90 00")
        expect(&card, "00 B0 00 00 01", "6D 00", "an empty file")
        card.reset()
        expect(&card, "00 B0 00 00 01", "69 86", "a reset forgets what was selected")
    }

    @Test("A lenient reader gets what is left")
    func lenient() {
        var behaviour = EIDCardBehaviour()
        behaviour.shortRead = .whatIsLeft
        var card = Self.card(Self.files, behaviour: behaviour)
        expect(&card, "00 A4 08 0C 06 3F 00 DF 00 50 32", "90 00")
        expect(&card, "00 B0 00 00 FC", "01 02 03 90 00")
    }

    @Test("GET CARD DATA wants its exact length, and tells the PIN's tries from applet 1.8 on")
    func cardData() {
        var older = Self.card(Self.files)
        expect(&older, "80 E4 00 00 00", "6C 1C")
        #expect(older.answer(hex("80 E4 00 00 1C")).count == 30)
        expect(&older, "80 E4 00 01 1F", "6B 00")
        var newer = Self.card(Self.files, version: 0x18)
        #expect(newer.answer(hex("80 E4 00 01 1F")).suffix(5) == [3, 0xFF, 0xFF, 0x90, 0x00])
    }

    @Test("Three wrong PINs block the card, a right one in between gives all tries back")
    func verify() {
        var card = Self.card(Self.files)
        expect(&card, "00 20 00 01", "63 C3", "asking costs nothing from applet 1.7 on")
        expect(&card, "00 20 00 01 08 24 99 99 FF FF FF FF FF", "63 C2")
        expect(&card, "00 20 00 01 08 24 12 34 FF FF FF FF FF", "90 00")
        expect(&card, "00 20 00 01", "90 00")
        for left in ["63 C2", "63 C1", "69 83"] { expect(&card, "00 20 00 01 08 24 99 99 FF FF FF FF FF", left) }
        expect(&card, "00 20 00 01 08 24 12 34 FF FF FF FF FF", "69 83")
        var old = Self.card(Self.files, version: 0x11)
        expect(&old, "00 20 00 01", "63 C2", "asking costs a try on the oldest cards")
    }

    @Test("The chip proves that it is no copy by signing a challenge")
    func authenticate() throws {
        let key = P384.Signing.PrivateKey()
        var card = Self.card(Self.files, version: 0x18, basicKey: key)
        let challenge = (0..<48).map { UInt8($0 * 3) }
        #expect(card.answer(hex("00 88 02 81 32 94 30") + challenge) == hex("61 60"))
        let answer = card.answer(hex("00 C0 00 00 60"))
        #expect(answer.suffix(2) == [0x90, 0x00])
        let signature = try P384.Signing.ECDSASignature(rawRepresentation: answer.dropLast(2))
        #expect(key.publicKey.isValidSignature(signature, for: CardDigestBytes(challenge)))
        expect(&card, "00 C0 00 00 60", "69 85", "it is fetched once")
    }

    @Test("Commands of any bytes are answered with a status", arguments: [1, 2] as [UInt64])
    func noise(_ seed: UInt64) throws {
        var state = seed
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var card = Self.card(Self.files, version: 0x18, basicKey: P384.Signing.PrivateKey())
        var bank = EmulatedBankCard()
        let classes: [UInt8] = [0x00, 0x80, 0xFF]
        let instructions: [UInt8] = [0xA4, 0xB0, 0xC0, 0x20, 0x88, 0xE4, 0x13]
        for round in 0..<5000 {
            var command = [classes[next(3)], instructions[next(7)]] + (0..<next(20)).map { _ in UInt8(next(256)) }
            command = [UInt8](command.prefix(next(command.count + 1)))
            #expect(card.answer(command).count >= 2, "seed \(seed), round \(round)")
            #expect(bank.answer(command).count >= 2, "seed \(seed), round \(round)")
        }
    }
}
