import EnrolmentCore
import EnrolmentFlow
import TerminalKit
import Testing

@testable import StationUI

/// Keys in, golden screens out, at both sizes. The pictures are in shades, which our own arithmetic
/// makes, so that they are the same on every machine.
@Suite("Screens")
struct ScreensTests {
    private func expect(_ bench: StationBench, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try expectGolden(bench.screen(80, 24), name, at: location)
        try expectGolden(bench.screen(132, 43), name, at: location)
    }

    private func bench(at step: EnrolmentStep) -> StationBench {
        var bench = StationBench()
        bench.enrol(until: step)
        return bench
    }

    @Test("Home shows today's people, the queue and the kit")
    func home() throws { try expect(StationBench(), "home") }

    @Test("Home without visits says how they come")
    func homeEmpty() throws {
        var bench = StationBench(visits: [])
        bench.press("enter")
        try expect(bench, "home-empty")
    }

    @Test("Home warns long before it hurts, of two things at most")
    func homeWarnings() throws {
        let old = KitWarning.draftsOld(cases: 2, days: 70)
        let bench = StationBench(warnings: [old, .spaceLow(visits: 12), .packetsOld(days: 4)], visitsLeft: 12)
        #expect(!bench.text.contains("oudste pakket"))
        try expect(bench, "home-warnings")
    }

