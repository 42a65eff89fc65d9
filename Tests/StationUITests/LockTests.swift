import EnrolmentCore
import EnrolmentFlow
import StationUI
import TerminalKit
import Testing

@Suite("Lock")
struct LockTests {
    private func isBlank(_ bench: StationBench) -> Bool {
        let rows = bench.screen(80, 24).rows.filter { !$0.isEmpty }
        return rows.count == 1 && !bench.text.contains("Peeters")
            && !bench.model.plainLines.joined().contains("Peeters")
    }

    @Test("Either key blanks any screen at once, over a question too", arguments: ["f12", "ctrl+l"] as [Key])
    func lock(_ key: Key) {
        for step in [EnrolmentStep.card, .person, .photo, .review, .stored] {
            var bench = StationBench()
            bench.enrol(until: step)
            bench.press("f8", key)
            #expect(isBlank(bench), "\(step)")
            #expect(bench.effects.last == .locked)
        }
    }

    @Test("While it is blank, news does not show and keys do nothing")
    func newsWhileBlank() {
        var bench = StationBench()
        bench.enrol(until: .photo)
        bench.press("enter", "f12")
        let count = bench.effects.count
        bench.tell(.progress(.preview(Specimen.face(background: 200))))
        bench.answer(.portraitTaken(Specimen.portrait))
        bench.tell(.failure(FailureReport(.store(.diskFull), kept: .draft)))
        bench.press("f8", "escape", "q", "f9")
        #expect(isBlank(bench))
        #expect(bench.effects.count == count)
        bench.press("enter")
        #expect(bench.text.contains("De schijf is vol"))
    }

    @Test("The app can blank the screen too, and a small window shows nothing but how to mend it")
    func byTheApp() {
        var bench = StationBench()
        bench.enrol(until: .person)
        bench.tell(.lock)
        #expect(isBlank(bench))
        bench.press("enter")
        #expect(
            bench.screen(70, 20).rows.filter { !$0.isEmpty }.map { $0.drop { $0 == " " } } == [
                "Vergroot het venster tot 80 bij 24 tekens."
            ])
        for columns in 0..<80 { _ = bench.screen(columns, columns / 4) }
    }

    @Test("A kit without a list of officers is opened by what opened it at the start: its passphrase, never shown")
    func passphrase() throws {
        var bench = StationBench(unlocking: .kit(byCard: false))
        bench.press("f12", "enter")
        #expect(bench.effects.last == .login(.wantPassphrase))
        bench.press("z", "f5")
        let entry = try SecretBytes()
        bench.tell(.login(.askPassphrase(entry: entry)))
        bench.press("g", "é", "h", "x", "backspace")
        #expect(bench.text.contains("•••") && !bench.text.contains("••••"))
        #expect(!bench.text.contains("géh"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.passphrase(nil, entry)))
        #expect(entry.withBytes { Array($0) } == Array("géh".utf8))
        #expect(String(describing: bench.effects.last).contains("géh") == false)
        bench.tell(.login(.tries(PassphraseTries(left: 2))))
        bench.tell(.login(.refused(FailureReport(.store(.wrongPassphrase), kept: .draft))))
        #expect(bench.effects.last == .login(.wantPassphrase))
        let second = try SecretBytes()
        bench.tell(.login(.askPassphrase(entry: second)))
        #expect(bench.text.contains("Met dit wachtwoord gaat de opslag niet open") && bench.text.contains(": 2"))
        #expect(!bench.text.contains("Caps Lock") && !bench.text.contains("Peeters"))
        bench.press("o", "escape")
        #expect(isBlank(bench) && second.isEmpty)
        #expect(bench.effects.last == .login(.cancel))
        bench.press("enter")
        bench.tell(.login(.askPassphrase(entry: try SecretBytes())))
        bench.press("o", "k", "enter")
        bench.tell(.login(.done(nil)))
        #expect(bench.text.contains("Peeters"))
    }

    @Test("Where officers' cards open the kit, a card and its PIN open the screen, too")
    func card() throws {
        var bench = StationBench(unlocking: .kit(byCard: true))
        bench.press("f12", "enter")
        #expect(bench.effects.last == .login(.begin))
        bench.tell(.login(.reader(.card)))
        bench.tell(.login(.reading))
        let entry = try SecretBytes()
        let state = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false)
        bench.tell(.login(.askPIN(state, entry: entry, wrongBefore: false)))
        bench.press("1", "2", "3", "4", "enter")
        #expect(bench.effects.last == .login(.pin(entry)) && !bench.text.contains("Peeters"))
        bench.tell(.login(.done(nil)))
        #expect(bench.text.contains("Peeters"))
    }

    @Test(
        "What was opened while the lock key was pressed is late, and opens nothing",
        arguments: ["f12", "escape"] as [Key])
    func lateOpening(_ key: Key) throws {
        var bench = StationBench(unlocking: .kit(byCard: false))
        bench.press("f12", "enter")
        bench.tell(.login(.askPassphrase(entry: try SecretBytes())))
        bench.press("o", "k", "enter", key)
        #expect(isBlank(bench))
        bench.tell(.login(.done(nil)))
        #expect(isBlank(bench))
        bench.press("enter")
        #expect(bench.effects.last == .login(.wantPassphrase) && !bench.text.contains("Peeters"))
    }

    @Test("Memory for a passphrase that comes after the screen went blank again is not typed into")
    func lateMemory() throws {
        var bench = StationBench(unlocking: .kit(byCard: false))
        bench.press("f12", "enter", "escape")
        let entry = try SecretBytes()
        bench.tell(.login(.askPassphrase(entry: entry)))
        bench.press("g")
        #expect(entry.isEmpty && isBlank(bench))
    }

    @Test("A screen at which nobody goes on typing goes blank, and forgets what was typed")
    func idle() throws {
        var bench = StationBench(unlocking: .kit(byCard: false))
        bench.press("f12", "enter")
        let entry = try SecretBytes()
        bench.tell(.login(.askPassphrase(entry: entry)))
        bench.press("g")
        bench.tell(.lock)
        #expect(entry.isEmpty && isBlank(bench) && bench.effects.last == .login(.cancel))
    }
}

@Suite("Plain lines")
struct PlainLinesTests {
    @Test("A screen reader hears the step, what to do, and the keys, without boxes")
    func enrolment() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        let lines = bench.model.plainLines
        #expect(lines.contains("OEFENMODUS — geëmuleerde kit, geen echte aanvraag"))
        #expect(lines.contains("Stap 4 van 7: Vingers"))
        #expect(lines.contains("Volgende vinger: rechterwijsvinger"))
        #expect(lines.last?.hasPrefix("Enter Neem vinger") == true)
        #expect(!lines.joined().contains { "│─┌█░▓".contains($0) })
    }

    @Test("The chosen person is told apart, and pictures are told in words")
    func home() {
        var bench = StationBench()
        bench.press("down")
        #expect(bench.model.plainLines.contains("> Janssens, Maria, 02/11/1938, eID, gepland"))
        bench.press("up")
        bench.enrol(until: .person)
        #expect(bench.model.plainLines.contains("Kaartfoto, 96 bij 120 beeldpunten"))
    }

    @Test("A real kit is not marked as training")
    func real() {
        let bench = StationBench(kit: Kit(id: KitID("kit-07"), isTraining: false))
        #expect(!bench.text.contains("OEFENMODUS"))
    }
}
