import TerminalKit
import Testing

@testable import StationApp

@Suite("One terminal for screens that follow one another", .timeLimit(.minutes(1)))
struct RelayedTerminalTests {
    @Test("what is typed, and a wish to end, while nobody reads are the next reader's")
    func between() async throws {
        let source = AskedTerminal()
        let terminal = RelayedTerminal(source)
        try await source.untilAsked()
        let (seen, telling) = AsyncStream.makeStream(of: TerminalEvent.self)
        let reading = Task { [events = terminal.events] in
            for await event in events { telling.yield(event) }
        }
        source.tell(.key("a"))
        try await source.untilAsked()
        #expect(await first(of: seen) == .key("a"))
        // As a screen that is done with ends its reading.
        reading.cancel()
        await reading.value
        for event in [.key("b"), .endRequested] as [TerminalEvent] {
            source.tell(event)
            try await source.untilAsked()
        }
        let next = terminal.events
        source.end()
        var left: [TerminalEvent] = []
        for await event in next { left.append(event) }
        #expect(left == [.key("b"), .endRequested])
    }

    @Test("whoever asks for them next has what comes from then on, and what nobody had asked for yet")
    func handedOver() async throws {
        let source = AskedTerminal()
        let terminal = RelayedTerminal(source)
        try await source.untilAsked()
        source.tell(.key("a"))
        try await source.untilAsked()
        let (before, after) = (terminal.events, terminal.events)
        source.tell(.key("b"))
        source.end()
        #expect(await all(before) == [.key("a")])
        #expect(await all(after) == [.key("b")])
    }

    private func first(of events: AsyncStream<TerminalEvent>) async -> TerminalEvent? {
        for await event in events { return event }
        return nil
    }

    private func all(_ events: AsyncStream<TerminalEvent>) async -> [TerminalEvent] {
        var all: [TerminalEvent] = []
        for await event in events { all.append(event) }
        return all
    }
}

/// A terminal that says when it is asked for its next event: what it told before has been handed on by then.
private final class AskedTerminal: Terminal {
    let events: AsyncStream<TerminalEvent>
    let size = Size(columns: 80, rows: 24)
    let pictureStyle = PictureStyle.shades
    private let telling: AsyncStream<TerminalEvent>.Continuation
    private let asked: AsyncStream<Void>

    init() {
        let (told, telling) = AsyncStream.makeStream(of: TerminalEvent.self)
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        self.telling = telling
        self.asked = asked
        events = AsyncStream {
            asking.yield()
            for await event in told { return event }
            return nil
        }
    }

    func tell(_ event: TerminalEvent) { telling.yield(event) }
    func end() { telling.finish() }

    func untilAsked() async throws {
        for await _ in asked { return }
        throw LoginTestError.ended
    }

    func show(_ content: some TerminalContent) {}
    func close() async {}
}
