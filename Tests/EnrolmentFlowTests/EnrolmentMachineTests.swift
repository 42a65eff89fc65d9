import EnrolmentCore
import EnrolmentFlow
import Testing

@Suite struct EnrolmentMachineTests {
    typealias Given = EnrolmentFixtures

    static let untilFingers: [EnrolmentEvent] = [
        .begin, .cardRead(Given.card(), Given.proof()), .confirmPerson, .begin, .portraitTaken(Given.portrait), .keep,
    ]

    static func untilSignature() -> [EnrolmentEvent] {
        untilFingers + [
            .begin, .fingerTaken(Given.finger(.rightIndex)), .keep, .begin, .fingerTaken(Given.finger(.leftIndex)),
            .keep,
        ]
    }

    static func untilReview() -> [EnrolmentEvent] {
        untilSignature() + [.begin, .signatureTaken(Given.signature), .keep, .choose(Given.choices)]
    }

    @Test("an enrolment goes from card to a stored packet")
    func wholeWay() {
        var machine = Given.machine()
        machine.drive(Self.untilReview())
        #expect(machine.step == .review)
        #expect(machine.record.missing.isEmpty)
        let effects = machine.drive(.begin)
        #expect(effects == [.seal(machine.draft)])
        machine.drive(.sealed(Given.packetID))
        #expect(machine.step == .stored)
        #expect(machine.packet == Given.packetID)
    }

