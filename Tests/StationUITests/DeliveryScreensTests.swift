import EnrolmentCore
import EnrolmentFlow
import TerminalKit
import Testing

@testable import StationUI

@Suite("Delivery screens")
struct DeliveryScreensTests {
    private func expect(_ bench: DeliveryBench, _ name: String) throws {
        for (columns, rows) in [(80, 24), (132, 43)] {
            try expectGolden(bench.screen(columns, rows), "delivery-\(name)")
        }
    }

    private func bench(at step: DeliveryStep) throws -> DeliveryBench {
        var bench = try DeliveryBench()
        bench.deliver(until: step)
        #expect(bench.machine.step == step)
        return bench
    }

    @Test(
        "Each step of a delivery has its screen",
        arguments: DeliveryStep.allCases.filter { $0 != .sealing && $0 != .stopped })
    func steps(_ step: DeliveryStep) throws { try expect(bench(at: step), step.rawValue) }

    @Test("Home tells a card to hand over from an application")
    func home() throws {
        var model = StationModel(kit: Specimen.kit)
        _ = model.handle(.visits([VisitMachine(visit: DeliveryBench.visit)]))
        var buffer = CellBuffer(Size(columns: 132, rows: 43))
        model.draw(into: &buffer)
        #expect(buffer.rows.joined().contains("eID afleveren") && buffer.rows.joined().contains("af te geven"))
    }

    @Test("While the new card is read, what it says is shown as not yet proven")
    func reading() throws {
        var bench = try bench(at: .card)
        bench.press("enter")
        bench.tell(.progress(.identity(DeliveryBench.newCard.identity)))
        bench.tell(.progress(.cardFile(.photo, index: 3, count: 11)))
        #expect(bench.text.contains("controle bezig"))
        try expect(bench, "card-reading")
    }

    @Test("A card that is not the expected one cannot be handed over, and the key says why")
    func unexpected() throws {
        var bench = try bench(at: .card)
        bench.press("enter")
        bench.answer(.cardRead(Specimen.card(of: Specimen.janssens), Specimen.proof(.forged)))
        bench.press("enter")
        #expect(bench.machine.step == .person)
        #expect(bench.text.contains("mag niet afgegeven worden"))
        try expect(bench, "person-stops")
        bench.press("f4", "2")
        #expect(bench.machine.step == .card)
        #expect(bench.text.contains("Weggelegd"))
    }

    @Test("What needs consent is asked about before the person is confirmed")
    func consent() throws {
        var bench = try bench(at: .card)
        bench.press("enter")
        bench.answer(.cardRead(DeliveryBench.newCard, Specimen.proof(.cannotBeChecked)))
        bench.press("enter")
        try expect(bench, "person-consent")
        bench.press("enter")
        #expect(bench.machine.step == .person)
        bench.press("enter", "2")
        #expect(bench.machine.step == .pin)
    }

    @Test("A finished card that is not activated is told apart from a broken one")
    func notActivated() throws {
        var bench = try bench(at: .card)
        bench.press("enter")
        bench.answer(.personMustRetry(.cardNotActivated))
        #expect(bench.text.contains("nog niet geactiveerd") && bench.text.contains("niet kapot"))
    }

    @Test("The live face is put beside the card's photo")
    func face() throws {
        var bench = try bench(at: .person)
        bench.press("f3")
        bench.tell(.progress(.preview(Specimen.face(background: 200))))
        bench.press("enter")
        #expect(bench.effects.last == .shutter)
        bench.answer(.portraitTaken(Specimen.portrait))
        bench.tell(.picture(.portrait, Specimen.face(background: 235)))
        try expect(bench, "person-live")
    }

    // MARK: - The turned screen

    private func asked(_ state: CardPINState) throws -> DeliveryBench {
        var bench = try bench(at: .pin)
        bench.press("enter")
        bench.answer(.pinStateKnown(.done(state)))
        return bench
    }

    private static let modern = CardPINState(triesLeft: 3, appletVersion: 0x18, hasPinpad: false)

    @Test("The tries that are left are said before the citizen types anything")
    func tries() throws {
        let bench = try asked(Self.modern)
        #expect(bench.text.contains("Pogingen over: 3"))
        try expect(bench, "pin-asked")
    }

    @Test("On the turned screen nothing of what is typed is shown, nor of whom it is about")
    func turned() throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        let before = bench.screen(80, 24).rows
        bench.type("48205")
        #expect(bench.screen(80, 24).rows == before)
        for word in ["48205", "•", "Peeters", "50.03.24", "592"] { #expect(!bench.text.contains(word), "\(word)") }
        #expect(!bench.model.plainLines.joined().contains("Peeters"))
        try expect(bench, "turned")
    }

