import EnrolmentCore
import EnrolmentFlow
import TerminalKit
import Testing

@testable import StationUI

@Suite("Login")
struct LoginTests {
    private static let modern = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false)

    private func expect(_ bench: StationBench, _ name: String) throws {
        try expectGolden(bench.screen(80, 24), name)
    }

    /// A bench whose officer has put a card in.
    private func asking(
        _ state: CardPINState = modern, wrongBefore: Bool = false
    ) throws -> (StationBench, SecretBytes) {
        var bench = StationBench(unlocking: .login)
        bench.press("enter")
        let entry = try SecretBytes()
        bench.tell(.login(.insertCard))
        bench.tell(.login(.reading))
        bench.tell(.login(.askPIN(state, entry: entry, wrongBefore: wrongBefore)))
        return (bench, entry)
    }

    @Test("The screens begin closed, and show nobody before an officer has logged in")
    func closed() throws {
        var bench = StationBench(unlocking: .login)
        #expect(!bench.text.contains("Peeters"))
        bench.press("down", "f2", "f9")
        #expect(bench.effects == [])
        bench.press("enter")
        #expect(bench.effects == [.login(.begin)])
        bench.tell(.login(.insertCard))
        #expect(!bench.text.contains("Peeters"))
        try expect(bench, "login-insert")
    }

    @Test("The tries that are left are said before one is used")
    func tries() throws {
        let (bench, _) = try asking()
        #expect(bench.text.contains("Pogingen over: 3"))
        try expect(bench, "login-pin")
        let (last, _) = try asking(
            CardPINState(triesLeft: 1, appletVersion: 0x17, hasPinpad: true), wrongBefore: true)
        try expect(last, "login-pin-last-try")
        let (old, _) = try asking(CardPINState(triesLeft: nil, appletVersion: 0x11, hasPinpad: false))
        #expect(old.text.contains("zegt niet hoeveel pogingen"))
    }

    @Test("A PIN is typed in digits, shown as dots, and given away once it is long enough")
    func pin() throws {
        var (bench, entry) = try asking()
        bench.press("1", "x", "2", "backspace", "3", "enter")
        #expect(bench.effects == [.login(.begin)])
        bench.press("7", "9")
        #expect(bench.text.contains("••••") && !bench.text.contains("•••••"))
        #expect(entry.withBytes { Array($0) } == Array("1379".utf8))
        bench.press("enter")
        #expect(bench.effects.last == .login(.pin(entry)))
        #expect(!String(describing: bench.effects.last).contains("1379"))
        for digit in "0123456789" { bench.press(Key(String(digit))) }
        #expect(entry.count == 4)
    }

    @Test("No more than twelve digits are taken")
    func longest() throws {
        var (bench, entry) = try asking()
        for _ in 0..<15 { bench.press("5") }
        #expect(entry.count == 12)
        bench.press("enter")
        #expect(bench.effects.last == .login(.pin(entry)))
    }

    @Test("A reader with keys of its own can be used, and what was typed is wiped")
    func pinpad() throws {
        var (bench, entry) = try asking(CardPINState(triesLeft: 3, appletVersion: 0x17, hasPinpad: true))
        bench.press("1", "2", "f6")
        #expect(entry.isEmpty)
        #expect(bench.effects.last == .login(.pinpad))
        try expect(bench, "login-pinpad")
        var (other, _) = try asking()
        other.press("f6")
        #expect(other.effects == [.login(.begin)])
    }

    @Test(
        "The lock keys and Esc close it at any time, and late news does not open it",
        arguments: ["f12", "escape"] as [Key])
    func cancelled(_ key: Key) throws {
        var (bench, _) = try asking()
        bench.press("1", key)
        #expect(bench.effects.last == .login(.cancel))
        bench.tell(.login(.checking))
        #expect(bench.model.plainLines == [Catalogue()[.lockedLogin]])
    }

    @Test("Who was let in while the lock key was pressed is asked anew", arguments: ["f12", "escape"] as [Key])
    func late(_ key: Key) throws {
        var (bench, _) = try asking()
        bench.press("1", "2", "3", "4", "enter", key)
        bench.tell(.login(.done(Officer(id: OfficerID("A12"), proof: .card))))
        #expect(bench.model.plainLines == [Catalogue()[.lockedLogin]])
        bench.press("enter")
        #expect(bench.effects.last == .login(.begin) && !bench.text.contains("A12"))
    }

    @Test("The screens begin open for the officer who has opened the kit")
    func resumed() {
        let officer = Officer(id: OfficerID("A12"), proof: .card)
        var model = StationModel(kit: Specimen.kit, unlocking: .login, officer: officer)
        _ = model.handle(.visits(Specimen.visits.map { VisitMachine(visit: $0) }))
        let lines = model.plainLines.joined()
        #expect(lines.contains("A12") && lines.contains("Peeters"))
        _ = model.handle(.key("f12"))
        #expect(model.plainLines == [Catalogue()[.lockedLogin]])
    }

    @Test("Who is let in sees the day's people, with their own number in the corner")
    func done() throws {
        var (bench, _) = try asking()
        bench.press("1", "2", "3", "4", "enter")
        bench.tell(.login(.done(Officer(id: OfficerID("A12"), proof: .card))))
        #expect(bench.text.contains("Peeters") && bench.text.contains("A12"))
        bench.press("f12")
        #expect(!bench.text.contains("Peeters"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.begin))
        #expect(!bench.text.contains("Peeters"))
    }

    @Test("Who is not let in is told why and what to do", arguments: FailureCode.Login.allCases)
    func refused(_ failure: FailureCode.Login) throws {
        var (bench, _) = try asking()
        let report = FailureReport(.login(failure), kept: .nothingToKeep)
        bench.tell(.login(.refused(report)))
        #expect(bench.text.contains(Catalogue().explain(report).title))
        if failure == .notOnRoster { try expect(bench, "login-refused") }
        bench.press("enter")
        #expect(bench.effects.last == .login(.begin))
    }

    @Test("A passphrase is typed after the staff number, unseen")
    func passphrase() throws {
        var bench = StationBench(unlocking: .login)
        bench.press("enter")
        bench.tell(.login(.insertCard))
        #expect(bench.text.contains("of personeelsnummer en wachtzin (F5)"))
        bench.press("f5")
        #expect(bench.effects.last == .login(.wantPassphrase))
        let entry = try SecretBytes()
        bench.tell(.login(.askPassphrase(entry: entry)))
        bench.press("A", "space", "1", "é", "2", "tab", "ë", "é", "backspace", "z", "enter")
        #expect(entry.withBytes { Array($0) } == Array("ëz".utf8))
        #expect(bench.effects.last == .login(.passphrase(OfficerID("A12"), entry)))
        #expect(!bench.text.contains("ëz"))
    }

    @Test("After too many wrong passphrases the time is counted down, and Enter asks again only when it is over")
    func waiting() throws {
        var bench = StationBench(unlocking: .login)
        bench.press("enter", "f5")
        bench.tell(.login(.tries(PassphraseTries(left: nil, waitUntil: Specimen.morning.advanced(by: .seconds(65))))))
        bench.tell(.login(.refused(FailureReport(.login(.tooManyTries), kept: .draft))))
        #expect(bench.text.contains("over 1 min 05 s"))
        let count = bench.effects.count
        bench.press("enter")
        #expect(bench.effects.count == count)
        bench.tell(.clock(Specimen.morning.advanced(by: .seconds(64)), offset: Specimen.offset))
        #expect(bench.text.contains("over 1 s"))
        bench.tell(.clock(Specimen.morning.advanced(by: .seconds(65)), offset: Specimen.offset))
        #expect(!bench.text.contains("opnieuw over"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.wantPassphrase))
        bench.tell(.login(.refused(FailureReport(.login(.tooManyTries), kept: .draft))))
        bench.press("f5")
        #expect(bench.effects.last == .login(.begin))
    }

    @Test("What one officer has to wait is not held against the next")
    func nextOfficer() throws {
        let wait = PassphraseTries(left: nil, waitUntil: Specimen.morning.advanced(by: .seconds(65)))
        let refused = LoginNews.refused(FailureReport(.login(.passphraseNotAllowed), kept: .nothingToKeep))
        var bench = StationBench(unlocking: .login)
        bench.press("enter", "f5")
        bench.tell(.login(.tries(wait)))
        bench.tell(.login(.refused(FailureReport(.login(.tooManyTries), kept: .draft))))
        bench.press("f5", "f5")
        bench.tell(.login(refused))
        #expect(!bench.text.contains("opnieuw over"))
        bench.press("enter")
        #expect(bench.effects.last == .login(.wantPassphrase))
        // Nor where the next one types a number at once.
        bench.tell(.login(.tries(wait)))
        bench.tell(.login(.askPassphrase(entry: try SecretBytes())))
        bench.tell(.login(refused))
        #expect(!bench.text.contains("opnieuw over"))
    }

    @Test("A wait is told aloud by minutes, and in the last one by quarters, and not by seconds")
    func waitingAloud() {
        var bench = StationBench(unlocking: .login)
        bench.press("enter", "f5")
        bench.tell(.login(.tries(PassphraseTries(left: nil, waitUntil: Specimen.morning.advanced(by: .seconds(150))))))
        bench.tell(.login(.refused(FailureReport(.login(.tooManyTries), kept: .draft))))
        var told: [String] = []
        for second in 0..<150 {
            bench.tell(.clock(Specimen.morning.advanced(by: .seconds(second)), offset: Specimen.offset))
            let lines = bench.model.plainLines.filter { $0.contains("opnieuw over") }
            #expect(lines.count == 1)
            if lines.last != told.last { told += lines }
        }
        let spans = ["3 min 00 s", "2 min 00 s", "1 min 00 s", "45 s", "30 s", "15 s"]
        #expect(told.count == spans.count)
        for (line, span) in zip(told, spans) { #expect(line.contains("over \(span)"), "\(line)") }
    }
}
