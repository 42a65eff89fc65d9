import DeviceDrivers
import EnrolmentCore
import Foundation
import OfflineCache
import StationUI
import Synchronization
import TerminalKit
import Testing

@testable import StationApp

/// The unlock screen of a kit under a machine lock that An's card opens, on a recording terminal.
private struct ScreenBench {
    let opening: OpeningBench
    let terminal = AttendedTerminal()
    let readers: AsyncStream<ReaderState>.Continuation
    let running: Task<OpenKit?, Never>

    init(_ opening: OpeningBench) async throws {
        self.opening = opening
        let (states, readers) = AsyncStream.makeStream(of: ReaderState.self)
        self.readers = readers
        let clock = opening.login.clock
        let reader = BelgianEIDReader(transport: opening.login.reader, clock: clock)
        let rules = try LoginBench.rules()
        let means = await OpeningDesk.Means.opening(opening.folder, reader: reader, rules: rules, clock: clock)
        let screen = OpeningScreen(
            terminal: terminal, desk: OpeningDesk(means), readers: states, clock: clock, idle: rules.idle,
            uptime: opening.login.uptime)
        let model = OpeningModel(
            label: KitLabel(kit: LoginBench.kit.id, municipality: "Gent"), byCard: means.byCard != nil)
        running = Task { await screen.run(model) }
    }

    @discardableResult
    func shows(_ texts: String...) async throws -> String {
        try #require(await terminal.screen(with: texts), "\(texts)\n\(terminal.lastScreen)")
    }

    func type(_ text: String) { for character in text { terminal.press(Key(String(character))) } }
}

@Suite("The screen at which a kit is opened", .timeLimit(.minutes(1)))
struct OpeningScreenTests {
    @Test("opens it by card and PIN, says what a wrong PIN has cost, and names nobody before it is open")
    func card() async throws {
        let opening = try await OpeningBench()
        try await opening.add(LoginBench.anPersona)
        let bench = try await ScreenBench(opening)
        // Until the reader was looked at, the card in it is asked for at once.
        try await bench.shows("OEFENKIT-L", "Gent", "Pogingen over: 3")
        bench.readers.yield(.noCard)
        try await bench.shows("klaar, geen kaart", "Steek uw eigen identiteitskaart")
        bench.readers.yield(.card)
        try await bench.shows("Pogingen over: 3")
        bench.type("9876")
        bench.terminal.press("enter")
        try await bench.shows("niet juist", "Pogingen over: 2")
        #expect(!bench.terminal.lastScreen.contains("9876") && !bench.terminal.lastScreen.contains("Proef-Ambtenaar"))
        bench.type("1234")
        bench.terminal.press("enter")
        let kit = try #require(await bench.running.value)
        #expect(kit.login?.officer == Officer(id: LoginBench.an, proof: .card))
        kit.store.close()
    }

    @Test("waits for the card again when it is pulled before its PIN was given, and no try is used")
    func pulled() async throws {
        let opening = try await OpeningBench()
        try await opening.add(LoginBench.anPersona)
        let bench = try await ScreenBench(opening)
        bench.readers.yield(.card)
        try await bench.shows("Pogingen over: 3")
        bench.type("12")
        bench.readers.yield(.noCard)
        try await bench.shows("Steek uw eigen identiteitskaart")
        bench.readers.yield(.card)
        try await bench.shows("Pogingen over: 3", "_")
        bench.terminal.press("escape")
        #expect(await bench.running.value == nil)
    }

    @Test("opens it by its passphrase, with the tries that the chip leaves")
    func passphrase() async throws {
        let opening = try await OpeningBench()
        let bench = try await ScreenBench(opening)
        try await bench.shows("Pogingen over voor het wachtwoord: 32")
        bench.type("fout")
        bench.terminal.press("enter")
        try await bench.shows("gaat de opslag niet open", "Pogingen over voor het wachtwoord: 31")
        bench.type(OpeningBench.passphrase.replacing(" ", with: "_"))
        for _ in OpeningBench.passphrase { bench.terminal.press("backspace") }
        for character in OpeningBench.passphrase {
            bench.terminal.press(character == " " ? "space" : Key(String(character)))
        }
        bench.terminal.press("enter")
        let kit = try #require(await bench.running.value)
        #expect(kit.login == nil)
        kit.store.close()
    }

    @Test("leaves nothing open when the officer leaves while the passphrase is looked at")
    func leaves() async throws {
        let opening = try await OpeningBench()
        let bench = try await ScreenBench(opening)
        try await bench.shows("Pogingen over voor het wachtwoord")
        for character in OpeningBench.passphrase {
            bench.terminal.press(character == " " ? "space" : Key(String(character)))
        }
        bench.terminal.press("enter")
        bench.terminal.press("escape")
        #expect(await bench.running.value == nil)
        // Another process would be told that it is in use.
        let kit = try await opening.folder.open(
            passphrase: try SecretBytes(text: OpeningBench.passphrase), clock: opening.login.clock)
        kit.store.close()
    }