    @Test("A new PIN is typed twice, and the old one goes with it to the card")
    func change() throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        bench.type("1111")
        bench.press("enter")
        bench.type("48205")
        bench.press("enter")
        bench.type("48205")
        bench.press("enter")
        guard case .changePIN(_, .typed(let old), .typed(let new), _) = bench.running else {
            Issue.record("\(String(describing: bench.running))")
            return
        }
        #expect(old.withBytes { Array($0) } == Array("1111".utf8))
        #expect(new.withBytes { Array($0) } == Array("48205".utf8))
        #expect(bench.entries[2].isEmpty)
        #expect(bench.model.citizenPIN == nil)
    }

    @Test("Two new PINs that differ are both wiped and asked for again; the old one stays typed")
    func differ() throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        bench.type("1111")
        bench.press("enter")
        bench.type("4820")
        bench.press("enter")
        bench.type("4821")
        bench.press("enter")
        #expect(bench.text.contains("niet gelijk"))
        #expect(bench.entries.map(\.count) == [4, 0, 0])
        bench.type("99")
        bench.press("enter")
        #expect(bench.text.contains("4 tot 12 cijfers"))
    }

    @Test("Esc and the lock wipe what was typed", arguments: ["escape", "f12"] as [Key])
    func wiped(_ key: Key) throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        bench.type("1111")
        bench.press(key)
        #expect(bench.entries.map(\.count) == [0, 0, 0])
        #expect(bench.model.citizenPIN == nil)
    }

    @Test("The idle lock wipes it too")
    func idle() throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        bench.type("1111")
        bench.tell(.lock)
        #expect(bench.entries.map(\.count) == [0, 0, 0])
    }

    @Test("A reader with keys of its own takes the PIN without the laptop")
    func pinpad() throws {
        var bench = try asked(CardPINState(triesLeft: 3, appletVersion: 0x17, hasPinpad: true))
        bench.press("f6")
        guard case .changePIN(_, .pinpad, .pinpad, _) = bench.running else {
            Issue.record("\(String(describing: bench.running))")
            return
        }
        #expect(bench.effects.contains(.wantPINs(3)) == false)
    }

    @Test(
        "A blocked PIN is explained by the applet of the card",
        arguments: [(UInt8(0x17), "pukcode uit de brief"), (0x18, "de gemeente zet aan het loket")])
    func blocked(applet: UInt8, words: String) throws {
        var bench = try asked(CardPINState(triesLeft: 0, appletVersion: applet, hasPinpad: false))
        #expect(bench.text.contains(words))
        bench.press("enter")
        #expect(bench.text.contains("druk F7"))
        bench.press("f7", "1")
        #expect(bench.machine.record.pin == .notGiven(.blocked))
    }

    @Test("A wrong PIN says how many tries are left")
    func wrong() throws {
        var bench = try asked(Self.modern)
        bench.press("enter")
        bench.type("1111")
        bench.press("enter")
        bench.type("2222")
        bench.press("enter")
        bench.type("2222")
        bench.press("enter")
        bench.answer(.pinChanged(.wrongPIN(triesLeft: 2)))
        #expect(bench.text.contains("niet juist") && bench.text.contains("Pogingen over: 2"))
        try expect(bench, "pin-wrong")
    }

    @Test("A document with another number is taken in for a reason only")
    func deviation() throws {
        var bench = try bench(at: .replaced)
        bench.press("f3", "1", "9", "9", "enter")
        #expect(bench.machine.step == .replaced)
        #expect(bench.text.contains("Het nummer is een ander"))
        try expect(bench, "replaced-deviation")
        bench.press("3")
        #expect(bench.machine.step == .receipt)
        #expect(bench.machine.record.replaced == .takenIn(.card(CardNumber("99")), .damaged))
    }

    @Test("A stop asks for the reason, and says what becomes of the card")
    func stop() throws {
        var bench = try bench(at: .replaced)
        bench.press("f8")
        try expect(bench, "stop")
        bench.press("2")
        bench.answer(.discarded)
        #expect(bench.machine.step == .stopped)
        #expect(bench.text.contains("De persoon weigert de kaart"))
    }

    @Test("A delivery is told in plain lines too")
    func plain() throws {
        let bench = try bench(at: .receipt)
        #expect(bench.model.plainLines.contains("Stap 6 van 7: Ontvangst"))
        #expect(!bench.model.plainLines.joined().contains { "│─┌█░▓".contains($0) })
    }
}
