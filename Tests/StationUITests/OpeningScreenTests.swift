import EnrolmentCore
import TerminalKit
import Testing

@testable import StationUI

/// The unlock screen at the start of the program.
private struct OpeningBench {
    var model: OpeningModel
    var effects: [StationEffect] = []

    init(
        _ language: Language = .dutch, byCard: Bool = true,
        label: KitLabel = KitLabel(kit: KitID("BRUGGE-3"), municipality: "Brugge")
    ) {
        model = OpeningModel(label: label, catalogue: Catalogue(language), byCard: byCard)
        effects = model.beginning
        tell(.clock(Specimen.morning, offset: Specimen.offset))
    }

    mutating func tell(_ event: StationEvent) { effects += model.handle(event) }
    mutating func tell(_ news: LoginNews) { tell(.login(news)) }
    mutating func press(_ keys: Key...) { for key in keys { tell(.key(key)) } }

    func screen(_ columns: Int, _ rows: Int) -> CellBuffer {
        var buffer = CellBuffer(Size(columns: columns, rows: rows))
        model.draw(into: &buffer)
        return buffer
    }

    var text: String { screen(80, 24).rows.joined(separator: " ") }
}

@Suite("The screen at which a kit is opened")
struct OpeningScreenTests {
    private static let state = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false)

    private func expect(_ bench: OpeningBench, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try expectGolden(bench.screen(80, 24), name, at: location)
        try expectGolden(bench.screen(132, 43), name, at: location)
    }

    @Test("It says which kit it is, how it is opened and what the reader sees, before anything is typed")
    func begins() throws {
        var bench = OpeningBench()
        #expect(bench.effects == [.login(.begin)])
        bench.tell(.insertCard)
        bench.tell(.reader(.noReader))
        #expect(bench.text.contains("geen lezer"))
        bench.tell(.reader(.mute))
        #expect(bench.text.contains("antwoordt niet"))
        bench.tell(.reader(.noCard))
        try expect(bench, "opening-card")
        try expectGolden(
            {
                var french = OpeningBench(.french)
                french.tell(.reader(.noCard))
                return french.screen(80, 24)
            }(),
            "opening-card-fr")
        bench.tell(.reader(.card))
        bench.tell(.reading)
        try expect(bench, "opening-reading")
    }

    @Test("A kit that was never opened since labels exist says nothing of itself, and a training kit that it is one")
    func labels() {
        let bare = OpeningBench(label: KitLabel(kit: nil))
        #expect(!bare.text.contains("Nummer") && !bare.text.contains("Gemeente"))
        let training = OpeningBench(label: KitLabel(kit: KitID("OEFENKIT-1"), isTraining: true))
        #expect(training.text.contains("OEFENMODUS"))
    }

    @Test("The PIN is shown as dots, with the tries that are left; nothing of it is in the screen or in the lines")
    func pin() throws {
        var bench = OpeningBench()
        bench.tell(.reader(.card))
        let entry = try SecretBytes()
        bench.tell(.askPIN(Self.state, entry: entry, wrongBefore: false))
        bench.press("7", "4", "x", "9", "1")
        try expect(bench, "opening-pin")
        #expect(!bench.text.contains("7491") && !bench.model.plainLines.joined().contains("7491"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.pin(entry)))
        bench.tell(.checking)
        try expect(bench, "opening-checking")
    }

    @Test("A wrong passphrase is said with what is left, with a word on Caps Lock, and the next is asked for at once")
    func wrong() throws {
        var bench = OpeningBench(byCard: false)
        #expect(bench.effects == [.login(.wantPassphrase)])
        bench.tell(.tries(PassphraseTries(left: 5)))
        let entry = try SecretBytes()
        bench.tell(.askPassphrase(entry: entry))
        bench.press("G", "E", "H", "E", "I", "M", "1")
        try expect(bench, "opening-passphrase")
        #expect(!bench.text.contains("GEHEIM1"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.passphrase(nil, entry)))
        #expect(!bench.text.contains("Caps Lock"))
        bench.tell(.tries(PassphraseTries(left: 4)))
        bench.tell(.refused(FailureReport(.store(.wrongPassphrase), kept: .draft)))
        #expect(bench.effects.last == .login(.wantPassphrase))
        bench.tell(.askPassphrase(entry: try SecretBytes()))
        try expect(bench, "opening-wrong")
    }

    @Test("When the chip takes no passphrase the time is counted down, and a card is still taken")
    func lockedOut() throws {
        var bench = OpeningBench()
        bench.press("f5")
        #expect(bench.effects.last == .login(.wantPassphrase))
        bench.tell(
            .tries(
                PassphraseTries(
                    left: nil, waitUntil: Specimen.morning.advanced(by: .seconds(7140)), isAtMost: true)))
        bench.tell(.refused(FailureReport(.store(.tooManyTries), kept: .draft)))
        try expect(bench, "opening-locked-out")
        let count = bench.effects.count
        bench.press("enter")
        #expect(bench.effects.count == count)
        bench.press("f5")
        #expect(bench.effects.last == .login(.begin))
    }

    @Test("Esc and Ctrl-C leave at any step, and what was typed is wiped", arguments: ["escape", "ctrl+c"] as [Key])
    func leaves(_ key: Key) throws {
        var bench = OpeningBench()
        bench.press(key)
        #expect(bench.effects.last == .quit)
        bench = OpeningBench(byCard: false)
        let entry = try SecretBytes()
        bench.tell(.askPassphrase(entry: entry))
        bench.press("g", "e", "f12")
        #expect(entry.count == 2)
        bench.press(key)
        #expect(bench.effects.last == .quit && entry.isEmpty)
    }

    @Test("Changing to the other way forgets what was typed")
    func otherWay() throws {
        var bench = OpeningBench()
        let entry = try SecretBytes()
        bench.tell(.askPIN(Self.state, entry: entry, wrongBefore: false))
        bench.press("1", "2", "f5")
        #expect(entry.isEmpty && bench.effects.last == .login(.wantPassphrase))
        bench.tell(.checking)
        let count = bench.effects.count
        bench.press("f5")
        #expect(bench.effects.count == count)
    }

    @Test("When nobody touches a key for long, what was typed is forgotten and it begins anew")
    func idle() throws {
        var bench = OpeningBench(byCard: false)
        let entry = try SecretBytes()
        bench.tell(.askPassphrase(entry: entry))
        bench.press("g")
        bench.tell(.lock)
        #expect(entry.isEmpty && bench.effects.suffix(2) == [.login(.cancel), .login(.wantPassphrase)])
    }

    @Test("A screen reader hears the kit, the ways in and what to do, and not that time goes by")
    func spoken() throws {
        var bench = OpeningBench()
        bench.tell(.reader(.card))
        bench.tell(.reading)
        #expect(
            bench.model.plainLines == [
                "Kit openen", "BRUGGE-3 · 09:04", "Kit", "Nummer: BRUGGE-3", "Gemeente: Brugge",
                "Nu: zaterdag 21 november 2026, 09:04",
                "Openen met: uw eID-kaart en pincode, of het wachtwoord van de kit (F5)",
                "Kaartlezer: kaart in de lezer", "Kit openen", "De kaart wordt gelezen. Laat ze zitten.",
                "F5 Zonder kaart, Esc Afsluiten",
            ])
        let before = bench.model.plainLines
        bench.tell(.clock(Specimen.morning.advanced(by: .seconds(1)), offset: Specimen.offset))
        #expect(bench.model.plainLines == before)
    }

    @Test("Everything that is said fits on a small screen, in each language", arguments: Language.allCases)
    func fits(_ language: Language) throws {
        let catalogue = Catalogue(language)
        var bench = OpeningBench(language, label: KitLabel(kit: KitID("X"), municipality: "Y", isTraining: true))
        bench.tell(.reader(.mute))
        bench.press("f5")
        let entry = try SecretBytes()
        bench.tell(.askPassphrase(entry: entry))
        bench.press("A", "B", "C", "enter")
        bench.tell(.tries(PassphraseTries(left: 4)))
        bench.tell(.refused(FailureReport(.store(.wrongPassphrase), kept: .draft)))
        bench.tell(.askPassphrase(entry: try SecretBytes()))
        for text in [UIText.unlockCapitals, .unlockPassphraseText, .readerMute] {
            let words = catalogue[text].split(whereSeparator: { " \u{A0}".contains($0) })
            #expect(words.allSatisfy { bench.text.contains($0) }, "\(catalogue[text])\n\(bench.screen(80, 24).rows)")
        }
        for code in FailureCode.all {
            bench.tell(.refused(FailureReport(code, kept: .draft)))
            guard code != .store(.wrongPassphrase) else { continue }
            let words = catalogue.explain(FailureReport(code, kept: .draft)).remedy
            let last = words.split(whereSeparator: { " \u{A0}".contains($0) }).last ?? ""
            #expect(bench.text.contains(last), "\(code.text): \(words)")
        }
    }
}
