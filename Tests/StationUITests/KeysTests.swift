import EnrolmentCore
import EnrolmentFlow
import TerminalKit
import Testing

@testable import StationUI

@Suite("Keys")
struct KeysTests {
    @Test("A whole day goes by keys alone: three people, all stored")
    func wholeDay() {
        var bench = StationBench()
        for person in 1...3 {
            bench.enrol(until: .stored)
            #expect(bench.machine?.step == .stored, "person \(person)")
            bench.press("escape")
        }
        #expect(bench.visits.allSatisfy { $0.state == .complete })
        bench.press("enter")
        #expect(bench.text.contains("Deze persoon is al geholpen"))
    }

    @Test("The same keys give the same effects and the same screen")
    func deterministic() {
        var first = StationBench()
        var second = StationBench()
        first.enrol(until: .stored)
        second.enrol(until: .stored)
        #expect(first.effects == second.effects)
        #expect(first.screen(80, 24) == second.screen(80, 24))
    }

    @Test("Enter on the stored screen goes on with the next person")
    func next() {
        var bench = StationBench()
        bench.enrol(until: .stored)
        bench.press("enter")
        #expect(bench.machine?.record.planned.id == CaseID("V1-2"))
        #expect(bench.machine?.step == .card)
    }

    @Test("A pause keeps the draft, and Enter goes on at the same step")
    func pause() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        bench.press("escape")
        #expect(bench.text.contains("begonnen"))
        bench.press("enter")
        #expect(bench.machine?.step == .fingers)
    }

    @Test("Late news of a case that was left does not open it again, until it is opened")
    func lateNews() throws {
        var bench = StationBench()
        bench.enrol(until: .photo)
        let late = try #require(bench.machine)
        bench.press("escape")
        bench.tell(.enrolment(late))
        #expect(bench.text.contains("Bezoeken"))
        bench.press("enter")
        #expect(bench.text.contains("Neem de pasfoto"))
        bench.enrol(until: .stored)
        let stored = try #require(bench.machine)
        bench.press("enter")
        bench.tell(.enrolment(stored))
        #expect(bench.text.contains("Aanvraag — Janssens, Maria"))
    }

    @Test("An Enter too many never seals")
    func noAccidentalSeal() {
        var bench = StationBench()
        bench.enrol(until: .review)
        bench.press("enter", "space", "enter")
        #expect(bench.machine?.step == .review)
        #expect(bench.text.contains("druk dan F9"))
    }

    @Test("Every shown key of every step does something or says why")
    func everyKeyAnswers() {
        for step in EnrolmentStep.allCases where step != .sealing {
            var bench = StationBench()
            bench.enrol(until: step == .stopped ? .photo : step)
            if step == .stopped { bench.press("f8", "2") }
            for binding in bench.model.bindings {
                var copy = bench
                let before = (copy.screen(80, 24), copy.effects.count)
                copy.press(binding.keys[0])
                let changed = copy.screen(80, 24) != before.0 || copy.effects.count != before.1
                // At the ends of a list there is nowhere to move to.
                let isMovement = if case .move = binding.command { true } else { false }
                #expect(changed || isMovement, "\(step) \(binding.cap)")
                if binding.disabledReason != nil { #expect(copy.effects.count == before.1) }
            }
        }
    }

    @Test("No two keys of a screen are the same key")
    func noKeyTwice() {
        for step in EnrolmentStep.allCases where step != .sealing && step != .stopped {
            var bench = StationBench()
            bench.enrol(until: step)
            let keys = bench.model.bindings.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(step)")
        }
    }

    @Test("A running capture can be cancelled and nothing else started")
    func cancel() {
        var bench = StationBench()
        bench.enrol(until: .signature)
        bench.press("enter")
        #expect(bench.running == .takeSignature)
        bench.press("f8")
        #expect(bench.text.contains("Het toestel is bezig"))
        bench.press("enter")
        #expect(bench.effects.last == .finishSignature)
        bench.press("escape")
        #expect(bench.effects.last == .enrolment(.cancel))
        #expect(bench.machine?.activity == .idle)
    }

    @Test("A finger that cannot be taken is marked, and can be tried after all")
    func markFinger() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        bench.press("f3", "2")
        #expect(bench.machine?.record.fingerExceptions == [.rightIndex: .bandaged])
        #expect(bench.text.contains("rechtermiddelvinger"))
        bench.press("f6", "1")
        #expect(bench.machine?.record.fingerExceptions == [:])
    }

    @Test("No finger at all: an attest that is too old is refused in words, a recent one is taken")
    func noFingers() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        bench.press("f5", "2")
        type("3-9-2026", into: &bench)
        bench.press("enter")
        #expect(bench.text.contains("Het attest moet jonger zijn dan een maand"))
        bench.press("f5", "2")
        type("3-11-2026", into: &bench)
        bench.press("enter")
        #expect(bench.machine?.step == .signature)
    }

    @Test("Where nobody doubts that fingers are impossible for now, no attest is asked for")
    func noFingersForNow() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        bench.press("f5", "1")
        #expect(bench.machine?.record.fingerOutcome == .temporarilyImpossible(nil, cardValidMonths: 12))
    }

    @Test("A good finger is only taken again for a reason")
    func rejectFinger() {
        var bench = StationBench()
        bench.enrol(until: .fingers)
        bench.press("enter")
        bench.answer(.fingerTaken(Specimen.finger(.rightIndex, attempt: 1)))
        bench.press("f4")
        #expect(bench.text.contains("Waarom opnieuw nemen?"))
        bench.press("2")
        #expect(bench.running == .takeFinger(.rightIndex, attempt: 2))
    }

    @Test("Without a card the number of the attest is asked for, and may not be empty")
    func noCard() {
        var bench = StationBench()
        bench.press("enter", "f3", "2", "enter")
        #expect(bench.text.contains("Typ eerst het nummer"))
        type("B12-77", into: &bench)
        bench.press("backspace", "8", "enter")
        #expect(bench.machine?.record.cardAbsence == .reportedMissing(annex12: "B12-78"))
        #expect(bench.text.contains("attest B12-78"))
    }

    @Test("A part can be taken again from the review")
    func revisit() {
        var bench = StationBench()
        bench.enrol(until: .review)
        bench.press("down", "f4")
        #expect(bench.machine?.step == .photo)
        bench.press("f9")
        #expect(bench.machine?.step == .review)
    }

    @Test("Choices go to the machine as they stand on the screen")
    func choices() {
        var bench = StationBench()
        bench.enrol(until: .choices)
        bench.press("right", "down", "right", "down", "right", "enter")
        #expect(
            bench.machine?.record.choices
                == EnrolmentChoices(certificates: .waived, procedure: .urgent, cardLanguage: .french))
    }

    @Test("Quitting asks first, and no is the first answer")
    func quit() {
        var bench = StationBench()
        bench.press("q", "enter")
        #expect(!bench.effects.contains(.quit))
        bench.press("q", "2")
        #expect(bench.effects.last == .quit)
    }

    @Test("What could not be saved cannot be left")
    func unsaved() {
        var bench = StationBench()
        bench.enrol(until: .photo)
        bench.press("enter")
        bench.saveFailure = FailureReport(.store(.diskFull), kept: .draft)
        bench.answer(.portraitTaken(Specimen.portrait))
        bench.press("enter", "escape")
        #expect(bench.machine?.activity == .unsaved)
        #expect(!bench.effects.contains(.leaveCase))
        bench.saveFailure = nil
        bench.press("enter")
        #expect(bench.machine?.activity == .reviewing)
    }

    @Test("An unknown key does nothing")
    func unknown() {
        var bench = StationBench()
        let before = bench.screen(80, 24)
        bench.press("f7", "ctrl+z", "é", "alt+x")
        #expect(bench.screen(80, 24) == before)
        #expect(bench.effects.isEmpty)
    }

    private func type(_ text: String, into bench: inout StationBench) {
        for character in text { bench.press(Key(String(character))) }
    }
}
