import EnrolmentCore
import EnrolmentFlow
import OfflineCache
import StationUI
import TerminalKit
import Testing

@testable import StationApp

@Suite("The screens of a station", .timeLimit(.minutes(1)))
struct StationRunnerTests {
    @Test("bring one person from the list to a verified receipt with keys alone")
    func keysOnly() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices(trigger: .shutter)
            let terminal = AttendedTerminal()
            let running = try await start(bench, kit, devices, terminal)
            try await follow(Self.enrolment, terminal)
            try await follow(Self.sync, terminal)
            await running.value
            #expect(terminal.isClosed)
            #expect(devices.leftovers == [])
            let packets = try await kit.packets()
            #expect(packets.map(\.state) == [.purged])
            #expect(try await bench.central.packets().map(\.id) == packets.map(\.id))
            kit.store.close()
        }
    }

    @Test("show a device that fails, with what was kept and what to do, and go on with the same key")
    func failure() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let devices = try bench.devices(.init(scanner: [.picture(1): .unplug]))
            let terminal = AttendedTerminal()
            let running = try await start(bench, kit, devices, terminal)
            try await follow(
                Array(Self.enrolment.prefix(3)) + [
                    // This camera takes its picture by itself.
                    Step("enter", shows: ["Is de foto goed?"]), Step("enter", shows: ["Volgende vinger"]),
                    Step(
                        "enter",
                        shows: [
                            "Wat er gebeurde", "viel weg", "versleuteld", "Wat u nu doet",
                            "scanner.unplugged",
                        ]
                    ),
                    Step("enter", shows: ["Volgende vinger"], lacks: "Wat er gebeurde"),
                ], terminal)
            devices.scanner.plugIn()
            try await follow(
                [
                    Step("enter", shows: ["Rechterwijsvinger: goed"]), Step("escape", shows: ["Bezoeken", "begonnen"]),
                    Step("q", shows: ["Afsluiten?"]), Step("2"),
                ], terminal)
            await running.value
            let draft = try #require(try await bench.draft(on: kit))
            #expect(draft.fingerSamples.count == 1 && draft.step == .fingers)
            #expect(devices.leftovers == [])
            kit.store.close()
        }
    }

    @Test("hide everything at one key, and ask for the passphrase of the kit")
    func locked() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let terminal = AttendedTerminal()
            let running = try await start(bench, kit, try bench.devices(), terminal)
            try await follow(
                [
                    Step("f1", shows: ["Hulp"]), Step("escape", shows: ["Zonderbestaan"]),
                    Step("f12", shows: ["Verborgen"], lacks: "Zonderbestaan"),
                    Step("enter", shows: ["Wachtwoord van de kit", "_"]),
                    Step("x", shows: ["•"]),
                    Step("enter", shows: ["gaat de opslag niet open", "_"], lacks: "Zonderbestaan"),
                    Step("p", shows: ["•"]),
                    Step("enter", shows: ["Zonderbestaan"]), Step("q", shows: ["Afsluiten?"]), Step("2"),
                ], terminal)
            await running.value
            kit.store.close()
        }
    }

    /// One key, and what the next screen that matters shows.
    private struct Step {
        let key: Key
        let texts: [String]
        let other: String?

        init(_ key: Key, shows texts: [String] = [], lacks other: String? = nil) {
            self.key = key
            self.texts = texts
            self.other = other
        }
    }

    private static let enrolment = [
        Step("enter", shows: ["Lees de huidige kaart", "Zonderbestaan"]),
        Step("enter", shows: ["Is dit de persoon voor u?", "Nergensstraat 73"]),
        Step("enter", shows: ["Neem de pasfoto"]),
        Step("enter", shows: ["Kijk recht in de camera"], lacks: "(nog geen beeld)"),
        Step("enter", shows: ["Is de foto goed?"]),
        Step("enter", shows: ["Volgende vinger", "rechterwijsvinger"]),
        Step("enter", shows: ["Rechterwijsvinger: goed"]),
        Step("enter", shows: ["Volgende vinger", "linkerwijsvinger"]),
        Step("enter", shows: ["Linkerwijsvinger: goed"]),
        Step("enter", shows: ["Leg het tekenpad voor de persoon"]),
        Step("enter", shows: ["Is de handtekening goed?"]),
        Step("enter", shows: ["Wat kiest de persoon?"]),
        Step("enter", shows: ["Kijk alles na"]),
        Step("f9", shows: ["Veilig opgeslagen", "Florentine"]),
    ]

    @Test("let an officer in by card and PIN before anybody is shown, and again after the lock key")
    func login() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            // The card in the reader is the citizen's; for once its holder is an officer, too.
            let number = NationalNumber(try bench.person(BenchDay.first).0.persona.nationalNumber)
            _ = try await bench.central.lists.add(
                RosterOfficer(id: OfficerID("A12"), nationalNumber: number), to: kit.kit.id)
            _ = try await bench.sync(kit)
            let devices = try bench.devices()
            let station = try await bench.station(kit, devices)
            let reader = try await devices.devices(for: nil).cardReader
            let desk = try LoginDesk(
                LoginDesk.Means(
                    kit: kit, reader: reader, holder: reader, rules: try .builtIn(), clock: bench.clock,
                    patience: .seconds(5), testRoots: try StationTrust.emulatedRoots()))
            let terminal = AttendedTerminal()
            let model = StationModel(kit: kit.kit, pictures: terminal.pictureStyle, unlocking: .login)
            let runner = StationRunner(
                station, screen: StationScreen(model, on: terminal), doorkeeper: .officers(desk), idle: .seconds(600))
            let running = Task { await runner.run() }
            _ = try #require(await terminal.screen(with: ["om u aan te melden"], without: "Zonderbestaan"))
            let pin = ["1", "2", "3", "4"].map { Step(Key($0)) }
            try await follow(
                [Step("enter", shows: ["Pogingen over: 3"], lacks: "Zonderbestaan")] + pin
                    + [
                        Step("enter", shows: ["Zonderbestaan", "A12"]),
                        Step("f12", shows: ["om u aan te melden"], lacks: "Zonderbestaan"),
                        Step("enter", shows: ["Pogingen over: 3"]), Step("9"), Step("9"), Step("9"), Step("9"),
                        Step("enter", shows: ["niet juist", "Pogingen over: 2"], lacks: "Zonderbestaan"),
                    ] + pin
                    + [
                        Step("enter", shows: ["Zonderbestaan"]), Step("enter", shows: ["Lees de huidige kaart"]),
                        Step("escape", shows: ["Bezoeken"]), Step("q", shows: ["Afsluiten?"]), Step("2"),
                    ], terminal)
            await running.value
            #expect(devices.leftovers == [])
        }
    }

    @Test("go blank when nobody touches a key for too long")
    func idle() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let terminal = AttendedTerminal()
            let model = StationModel(kit: kit.kit, pictures: terminal.pictureStyle, unlocking: .kit(byCard: false))
            let station = try await bench.station(kit, try bench.devices())
            let runner = StationRunner(station, screen: StationScreen(model, on: terminal), idle: .zero)
            let running = Task { await runner.run() }
            _ = try #require(await terminal.screen(with: ["Verborgen"], without: "Zonderbestaan"))
            await terminal.close()
            await running.value
        }
    }

    private static let sync = [
        Step("escape", shows: ["Bezoeken", "Te verzenden  1"]),
        Step("f3", shows: ["1 te verzenden"]),
        Step("enter", shows: ["1 ontvangen en bewezen"]),
        Step("escape", shows: ["Bezoeken", "Te verzenden  0", "Ontvangen     1"]),
        Step("f4", shows: ["Dagoverzicht", "Vandaag verzegeld", "nog niet gesloten"]),
        Step("f9", shows: ["De dag sluiten?"]),
        Step("2", shows: ["Gesloten om", "handtekening 1"]),
        Step("escape", shows: ["Bezoeken"]),
        Step("f3", shows: ["Dagzegels: 0 verstuurd, 1 wachten"]),
        Step("enter", shows: ["Dagzegels: 1 verstuurd, 0 wachten"]),
        Step("escape", shows: ["Bezoeken"]),
        Step("q", shows: ["Afsluiten?"]),
        Step("2"),
    ]

    private func start(
        _ bench: StationBench, _ kit: OpenKit, _ devices: BenchDevices, _ terminal: AttendedTerminal
    ) async throws -> Task<Void, Never> {
        let station = try await bench.station(kit, devices)
        let model = StationModel(kit: kit.kit, pictures: terminal.pictureStyle, unlocking: .kit(byCard: false))
        let desk = OpeningDesk<Void>(
            OpeningDesk<Void>.Means(
                reader: try await devices.devices(for: nil).cardReader, byCard: nil,
                byPassphrase: { (passphrase) throws(FailureReport) in
                    guard passphrase.holds("p") else { throw FailureReport(.store(.wrongPassphrase), kept: .draft) }
                }, tries: try LoginRules.builtIn().tries, clock: bench.clock))
        let runner = StationRunner(station, screen: StationScreen(model, on: terminal), doorkeeper: .kit(desk))
        let running = Task { await runner.run() }
        _ = try #require(await terminal.screen(with: ["Zonderbestaan"]), "the list")
        return running
    }

    /// Presses each key when the screen that the one before it leads to has come.
    private func follow(_ steps: [Step], _ terminal: AttendedTerminal) async throws {
        for step in steps {
            terminal.press(step.key)
            guard !step.texts.isEmpty else { continue }
            _ = try #require(
                await terminal.screen(with: step.texts, without: step.other),
                "after \(step.key): \(step.texts)\n\(terminal.lastScreen)")
        }
    }
}
