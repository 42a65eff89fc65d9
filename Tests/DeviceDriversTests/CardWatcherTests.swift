import DeviceEmulation
import DeviceTransport
import Testing

@testable import DeviceDrivers

@Suite struct CardWatcherTests {
    private static let name = "Emulated Card Reader 00 00"
    private let bank = EmulatedBankCard()

    /// Watches a reader through steps: each is done once all events of the one before have come.
    private func watch(
        _ reader: EmulatedCardReader, _ steps: [(expected: [CardEvent], then: @Sendable () -> Void)]
    ) async {
        var pending = steps[...]
        var seen: [CardEvent] = []
        let watcher = CardWatcher(transport: reader, retry: .milliseconds(5))
        for await event in watcher.events() {
            seen.append(event)
            while let step = pending.first, seen.count >= step.expected.count {
                #expect(seen == step.expected)
                seen = []
                pending.removeFirst()
                step.then()
                if let next = pending.first, !next.expected.isEmpty { break }
            }
            if pending.isEmpty { break }
        }
        #expect(pending.isEmpty)
    }

    @Test("Cards and readers that come and go are told in order, beginning with what is there", .timeLimit(.minutes(1)))
    func comingAndGoing() async {
        let reader = EmulatedCardReader()
        reader.insert(bank)
        let name = Self.name
        await watch(
            reader,
            [
                ([.readerCame(name), .cardIn(reader: name, atr: bank.atr)], { reader.remove() }),
                ([.cardOut(reader: name)], { reader.insertMute() }),
                ([.cardMute(reader: name)], { reader.insert(EmulatedBankCard()) }),
                ([.cardOut(reader: name), .cardIn(reader: name, atr: bank.atr)], { reader.holdByAnother(true) }),
                ([.cardHeld(reader: name)], { reader.holdByAnother(false) }),
                ([.cardFree(reader: name)], { reader.unplug() }),
                ([.cardOut(reader: name), .readerLeft(name)], { reader.plug("Reader under another name 01 00") }),
                ([.readerCame("Reader under another name 01 00")], {}),
            ])
    }

    @Test("Case 7: a service that stops is waited for, and what is there then is told anew", .timeLimit(.minutes(1)))
    func service() async {
        let reader = EmulatedCardReader()
        reader.insert(bank)
        let name = Self.name
        await watch(
            reader,
            [
                ([.readerCame(name), .cardIn(reader: name, atr: bank.atr)], { reader.setService(running: false) }),
                ([.cardOut(reader: name), .readerLeft(name), .serviceLost], { reader.setService(running: true) }),
                ([.serviceFound, .readerCame(name), .cardIn(reader: name, atr: bank.atr)], {}),
            ])
    }

    @Test("Case 10: what happened between two looks is told when the readers counted it")
    func counted() {
        func slot(_ state: CardSlot.State, _ movements: UInt64) -> [CardSlot] {
            [CardSlot(reader: "R", state: state, stamp: movements, movements: movements)]
        }
        let card = CardSlot.State.card(atr: [0x3B, 1])
        var presence = CardPresence()
        #expect(presence.handle([]) == [])
        #expect(presence.handle(slot(card, 1)) == [.readerCame("R"), .cardIn(reader: "R", atr: [0x3B, 1])])
        #expect(presence.handle(slot(card, 1)) == [])
        // Another program's use of the card changes the stamp, not the count.
        #expect(presence.handle([CardSlot(reader: "R", state: card, stamp: 77, movements: 1)]) == [])
        #expect(
            presence.handle(slot(card, 3)) == [.cardOut(reader: "R"), .cardIn(reader: "R", atr: [0x3B, 1])])
        #expect(presence.handle(slot(.empty, 4)) == [.cardOut(reader: "R")])
        #expect(presence.handle(slot(.empty, 6)) == [.cardIn(reader: "R", atr: []), .cardOut(reader: "R")])
        #expect(presence.handle(slot(.mute, 7)) == [.cardMute(reader: "R")])
        #expect(presence.handle(slot(card, 7)) == [.cardIn(reader: "R", atr: [0x3B, 1])])
        #expect(presence.handle(slot(.unavailable, 7)) == [.cardOut(reader: "R")])
        #expect(presence.loseService() == [.readerLeft("R"), .serviceLost])
        #expect(presence.loseService() == [])
        #expect(presence.handle([]) == [.serviceFound])
    }

    @Test("The coming of a Belgian card is told from that of another")
    func belgian() {
        #expect(CardEvent.cardIn(reader: "R", atr: CardApplet.v18.atr).isBelgian == true)
        #expect(CardEvent.cardIn(reader: "R", atr: bank.atr).isBelgian == false)
        #expect(CardEvent.cardOut(reader: "R").isBelgian == nil)
    }

    @Test("A watch ends at once when nobody listens any more, with and without a service", .timeLimit(.minutes(1)))
    func cancelled() async {
        for isRunning in [true, false] {
            let reader = EmulatedCardReader()
            reader.setService(running: isRunning)
            let watcher = CardWatcher(transport: reader, retry: .seconds(3600))
            let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in watcher.events() { continuation.yield() }
            }
            for await _ in begun { break }
            task.cancel()
            await task.value
        }
    }
}
