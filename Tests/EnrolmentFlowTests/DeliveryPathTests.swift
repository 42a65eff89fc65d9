import EnrolmentCore
import Foundation
import StationTestSupport
import Testing

@testable import EnrolmentFlow

/// Every way through a delivery, cases 32 and 33 of the card's fact sheet among them, as a table that
/// people read: `Goldens/delivery-paths.txt`.
@Suite struct DeliveryPathTests {
    @Test("cases 32 and 33, and every other way to hand over a card, go as the table says")
    func table() throws {
        var lines: [String] = []
        for path in DeliveryPath.all {
            var walk = DeliveryWalk(DeliveryFixtures.machine(path.planned))
            lines.append(path.name)
            for move in path.start { try walk.go(move) }
            walk.forgetLines()
            for move in path.moves { try walk.go(move) }
            lines += walk.lines + walk.result + [""]
            check(walk, path.name)
        }
        let text = lines.joined(separator: "\n")
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/delivery-paths.txt")
        if ProcessInfo.processInfo.environment["LOKET_RENEW_GOLDENS"] != nil {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    /// What holds whatever happened.
    private func check(_ walk: DeliveryWalk, _ name: String) {
        let record = walk.machine.record
        let times = record.log.map(\.at)
        #expect(times == times.sorted(), "\(name)")
        for case .seal(let draft) in walk.effects {
            #expect(draft.record.stopped != nil || draft.record.missing.isEmpty, "\(name)")
        }
        for case .discardDraft in walk.effects { #expect(!record.hasConsequences, "\(name)") }
        if walk.machine.step == .stored {
            #expect(record.newCard != nil && record.activation != .notActivated, "\(name)")
            #expect(record.identity?.findings.contains { $0.weight == .stops } == false, "\(name)")
        }
    }

    @Test("whatever an officer, a person and a card do in whatever order, nothing is sealed that is not whole")
    func anyOrder() throws {
        for seed in 0..<30 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var walk = DeliveryWalk(DeliveryFixtures.machine())
            for _ in 0..<70 where !walk.machine.step.isFinal {
                try walk.go(DeliveryMove.any(walk.machine, using: &generator))
            }
            check(walk, "seed \(seed)")
        }
    }
}

extension DeliveryMove {
    typealias Given = DeliveryFixtures

    static func any(_ machine: DeliveryMachine, using generator: inout SeededGenerator) -> DeliveryMove {
        let dice = Int.random(in: 0..<40, using: &generator)
        if dice == 0 { return .crash }
        if dice == 1 { return .fullDisk }
        if machine.activity == .working { return .event(answer(to: machine, using: &generator)) }
        let key = CardHolderKey.allCases.randomElement(using: &generator) ?? .signature
        let all = Set(DeliveryFinding.allCases)
        let events: [DeliveryEvent] = [
            .begin, .begin, .begin, .begin, .keep, .keep, .confirmPerson(.face, despite: all),
            .confirmPerson(.face, despite: all), .changePIN(from: .pinpad, to: .pinpad), .keepPIN,
            .leavePIN(.citizenUnable), .tryCertificate(key, .pinpad), .tryCertificate(key, .pinpad),
            .leaveCertificate(key, .citizenDeclines), .leaveCertificate(key, .notWorking),
            .takeIn(Given.oldCard, nil), .takeIn(Given.annex, .replacedSince), .exemptSignature(.disability),
            .revisit(DeliveryPart.allCases.randomElement(using: &generator) ?? .pin),
            .refuseCard(faceDiffers: Bool.random(using: &generator)), .takePortrait, .retake,
            dice == 2 ? .stop(.citizenUnwell) : .begin,
        ]
        return .event(events.randomElement(using: &generator) ?? .begin)
    }

    private static func answer(to machine: DeliveryMachine, using generator: inout SeededGenerator) -> DeliveryEvent {
        let key = CardHolderKey.allCases.randomElement(using: &generator) ?? .signature
        let verdict = HolderVerdict.allCases.randomElement(using: &generator) ?? .proven
        let proof = CardVerdict.allCases.randomElement(using: &generator) ?? .authentic
        let answers: [DeliveryEvent] =
            switch machine.step {
            case .card: [.cardRead(Given.card(), Given.proof(proof)), .personMustRetry(.cardNotActivated)]
            case .person: [.portraitTaken(EnrolmentFixtures.portrait)]
            case .pin:
                machine.draft.pinChangeRuns
                    ? [.pinChanged(.done(PINChanged())), .pinChanged(.removed), .pinChanged(.wrongPIN(triesLeft: 2))]
                    : [Given.state(), Given.state(triesLeft: 0), .pinStateKnown(.notActivated)]
            case .certificates: [Given.trial(key, verdict), Given.state(), .certificateTried(key, .noKey)]
            case .receipt: [.signatureTaken(EnrolmentFixtures.signature)]
            default: [.sealed(EnrolmentFixtures.packetID), .notSealed(EnrolmentFixtures.diskFull)]
            }
        let dice = Int.random(in: 0..<12, using: &generator)
        if dice == 0 {
            return machine.step == .sealing ? .notSealed(EnrolmentFixtures.diskFull) : .failed(Given.unplugged)
        }
        return answers.randomElement(using: &generator) ?? .cancel
    }
}
