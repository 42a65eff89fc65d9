import DeviceTransport
import Foundation
import Testing

@testable import DeviceEmulation

/// What can go wrong between a program and a card in the emulated reader.
@Suite struct CardReaderScriptTests {
    private static let name = "Emulated Card Reader 00 00"
    private static let patience = Duration.milliseconds(30)
    private static let select = CardBench.bytes("00 A4 08 0C 06 3F 00 DF 01 40 31")

    private func reader(_ profile: CardProfile = .v17) throws -> EmulatedCardReader {
        let reader = EmulatedCardReader()
        reader.insert(try profile.card(photo: CardBench.photo))
        return reader
    }

    private func connection(_ reader: EmulatedCardReader) throws -> any CardConnection {
        try reader.connect(to: Self.name, within: Self.patience)
    }

    private func reason(_ body: () throws -> Void) -> TransportError.Reason? {
        do {
            try body()
            return nil
        } catch {
            return (error as? TransportError)?.reason
        }
    }

    @Test("A mute card is seen as one, and cannot be connected to")
    func mute() throws {
        let reader = try reader(.mute)
        #expect(try reader.slots().first?.state == .mute)
        #expect(reason { _ = try connection(reader) } == .cardMute)
        reader.insert(EmulatedBankCard())
        #expect(try reader.slots().first?.atr == EmulatedBankCard().atr)
    }