    @Test("makes whoever guesses wait where no chip does, and counts that down")
    func guessing() throws {
        let limit = TryLimit(freeTries: 2, firstWait: .seconds(60), longestWait: .seconds(600))
        let uptime = MovedUptime()
        var trials = PassphraseGuard(limit: limit, uptime: uptime)
        #expect(trials.standing(by: nil) == (2, .zero, false))
        trials.failed()
        #expect(trials.standing(by: nil) == (1, .zero, false))
        trials.failed()
        #expect(trials.standing(by: nil) == (nil, .seconds(60), false))
        uptime.move(by: 50)
        #expect(trials.standing(by: nil) == (nil, .seconds(10), false))
        uptime.move(by: 10)
        #expect(trials.standing(by: nil) == (1, .zero, false))
        trials.failed()
        #expect(trials.standing(by: nil).wait == .seconds(120))
        trials.succeeded()
        #expect(trials.standing(by: nil).left == 2)
        let chip = GuessingLimit(wrong: 32, most: 32, forgetting: .seconds(7200), isClosed: true)
        #expect(trials.standing(by: chip) == (nil, .seconds(7200), true))
        uptime.move(by: 7100)
        #expect(trials.standing(by: chip).wait == .seconds(100))
        uptime.move(by: 7100)
        #expect(trials.standing(by: chip).wait == .seconds(1))
    }

    @Test("makes whoever guesses wait the longest where the machine does not say how long it runs")
    func guessingWithoutTime() {
        let limit = TryLimit(freeTries: 2, firstWait: .seconds(60), longestWait: .seconds(600))
        let uptime = LostUptime()
        var trials = PassphraseGuard(limit: limit, uptime: uptime)
        uptime.isLost.withLock { $0 = true }
        trials.failed()
        #expect(trials.standing(by: nil) == (1, .zero, false))
        trials.failed()
        #expect(trials.standing(by: nil) == (nil, .seconds(600), false))
        // Once it says so, the wait is counted from there.
        uptime.isLost.withLock { $0 = false }
        #expect(trials.standing(by: nil) == (nil, .seconds(60), false))
        uptime.moved.move(by: 60)
        #expect(trials.standing(by: nil) == (1, .zero, false))
        uptime.isLost.withLock { $0 = true }
        #expect(trials.standing(by: nil) == (nil, .seconds(600), false))
    }

    @Test("tells what the reader sees, whatever order readers and cards come and go in")
    func reader() {
        var presence = ReaderPresence()
        #expect(presence.state == .noReader)
        let steps: [(CardEvent, ReaderState)] = [
            (.readerCame("a"), .noCard), (.cardMute(reader: "a"), .mute), (.cardIn(reader: "a", atr: []), .card),
            (.readerCame("b"), .card), (.cardHeld(reader: "a"), .card), (.cardOut(reader: "a"), .noCard),
            (.cardIn(reader: "b", atr: []), .card), (.readerLeft("b"), .noCard), (.serviceLost, .noReader),
        ]
        for (event, state) in steps {
            presence.handle(event)
            #expect(presence.state == state, "\(event)")
        }
    }

    @Test("knows a kit by its label, and takes what is none for no label")
    func label() async throws {
        let opening = try await OpeningBench()
        #expect(opening.folder.label == KitLabel(kit: nil))
        let label = KitLabel(kit: KitID("X-1"), municipality: "Gent", isTraining: false)
        try opening.folder.attach(label)
        #expect(opening.folder.label == label)
        opening.folder.correctLabel(of: LoginBench.kit)
        #expect(
            opening.folder.label == KitLabel(kit: LoginBench.kit.id, municipality: "Gent", isTraining: true))
        for text in ["", "{}", "[1]", String(repeating: "x", count: 2_000_000)] {
            try text.write(
                to: opening.folder.url.appending(path: "label.json"), atomically: true, encoding: .utf8)
            #expect(opening.folder.label == KitLabel(kit: nil))
        }
    }

    @Test("waits for nobody at a pipe in the place of the label, and follows no link")
    func noLabel() async throws {
        let opening = try await OpeningBench()
        let (file, other) = (
            opening.folder.url.appending(path: "label.json"), opening.login.folder.url.appending(path: "other.json")
        )
        try opening.folder.attach(KitLabel(kit: KitID("X-1")))
        try FileManager.default.moveItem(at: file, to: other)
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: other)
        #expect(opening.folder.label == KitLabel(kit: nil))
        try FileManager.default.removeItem(at: file)
        #expect(mkfifo(file.path, 0o600) == 0)
        #expect(opening.folder.label == KitLabel(kit: nil))
    }
}

/// An uptime that can be had or not.
private final class LostUptime: UptimeClock {
    let isLost = Mutex(false)
    let moved = MovedUptime()

    func now() throws(StoreError) -> Uptime {
        guard !isLost.withLock(\.self) else { throw .unreadable("the uptime") }
        return moved.now()
    }
}
