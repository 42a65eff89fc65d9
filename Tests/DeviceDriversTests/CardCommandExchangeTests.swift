import DeviceEmulation
import Testing

@testable import DeviceDrivers

@Suite struct CardCommandExchangeTests {
    @Test("Commands are written as the card wants them")
    func bytes() {
        #expect(
            CardCommand.select(path: [0x3F00, 0xDF01, 0x4031]).bytes == [
                0, 0xA4, 8, 0x0C, 6, 0x3F, 0, 0xDF, 1, 0x40, 0x31,
            ])
        #expect(CardCommand.select(file: 0x5038).bytes == [0, 0xA4, 2, 0x0C, 2, 0x50, 0x38])
        #expect(CardCommand.read(offset: 0x1F8, length: 252).bytes == [0, 0xB0, 0x01, 0xF8, 0xFC])
        #expect(CardCommand.read(offset: 0, length: 256).bytes == [0, 0xB0, 0, 0, 0])
        #expect(CardCommand.cardData.bytes == [0x80, 0xE4, 0, 0, 0x1C])
        #expect(CardCommand.getResponse(256).bytes == [0, 0xC0, 0, 0, 0])
    }

    @Test("Case 14: a correction of the length is followed with the same command")
    func correction() {
        var exchange = CommandExchange(.read(offset: 0, length: 252))
        #expect(exchange.handle([0x6C, 0x03]) == .send([0, 0xB0, 0, 0, 3]))
        #expect(
            exchange.handle([1, 2, 3, 0x90, 0x00])
                == .finished(.init(data: [1, 2, 3], status: .success, correctedLength: 3)))
    }

    @Test("Case 14: 6C00 means 256 bytes")
    func correctionTo256() {
        var exchange = CommandExchange(.read(offset: 0, length: 252))
        #expect(exchange.handle([0x6C, 0x00]) == .send([0, 0xB0, 0, 0, 0]))
    }

    @Test(
        "Case 14: a card that was asked again too early is asked once more later",
        arguments: [[0x6C, 0x03], [0x6D, 0x00]] as [[UInt8]])
    func tooEarly(_ answer: [UInt8]) {
        var exchange = CommandExchange(.read(offset: 0, length: 252))
        _ = exchange.handle([0x6C, 0x03])
        #expect(exchange.handle(answer) == .sendLater([0, 0xB0, 0, 0, 3], after: .milliseconds(50)))
        #expect(
            exchange.handle([1, 2, 3, 0x90, 0x00])
                == .finished(.init(data: [1, 2, 3], status: .success, correctedLength: 3)))
    }

    @Test("Waiting bytes are fetched until there are none, and put together")
    func fetching() {
        var exchange = CommandExchange(.cardData)
        #expect(exchange.handle([1, 0x61, 0x02]) == .send([0, 0xC0, 0, 0, 2]))
        #expect(exchange.handle([2, 3, 0x61, 0x00]) == .send([0, 0xC0, 0, 0, 0]))
        #expect(exchange.handle([0x6C, 0x01]) == .send([0, 0xC0, 0, 0, 1]))
        #expect(
            exchange.handle([4, 0x90, 0x00])
                == .finished(.init(data: [1, 2, 3, 4], status: .success, correctedLength: nil)))
    }

    @Test("Case 14: a card that corrects or announces for ever is given up")
    func endless() {
        var corrections = CommandExchange(.cardData)
        #expect((0..<50).contains { _ in corrections.handle([0x6C, 0x05]) == .broken })
        var empties = CommandExchange(.cardData)
        #expect((0..<1000).contains { _ in empties.handle([0x61, 0x05]) == .broken })
        var flood = CommandExchange(.cardData)
        let page = [UInt8](repeating: 7, count: 256) + [0x61, 0x00]
        #expect((0..<1000).contains { _ in flood.handle(page) == .broken })
    }

    @Test("An answer without a status is broken", arguments: [[], [0x90]] as [[UInt8]])
    func noStatus(_ answer: [UInt8]) {
        var exchange = CommandExchange(.cardData)
        #expect(exchange.handle(answer) == .broken)
    }

    @Test("A card that is slow to turn is given its time at every correction")
    func slowToTurn() {
        var exchange = CommandExchange(.read(offset: 0, length: 256), isSlowToTurn: true)
        #expect(exchange.handle([0x6C, 0x03]) == .sendLater([0, 0xB0, 0, 0, 3], after: .milliseconds(50)))
        #expect(
            exchange.handle([1, 2, 3, 0x90, 0x00])
                == .finished(.init(data: [1, 2, 3], status: .success, correctedLength: 3)))
    }

    @Test("A chip's challenge is written as the card wants it, without a length of the answer")
    func challenge() {
        let challenge = [UInt8](1...48)
        #expect(CardCommand.authenticate(challenge).bytes == [0x00, 0x88, 0x02, 0x81, 0x32, 0x94, 0x30] + challenge)
    }

    @Test("The answer to reset tells the generations of Belgian cards from each other and from others")
    func recognition() {
        func generation(_ atr: [UInt8]) -> CardGeneration { CardGeneration(atr: atr) }
        #expect(generation(CardApplet.v10.atr) == .v10)
        #expect(generation(CardApplet.v10EMV.atr) == .v10)
        #expect(generation(CardApplet.v11.atr) == .v11or17)
        #expect(generation(CardApplet.v17.atr) == .v11or17)
        #expect(generation(CardApplet.v18.atr) == .v18)
        #expect(generation([0x3B, 0x98, 0x96, 0x40, 0x0A, 0xA5, 3, 1, 1, 1, 0xAD, 0x13, 0x12]) == .similar)
        #expect(generation([0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 3, 1, 1, 1, 0xAD, 0x13, 0x21]) == .unknown)
        #expect(generation([0x3B, 0x98, 0x95, 0x40, 0xFF, 0xD0, 0, 0x48, 1, 1, 0xAD, 0x13, 0x21]) == .unknown)
        #expect(generation(EmulatedBankCard().atr) == .unknown)
        #expect(generation([]) == .unknown)
    }

    @Test("Only applet 1.0 is slow to turn, though applet 1.8 names the same operating system")
    func slowCards() throws {
        let numbers = (0..<16).map { UInt8($0) }
        let old = try #require(CardData(numbers + [0xA5, 3, 1, 1, 1, 0x01, 0, 1, 0, 1, 1, 0x0F]))
        #expect(old.isSlowToTurn && !old.hasBasicKey && !old.isBlank)
        let new = try #require(CardData(numbers + [0xF3, 0x36, 1, 0x25, 1, 0x18, 0, 1, 0, 0, 2, 0x0F]))
        #expect(!new.isSlowToTurn && new.hasBasicKey)
        let middle = try #require(CardData(numbers + [0xF3, 0x36, 1, 0x25, 1, 0x17, 0, 3, 0, 0x21, 1, 0x07]))
        #expect(!middle.isSlowToTurn && !middle.hasBasicKey && middle.isBlank)
        #expect(CardData(numbers + [1, 2, 3, 4, 5]) == nil)
    }
}