    @Test("both index fingers are asked for, the right one first")
    func indexFingers() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers)
        #expect(machine.drive(.begin) == [.takeFinger(.rightIndex, attempt: 1)])
        machine.drive([.fingerTaken(Given.finger(.rightIndex)), .keep])
        #expect(machine.expectedFinger == .leftIndex)
    }

    @Test("Case 31: a child under 12 is never asked for fingers")
    func child() {
        var machine = Given.machine(Given.planned(born: PartialDate(year: 2018, month: 1, day: 2), kind: .kidsID))
        machine.drive([
            .continueWithoutCard(.firstCard), .confirmPerson, .begin, .portraitTaken(Given.portrait), .keep,
        ])
        #expect(machine.step == .signature)
        #expect(machine.record.fingerOutcome == .notRequired)
    }

    @Test("Case 31: who cannot sign is exempt with a reason")
    func exempt() {
        var machine = Given.machine()
        machine.drive(Self.untilSignature() + [.exemptSignature(.disability)])
        #expect(machine.record.signature == .exempt(.disability))
        #expect(machine.step == .choices)
    }

    @Test("a card of another person stops the enrolment from going on")
    func otherPerson() {
        var machine = Given.machine()
        machine.drive([.begin, .cardRead(Given.card(nationalNumber: "17073003384"), Given.proof()), .confirmPerson])
        #expect(machine.step == .person)
        #expect(machine.notice == .refused(.cardOfOtherPerson))
        machine.drive(.rejectPerson)
        #expect(machine.step == .card)
        #expect(machine.record.card == nil)
    }

    @Test("a forged card stops the enrolment from going on, and the next card may do")
    func forged() {
        var machine = Given.machine()
        machine.drive([.begin, .cardRead(Given.card(), Given.proof(.forged)), .confirmPerson])
        #expect(machine.step == .person)
        #expect(machine.notice == .refused(.cardForged))
        machine.drive(.rejectPerson)
        #expect(machine.record.cardProof == nil)
        machine.drive([.begin, .cardRead(Given.card(), Given.proof()), .confirmPerson])
        #expect(machine.step == .photo)
    }

    @Test(
        "what the card was worth goes with the record, and is said when it is not trusted",
        arguments: CardVerdict.allCases)
    func verdicts(_ verdict: CardVerdict) {
        var machine = Given.machine()
        machine.drive([.begin, .cardRead(Given.card(), Given.proof(verdict))])
        #expect(machine.record.cardProof?.verdict == verdict)
        #expect(machine.personWarnings.contains(.notProven(verdict)) == [.cannotBeChecked, .forged].contains(verdict))
        machine.drive(.confirmPerson)
        #expect((machine.step == .photo) == (verdict != .forged))
    }

    @Test(
        "names are the same whether a letter and its mark are one scalar or two",
        arguments: [
            ("Hélène", "He\u{301}le\u{300}ne", false), ("Helene", "Hélène", true), ("D'Voorbeeld", "D’Voorbeeld", true),
            ("Va\u{315}n", "Va\u{315}n", false), ("VAN", "Van", true),
        ])
    func names(planned: String, onCard: String, differ: Bool) {
        let warnings = PersonCheck.warnings(
            card: Given.card(surname: onCard), proof: Given.proof(),
            planned: Given.planned(surname: planned), on: Given.today)
        #expect(warnings.contains(.otherName) == differ)
    }

    @Test("a sample is reviewed only when its draft is written")
    func savedBeforeShown() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers + [.begin])
        let effects = machine.handle(.fingerTaken(Given.finger(.rightIndex)))
        #expect(machine.activity == .saving)
        guard case .saveDraft(let draft)? = effects.first else {
            Issue.record("no save was asked for")
            return
        }
        #expect(draft.fingerSamples.count == 1)
        #expect(draft.awaitsReview)
        _ = machine.handle(.draftSaved(revision: draft.revision))
        #expect(machine.activity == .reviewing)
    }

    @Test("a sample that could not be written stays in memory until it is")
    func unsaved() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers + [.begin])
        _ = machine.handle(.fingerTaken(Given.finger(.rightIndex)))
        _ = machine.handle(.draftNotSaved(Given.diskFull))
        #expect(machine.activity == .unsaved)
        #expect(machine.notice == .failure(Given.diskFull))
        _ = machine.handle(.begin)
        #expect(machine.activity == .saving)
        _ = machine.handle(.draftSaved(revision: machine.draft.revision))
        #expect(machine.activity == .reviewing)
        #expect(machine.draft.fingerSamples.count == 1)
    }

    @Test("a resumed draft goes on at the step, and the sample, where it was left")
    func resumed() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers + [.begin])
        var lastSaved: EnrolmentDraft?
        for effect in machine.handle(.fingerTaken(Given.finger(.rightIndex))) {
            if case .saveDraft(let draft) = effect { lastSaved = draft }
        }
        guard let lastSaved else {
            Issue.record("nothing was saved")
            return
        }
        var again = EnrolmentMachine(resuming: lastSaved, rules: Given.belgian, today: Given.today)
        #expect(again.step == .fingers)
        #expect(again.activity == .reviewing)
        again.drive(.keep)
        #expect(again.expectedFinger == .leftIndex)
    }

    @Test("a photo retake that is cancelled leaves the earlier one to keep")
    func cancelledRetake() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers.dropLast() + [.retake])
        #expect(machine.drive(.cancel) == [.cancelCapture])
        machine.drive(.captureFailed(Given.cancelled))
        #expect(machine.activity == .reviewing)
        #expect(machine.notice == nil)
        #expect(machine.record.portrait == Given.portrait)
    }

    @Test("a photo taken anew from the review returns to the review")
    func revisitPhoto() {
        var machine = Given.machine()
        machine.drive(Self.untilReview() + [.revisit(.photo), .begin, .portraitTaken(Given.portrait), .keep])
        #expect(machine.step == .review)
    }

    @Test("a packet that could not be sealed leads back to the review")
    func notSealed() {
        var machine = Given.machine()
        machine.drive(Self.untilReview() + [.begin, .notSealed(Given.diskFull)])
        #expect(machine.step == .review)
        #expect(machine.notice == .failure(Given.diskFull))
    }

    @Test("Case 31: stopping discards the draft with its reason")
    func stopped() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers)
        #expect(machine.drive(.stop(.citizenRefuses)) == [.discardDraft(CaseID("c1"), .citizenRefuses)])
        #expect(machine.step == .fingers && machine.activity == .saving, "it is not over before the draft is gone")
        #expect(machine.drive(.begin) == [] && machine.notice == .refused(.savingRuns))
        #expect(machine.drive(.discarded) == [])
        #expect(machine.step == .stopped && machine.stopReason == .citizenRefuses)
    }

    @Test("a draft that cannot be discarded leaves the enrolment as it was, and says so")
    func notStopped() {
        var machine = Given.machine()
        machine.drive(Self.untilFingers)
        let before = machine
        machine.drive(.stop(.citizenRefuses))
        machine.drive(.notDiscarded(Given.diskFull))
        #expect(machine.notice == .failure(Given.diskFull))
        #expect(machine.draft == before.draft && machine.activity == before.activity && machine.stopReason == nil)
        #expect(machine.drive(.stop(.citizenRefuses)) == [.discardDraft(CaseID("c1"), .citizenRefuses)])
    }

    @Test("a draft behind the law's limit is not gone on with: it says why, and can only be stopped")
    func overdue() {
        var begun = Given.machine()
        begun.drive(Self.untilFingers)
        #expect(begun.drive(.stop(.retention)) == [] && begun.notice == .refused(.notNow))
        var machine = EnrolmentMachine(
            resuming: begun.draft, rules: begun.rules, today: begun.today, isOverdue: true)
        #expect(machine.notice == .refused(.retentionOver))
        for event in [EnrolmentEvent.begin, .keep, .revisit(.card), .declareFingersImpossible(.permanent)] {
            #expect(machine.drive(event) == [] && machine.notice == .refused(.retentionOver))
        }
        #expect(machine.drive(.stop(.retention)) == [.discardDraft(CaseID("c1"), .retention)])
        machine.drive(.discarded)
        #expect(machine.step == .stopped && machine.stopReason == .retention)
    }
}
