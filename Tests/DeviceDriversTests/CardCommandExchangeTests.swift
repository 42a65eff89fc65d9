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

    @Test("A correction of the length is followed with the same command")
    func correction() {
        var exchange = CommandExchange(.read(offset: 0, length: 252))
        #expect(exchange.handle([0x6C, 0x03]) == .send([0, 0xB0, 0, 0, 3]))
        #expect(
            exchange.handle([1, 2, 3, 0x90, 0x00])
                == .finished(.init(data: [1, 2, 3], status: .success, correctedLength: 3)))
    }

    @Test("6C00 means 256 bytes")
    func correctionTo256() {
        var exchange = CommandExchange(.read(offset: 0, length: 252))
        #expect(exchange.handle([0x6C, 0x00]) == .send([0, 0xB0, 0, 0, 0]))
    }

    @Test(
        "A card that was asked again too early is asked once more later",
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

    @Test("A card that corrects or announces for ever is given up")
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

    @Test("The answer to reset tells Belgian cards from others")
    func recognition() {
        #expect(CardRecognition.isBelgian(atr: [0x3B, 0x98, 0x94, 0x40, 0xFF, 0xA5, 3, 1, 1, 1, 0xAD, 0x13, 0x10]))
        #expect(CardRecognition.isBelgian(atr: [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 3, 1, 1, 1, 0xAD, 0x13, 0x11]))
        #expect(!CardRecognition.isBelgian(atr: [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 3, 1, 1, 1, 0xAD, 0x13, 0x21]))
        #expect(!CardRecognition.isBelgian(atr: [0x3B, 0x67, 0, 0, 0x29, 0x20, 0, 0x6F, 0x78, 0x90, 0]))
        #expect(!CardRecognition.isBelgian(atr: []))
    }
}