    @Test("Each warning says what to do")
    func everyWarning() {
        let warnings: [(KitWarning, String)] = [
            (.spaceReserved, "maak af wat begonnen is"), (.packetsOld(days: 4), "wacht al 4 dagen"),
            (.dayNotClosed(Specimen.today), "F4, dan F9"), (.rolledBack, "bel een technicus"),
            (.draftsOverdue(cases: 2, days: 95), "zet het stop met F8"),
            (.keptDamaged(items: 3), "3 pakketten of bestanden"),
            (.filesClosed(2), "zijn afgesloten: 2. Verwittig het kantoor"),
        ]
        for (warning, words) in warnings { #expect(StationBench(warnings: [warning]).text.contains(words)) }
    }

    @Test("The card step asks for the card, then shows how far the reading is")
    func card() throws {
        var bench = bench(at: .card)
        try expect(bench, "card")
        bench.press("enter")
        bench.tell(.progress(.insertCard))
        try expect(bench, "card-insert")
        bench.tell(.progress(.identity(Specimen.card(of: Specimen.peeters).identity)))
        bench.tell(.progress(.address(Specimen.visits[0].address)))
        bench.tell(.progress(.cardFile(.photo, index: 4, count: 10)))
        try expect(bench, "card-reading")
    }

    @Test("Another card that comes while one is read takes all of the first one's words away")
    func cardExchanged() {
        var bench = bench(at: .card)
        bench.press("enter")
        bench.tell(.progress(.identity(Specimen.card(of: Specimen.janssens).identity)))
        bench.tell(.progress(.address(Specimen.visits[0].address)))
        bench.tell(.progress(.insertCard))
        #expect(!bench.text.contains("Janssens"))
        bench.tell(.progress(.identity(Specimen.card(of: Specimen.peeters).identity)))
        #expect(!bench.text.contains("Janssens") && bench.text.contains("controle bezig"))
    }

    @Test("What a card is worth stands among its facts, with what it means", arguments: CardVerdict.allCases)
    func verdict(_ verdict: CardVerdict) throws {
        var bench = bench(at: .card)
        bench.press("enter")
        bench.answer(.cardRead(Specimen.card(of: Specimen.peeters), Specimen.proof(verdict)))
        #expect(bench.text.contains("TEST · \(Catalogue()[.verdict(verdict)])"))
        try expect(bench, "person-\(verdict.rawValue)")
        bench.press("enter")
        #expect((bench.machine?.step == .person) == (verdict == .forged))
    }

    @Test("A card that left too early is asked for again, in words")
    func cardRemoved() throws {
        var bench = bench(at: .card)
        bench.press("enter")
        bench.answer(.personMustRetry(.cardRemoved))
        try expect(bench, "card-retry")
    }

    @Test("The person check shows the card's photo beside what the card says")
    func person() throws { try expect(bench(at: .person), "person") }

    @Test("The card of another person cannot be confirmed, and the key says why")
    func otherPerson() throws {
        var bench = bench(at: .card)
        bench.press("enter")
        bench.answer(.cardRead(Specimen.card(of: Specimen.janssens), Specimen.proof()))
        bench.press("enter")
        try expect(bench, "person-other")
    }

    @Test("The photo step shows the camera live, then the photo beside the card's")
    func photo() throws {
        var bench = bench(at: .photo)
        try expect(bench, "photo")
        bench.press("enter")
        bench.tell(.progress(.preview(Specimen.face(background: 220))))
        try expect(bench, "photo-live")
        bench.press("enter")
        #expect(bench.effects.last == .shutter)
        bench.answer(.portraitTaken(Specimen.portrait))
        bench.tell(.picture(.portrait, Specimen.face(background: 235)))
        try expect(bench, "photo-review")
    }

    @Test("The finger step says which finger on a drawing of two hands, and shows it while it lies on the glass")
    func fingers() throws {
        var bench = bench(at: .fingers)
        try expect(bench, "fingers")
        bench.press("enter")
        bench.tell(.progress(.placeFinger(.rightIndex)))
        try expect(bench, "fingers-place")
        bench.tell(.progress(.reading))
        bench.tell(.progress(.finger(Specimen.preview(score: 18, hints: [.pressHarder, .moveLeft]))))
        try expect(bench, "fingers-live")
        bench.press("space")
        #expect(bench.effects.last == .triggerFinger)
        bench.tell(.progress(.liftFinger))
        try expect(bench, "fingers-lift")
        bench.answer(.fingerTaken(Specimen.finger(.rightIndex, attempt: 1)))
        try expect(bench, "fingers-good")
        bench.press("enter")
        try expect(bench, "fingers-second")
        bench.press("f3")
        try expect(bench, "fingers-exception")
    }

    @Test("A bad print says what to do better; after three the best one stays, with a reason or another finger")
    func badFinger() throws {
        var bench = bench(at: .fingers)
        let bad = { (attempt: Int, score: Int) in
            EnrolmentEvent.fingerTaken(
                Specimen.finger(
                    .rightIndex, attempt: attempt, score: score, parts: [.ridgeClarity: 0.7, .greyUse: 0.2],
                    hints: [.moistenFinger]))
        }
        bench.press("enter")
        bench.answer(bad(1, 12))
        try expect(bench, "fingers-again")
        bench.press("enter")
        bench.answer(bad(2, 25))
        bench.press("enter")
        bench.answer(bad(3, 20))
        try expect(bench, "fingers-best")
        bench.press("f7")
        try expect(bench, "fingers-accept")
        bench.press("escape", "enter")
        #expect(bench.machine?.expectedFinger == .rightMiddle)
        try expect(bench, "fingers-held")
    }

    @Test("A print like another finger's stands beside it, and the officer says which one is wrong")
    func alikeFingers() throws {
        var bench = bench(at: .fingers)
        bench.press("enter")
        bench.answer(.fingerTaken(Specimen.finger(.rightIndex, attempt: 1)))
        bench.press("enter", "enter")
        bench.answer(
            .fingerTaken(
                Specimen.finger(
                    .leftIndex, attempt: 1,
                    comparisons: [FingerComparison(position: .rightIndex, attempt: 1, similarity: 120)])))
        try expect(bench, "fingers-alike")
        bench.press("f9")
        try expect(bench, "fingers-which")
        bench.press("2")
        #expect(bench.machine?.expectedFinger == .rightIndex)
    }

    @Test("A print unlike the attempt before is shown beside it")
    func unlikeFinger() throws {
        var bench = bench(at: .fingers)
        bench.press("enter")
        bench.answer(.fingerTaken(Specimen.finger(.rightIndex, attempt: 1, score: 24)))
        bench.press("enter")
        bench.answer(
            .fingerTaken(
                Specimen.finger(
                    .rightIndex, attempt: 2, score: 55,
                    comparisons: [FingerComparison(position: .rightIndex, attempt: 1, similarity: 3)])))
        try expect(bench, "fingers-unlike")
    }

    @Test("A signature grows on the screen while it is written")
    func signature() throws {
        var bench = bench(at: .signature)
        try expect(bench, "signature")
        bench.press("enter")
        bench.tell(.pad(Specimen.geometry))
        bench.tell(.progress(.sign))
        for point in Specimen.strokes[0].prefix(30) { bench.tell(.progress(.ink(point))) }
        try expect(bench, "signature-live")
        bench.answer(.signatureTaken(Specimen.signature))
        try expect(bench, "signature-review")
        bench.press("f3")
        try expect(bench, "signature-exempt")
    }

    @Test("Choices are rows that arrows change")
    func choices() throws {
        var bench = bench(at: .choices)
        bench.press("right", "down", "right", "down", "left")
        try expect(bench, "choices")
    }

    @Test("The review shows every part and every picture")
    func review() throws {
        var bench = bench(at: .review)
        try expect(bench, "review")
        bench.press("f9")
        try expect(bench, "sealing")
    }

    @Test("Stored says that it is safe, and names who is next")
    func stored() throws {
        var bench = bench(at: .stored)
        try expect(bench, "stored")
        bench.press("escape")
        try expect(bench, "home-after")
    }

    @Test("A stop asks for the reason, and says what was wiped")
    func stopped() throws {
        var bench = bench(at: .photo)
        bench.press("f8")
        try expect(bench, "stop-question")
        bench.press("down", "enter")
        bench.answer(.discarded)
        try expect(bench, "stopped")
    }

    @Test("A failure says what happened, what was kept and what to do")
    func failure() throws {
        var bench = bench(at: .fingers)
        bench.press("enter")
        bench.answer(.captureFailed(FailureReport(DeviceError(.scanner, .unplugged), kept: .draft)))
        try expect(bench, "failure")
        bench.press("enter")
        #expect(!bench.text.contains("losgekomen"))
    }

    @Test("What could not be saved stays on the screen until it is")
    func unsaved() throws {
        var bench = bench(at: .photo)
        bench.press("enter")
        bench.saveFailure = FailureReport(.store(.unwritable), kept: .draft)
        bench.answer(.portraitTaken(Specimen.portrait))
        try expect(bench, "unsaved-failure")
        bench.press("enter", "escape")
        try expect(bench, "unsaved")
    }

    @Test("Help lists the keys of the screen that it is asked on")
    func help() throws {
        var bench = bench(at: .fingers)
        bench.press("f1")
        try expect(bench, "help-fingers")
    }

    @Test("The lock leaves nothing of a person on the screen")
    func lock() throws {
        var bench = bench(at: .person)
        bench.press("ctrl+l")
        try expect(bench, "locked")
    }

    @Test("Questions take text and say what is wrong with it")
    func questions() throws {
        var bench = bench(at: .fingers)
        bench.press("f5", "enter", "3", "-", "1", "3", "-", "2", "0", "2", "6", "enter")
        try expect(bench, "attest-date")
    }
}