    @Test("A card that stays silent uses up the limit, and no more")
    func silent() throws {
        let reader = EmulatedCardReader()
        var behaviour = EIDCardBehaviour()
        behaviour.memoryFailsAtCommand = 1
        reader.insert(EmulatedEIDCard(try #require(try CardBench.image(.v17)), behaviour: behaviour))
        let connection = try connection(reader)
        #expect(try connection.transmit(Self.select, within: Self.patience) == [0x65, 0x81])
        #expect(reason { _ = try connection.transmit(Self.select, within: Self.patience) } == .timedOut)
        try connection.reconnect(resetting: true, within: Self.patience)
        #expect(try connection.transmit(Self.select, within: Self.patience) == [0x90, 0x00])
    }

    @Test("Latency and a single slow command pass as time does, and the limit ends them")
    func delays() throws {
        let reader = try reader()
        reader.setLatency(.milliseconds(5))
        let connection = try connection(reader)
        reader.play([2: .delay(.milliseconds(10)), 3: .delay(.seconds(9))])
        let clock = ContinuousClock()
        #expect(try clock.measure { _ = try connection.transmit(Self.select, within: .seconds(9)) } >= .milliseconds(5))
        #expect(
            try clock.measure { _ = try connection.transmit(Self.select, within: .seconds(9)) } >= .milliseconds(15))
        #expect(reason { _ = try connection.transmit(Self.select, within: Self.patience) } == .timedOut)
    }

    @Test("Another program can select something else in between, and keep the card busy")
    func otherPrograms() throws {
        let reader = try reader()
        let connection = try connection(reader)
        reader.play([2: .preceded([CardBench.bytes("00 A4 08 0C 02 DF 00")])])
        _ = try connection.transmit(Self.select, within: Self.patience)
        #expect(try connection.transmit(CardBench.bytes("00 B0 00 00 10"), within: Self.patience) == [0x69, 0x86])
        reader.keepBusyByAnother(true)
        #expect(reason { try connection.beginTransaction(within: Self.patience) } == .timedOut)
        reader.keepBusyByAnother(false)
        try connection.beginTransaction(within: Self.patience)
    }

    @Test("One of two readers can be unplugged and come back under another name; old connections stay dead")
    func unplugging() throws {
        let reader = EmulatedCardReader(readers: ["A", "B"])
        for index in 0..<2 { reader.insert(try CardProfile.v17.card(photo: CardBench.photo), into: index) }
        let (first, second) = try (reader.connect(to: "A", within: .zero), reader.connect(to: "B", within: .zero))
        reader.unplug(at: 0)
        #expect(try reader.slots().map(\.reader) == ["B"])
        #expect(reason { _ = try first.transmit(Self.select, within: Self.patience) } == .unplugged)
        #expect(try second.transmit(Self.select, within: Self.patience) == [0x90, 0x00])
        reader.plug("C")
        #expect(try reader.slots().map(\.reader) == ["B", "C"])
        reader.unplug()
        #expect(try reader.slots().isEmpty)
        reader.plug("A")
        reader.insert(try CardProfile.v17.card(photo: CardBench.photo))
        #expect(reason { _ = try first.transmit(Self.select, within: Self.patience) } == .cardRemoved)
        let again = try reader.connect(to: "A", within: .zero)
        #expect(try again.transmit(Self.select, within: Self.patience) == [0x90, 0x00])
    }

    // MARK: - Pinpad

    /// PC/SC part 10, 2.5.2, for a Belgian card.
    private static let verify =
        CardBench.bytes("1E 1E 89 47 04 0C 04 02 01 13 04 00 00 00 00 0D 00 00 00 00 20 00 01 08 20")
        + [UInt8](repeating: 0xFF, count: 7)
    /// 2.5.3.
    private static let modify =
        CardBench.bytes("1E 1E 89 47 04 00 08 0C 04 03 02 03 13 04 00 01 02 00 00 00 15 00 00 00 00 24 00 01 10 20")
        + [UInt8](repeating: 0xFF, count: 7) + [0x20] + [UInt8](repeating: 0xFF, count: 7)

    private func pinpad(_ way: EmulatedPinpad.Way, _ typings: EmulatedPinpad.Typing...) throws -> (
        EmulatedCardReader, any CardConnection, [UInt8: UInt32]
    ) {
        let reader = try reader()
        reader.fit(EmulatedPinpad(way, typings: typings))
        let connection = try connection(reader)
        let list = try connection.control(0x4200_0D48, [], within: Self.patience)
        var codes: [UInt8: UInt32] = [:]
        for place in stride(from: 0, to: list.count, by: 6) {
            try #require(list[place + 1] == 4)
            codes[list[place]] = list[place + 2..<place + 6].reduce(0) { $0 << 8 | UInt32($1) }
        }
        return (reader, connection, codes)
    }

    @Test("A reader without keys says so, and one that knows nothing of features refuses the question")
    func noKeys() throws {
        let (_, _, codes) = try pinpad(.none)
        #expect(codes[0x06] == nil && codes[0x01] == nil && codes[0x12] != nil)
        let plain = try connection(try reader())
        #expect(reason { _ = try plain.control(0x4200_0D48, [], within: Self.patience) } == .inputOutput)
    }

    @Test("A PIN typed on the reader reaches the card and nobody else")
    func typed() throws {
        let (reader, connection, codes) = try pinpad(.direct, .pin("99999"), .pin("1234"))
        let code = try #require(codes[0x06])
        #expect(try connection.control(code, Self.verify, within: .seconds(1)) == [0x63, 0xC2])
        #expect(try connection.control(code, Self.verify, within: .seconds(1)) == [0x90, 0x00])
        #expect(reader.commands == [[0x00, 0x20, 0x00, 0x01], [0x00, 0x20, 0x00, 0x01]], "headers only")
    }

    @Test("In two steps the card's answer comes with the second")
    func twoSteps() throws {
        let (_, connection, codes) = try pinpad(.twoSteps, .pin("1234"))
        #expect(codes[0x06] == nil)
        let (start, finish) = (try #require(codes[0x01]), try #require(codes[0x02]))
        #expect(reason { _ = try connection.control(finish, [], within: Self.patience) } == .inputOutput)
        #expect(try connection.control(start, Self.verify, within: .seconds(1)).isEmpty)
        #expect(try connection.control(finish, [], within: .seconds(1)) == [0x90, 0x00])
    }

    @Test("A PIN is changed on the reader; two new ones that differ are not sent")
    func changing() throws {
        let (reader, connection, codes) = try pinpad(
            .direct, .change(old: "1234", new: "55555", again: "55556"),
            .change(old: "1234", new: "55555", again: "55555"), .pin("55555"))
        let code = try #require(codes[0x07])
        #expect(try connection.control(code, Self.modify, within: .seconds(1)) == [0x64, 0x02])
        #expect(reader.commands.isEmpty)
        #expect(try connection.control(code, Self.modify, within: .seconds(1)) == [0x90, 0x00])
        #expect(try connection.control(try #require(codes[0x06]), Self.verify, within: .seconds(1)) == [0x90, 0x00])
    }

    @Test("Cancelling, waiting, too few digits and a request that is none have statuses of the reader's own")
    func statuses() throws {
        let (reader, connection, codes) = try pinpad(.direct, .cancels, .waits, .pin("123"), .status(0x6F00))
        let code = try #require(codes[0x06])
        for status in [[0x64, 0x01], [0x64, 0x00], [0x64, 0x03], [0x6F, 0x00], [0x64, 0x00]] as [[UInt8]] {
            #expect(try connection.control(code, Self.verify, within: .seconds(1)) == status)
        }
        for length in 0..<Self.verify.count {
            let cut = [UInt8](Self.verify.prefix(length))
            #expect(try connection.control(code, cut, within: .seconds(1)) == [0x6B, 0x80])
        }
        #expect(reader.commands.isEmpty)
    }

    @Test("A card that is pulled while a PIN is typed ends the request")
    func pulled() throws {
        let (reader, connection, codes) = try pinpad(.direct, .pin("1234"))
        reader.play([1: .pull])
        let code = try #require(codes[0x06])
        #expect(reason { _ = try connection.control(code, Self.verify, within: .seconds(1)) } == .cardRemoved)
    }
}
