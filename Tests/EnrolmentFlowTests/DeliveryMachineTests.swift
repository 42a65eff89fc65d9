import EnrolmentCore
import Foundation
import Testing

@testable import EnrolmentFlow

@Suite("A delivery") struct DeliveryMachineTests {
    typealias Given = DeliveryFixtures

    /// A machine that stands at the PIN, with the tries known.
    private func machineAtPIN() -> DeliveryMachine {
        var machine = Given.machine()
        for event in [
            .begin, .cardRead(Given.card(), Given.proof()), .confirmPerson(.face, despite: []), .begin, Given.state(),
        ] as [DeliveryEvent] { machine.drive(event) }
        return machine
    }

    @Test("is of a case that was planned as one, and of no other")
    func planned() {
        let planned = EnrolmentFixtures.planned()
        let visit = Visit(
            id: VisitID("v1"), plannedFor: EnrolmentFixtures.today, place: .home,
            address: CardAddress(streetAndNumber: "", postalCode: "", municipality: ""),
            eligibility: Eligibility(reason: .bedridden, attest: nil), cases: [planned])
        #expect(
            DeliveryRecord(
                visit: visit, planned: planned, officer: Officer(id: OfficerID("o")),
                kit: Kit(id: KitID("k"), isTraining: true), startedAt: EnrolmentFixtures.now) == nil)
    }

    @Test("hands PINs to the card in an effect, and keeps them nowhere else")
    func secrets() throws {
        var machine = machineAtPIN()
        let (old, new) = (try SecretBytes(), try SecretBytes())
        for digit in "918273".utf8 { old.append(digit) }
        for digit in "564738".utf8 { new.append(digit) }
        let effects = machine.handle(
            .changePIN(from: .typed(old), to: .typed(new)), at: EnrolmentFixtures.now)
        guard case .changePIN(let chip, .typed(let sentOld), .typed(let sentNew), let draft)? = effects.first else {
            Issue.record("the PIN is not changed")
            return
        }
        #expect(chip == Given.card().chipNumber)
        #expect(sentOld === old && sentNew === new)
        #expect(draft.pinChangeRuns)
        let written = String(decoding: try JSONEncoder().encode(draft), as: UTF8.self)
        var dumped = ""
        dump(machine, to: &dumped)
        dump(effects, to: &dumped)
        for digits in ["918273", "564738"] {
            #expect(!written.contains(digits))
            #expect(!dumped.contains(digits))
        }
    }

    @Test("compares two PINs by whose memory they are, never by what they hold")
    func identity() throws {
        let (left, right) = (try SecretBytes(), try SecretBytes())
        for secret in [left, right] { secret.append(49) }
        #expect(DeliveryEvent.tryCertificate(.signature, .typed(left)) == .tryCertificate(.signature, .typed(left)))
        #expect(DeliveryEvent.tryCertificate(.signature, .typed(left)) != .tryCertificate(.signature, .typed(right)))
    }

    @Test("is saved with a mark that an enrolment's draft has not")
    func mark() throws {
        let draft = Given.machine().draft
        struct Marked: Decodable { let kind: String? }
        let decoder = JSONDecoder()
        #expect(try decoder.decode(Marked.self, from: JSONEncoder().encode(draft)).kind == DeliveryDraft.kindMark)
        let enrolment = EnrolmentFixtures.machine().draft
        #expect(try decoder.decode(Marked.self, from: JSONEncoder().encode(enrolment)).kind == nil)
    }

    @Test("of a card for tests goes no further on a kit that is not for training")
    func testCards() {
        for (isTraining, isTest, stops) in [(true, true, false), (false, true, true), (false, false, false)] {
            var machine = Given.machine(isTraining: isTraining)
            machine.drive(.begin)
            machine.drive(.cardRead(Given.card(), Given.proof(isTest: isTest)))
            #expect(machine.findings.contains(.testCard) == stops)
            machine.drive(.confirmPerson(.face, despite: []))
            #expect(machine.step == (stops ? .person : .pin))
        }
    }

    @Test("takes a name in one scalar and in two for the same, and another letter for another")
    func names() {
        for (surname, isSame) in [("Voorbe\u{E9}ld", true), ("Voorbee\u{301}ld", true), ("Voorbeeld", false)] {
            var machine = Given.machine()
            machine.drive(.begin)
            machine.drive(.cardRead(Given.card(surname: surname), Given.proof()))
            #expect(machine.findings.contains(.otherName) != isSame, "\(surname)")
        }
    }

    @Test("refuses an event that has no place, without an effect")
    func misplaced() {
        var machine = machineAtPIN()
        #expect(machine.handle(.tryCertificate(.signature, .pinpad), at: EnrolmentFixtures.now).isEmpty)
        #expect(machine.notice == .refused(.notNow))
        #expect(machine.handle(.draftSaved(revision: 0), at: EnrolmentFixtures.now).isEmpty)
        #expect(machine.activity == .idle)
    }

    @Test("asks how many tries are left before it spends one")
    func triesFirst() {
        var machine = Given.machine()
        for event in [
            .begin, .cardRead(Given.card(), Given.proof()), .confirmPerson(.face, despite: []),
        ] as [DeliveryEvent] { machine.drive(event) }
        #expect(machine.handle(.changePIN(from: .pinpad, to: .pinpad), at: EnrolmentFixtures.now).isEmpty)
        #expect(machine.notice == .refused(.pinStateUnknown))
    }

    @Test("records that no fingerprints were compared: this kit may not read them")
    func fingerprints() {
        #expect(machineAtPIN().record.identity?.fingerprints == .notPossible)
    }

    @Test("that is stopped because of a forged card keeps all that the card gave")
    func evidence() throws {
        var machine = Given.machine()
        machine.drive(.begin)
        machine.drive(.cardRead(Given.card(), Given.proof(.forged)))
        let effects = machine.drive(.stop(.cardForged))
        guard case .seal(let draft)? = effects.first else {
            Issue.record("central is not told")
            return
        }
        #expect(draft.record.refusedCards.first?.reading == Given.card())
        #expect(draft.record.stopped == .cardForged)
        machine.drive(.sealed(EnrolmentFixtures.packetID))
        #expect(machine.step == .stopped && machine.stopReason == .cardForged)
        #expect(machine.packet == EnrolmentFixtures.packetID)
    }

    @Test("that cannot be discarded is as it was, says so, and can be stopped again")
    func notStopped() {
        var machine = Given.machine()
        machine.drive(.begin)
        machine.drive(.cardRead(Given.card(number: "590000000123"), Given.proof()))
        let before = machine
        #expect(machine.drive(.stop(.otherCard)) == [.discardDraft(before.record.planned.id, .otherCard)])
        #expect(machine.step != .stopped, "it is not over before the draft is gone")
        machine.drive(.notDiscarded(EnrolmentFixtures.diskFull))
        #expect(machine.notice == .failure(EnrolmentFixtures.diskFull))
        #expect(machine.draft == before.draft && machine.activity == before.activity)
        machine.drive(.stop(.otherCard))
        machine.drive(.discarded)
        #expect(machine.step == .stopped && machine.stopReason == .otherCard)
    }

    @Test("keeps of another person's card its numbers and nothing more")
    func minimal() {
        var machine = Given.machine()
        machine.drive(.begin)
        machine.drive(.cardRead(Given.card(nationalNumber: "71715100070"), Given.proof()))
        machine.drive(.refuseCard(faceDiffers: false))
        #expect(machine.record.refusedCards.first?.findings.first == .otherPerson)
        #expect(machine.record.refusedCards.first?.reading == nil)
        #expect(machine.record.newCard == nil)
    }
}

extension DeliveryMachine {
    /// Feeds an event and answers each save as a store that never fails does.
    /// - Returns: the effects other than the saves.
    @discardableResult
    mutating func drive(_ event: DeliveryEvent) -> [DeliveryEffect] {
        var pending = handle(event, at: EnrolmentFixtures.now)
        var others: [DeliveryEffect] = []
        while !pending.isEmpty {
            let effect = pending.removeFirst()
            if case .saveDraft(let draft) = effect {
                pending += handle(.draftSaved(revision: draft.revision), at: EnrolmentFixtures.now)
            } else {
                others.append(effect)
            }
        }
        return others
    }
}
