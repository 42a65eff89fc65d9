import EnrolmentCore
import Foundation
import StationTestSupport
import Testing

@testable import EnrolmentFlow

/// Every path through BSI TR-03121's flow, in the Belgian and in the German order, as a table that people
/// read: `Goldens/finger-paths.txt`.
@Suite struct FingerPathTests {
    @Test("every path through the finger step goes as the table says")
    func table() throws {
        var lines: [String] = []
        for path in FingerPath.all {
            for rules in [EnrolmentFixtures.belgian, EnrolmentFixtures.german] {
                var walk = FingerWalk(rules, born: path.born)
                lines.append("\(path.name) (\(rules.name))")
                for move in path.moves { try walk.go(move) }
                lines += walk.lines + walk.result + [""]
                check(walk, path.name)
            }
        }
        let text = lines.joined(separator: "\n")
        let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/finger-paths.txt")
        if ProcessInfo.processInfo.environment["LOKET_RENEW_GOLDENS"] != nil {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    /// What holds whatever happened.
    private func check(_ walk: FingerWalk, _ name: String) {
        let record = walk.machine.record
        #expect(Set(record.fingers.map(\.position)).count == record.fingers.count, "\(name)")
        #expect(record.fingers.count <= 2, "\(name)")
        let kept = record.fingerLog.filter { $0.outcome.keepsPrint && $0.outcome != .held }.map { trial in
            "\(trial.position.name) \(trial.kept ?? 0)"
        }
        #expect(Set(kept) == Set(record.fingers.map { "\($0.position.name) \($0.attempt)" }), "\(name)")
        guard walk.machine.step != .fingers else { return }
        // No picture but the selected ones is left to be sealed, or to lie in the draft.
        #expect(walk.saved.fingerSamples == record.fingers, "\(name)")
        #expect(!record.fingerLog.contains { $0.outcome == .held }, "\(name)")
    }

    @Test("whatever an officer, a person and a scanner do in whatever order, the log and the prints agree")
    func anyOrder() throws {
        for seed in 0..<60 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var walk = FingerWalk(seed % 2 == 0 ? EnrolmentFixtures.belgian : EnrolmentFixtures.german)
            for _ in 0..<60 where walk.machine.step == .fingers {
                try walk.go(FingerMove.any(walk.machine, using: &generator))
            }
            check(walk, "seed \(seed)")
        }
    }
}
extension FingerMove {
    static func any(_ machine: EnrolmentMachine, using generator: inout SeededGenerator) -> FingerMove {
        let taken = machine.fingerReferences.map(\.position)
        if machine.activity == .working {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: return .event(.personMustRetry(.cleanGlass))
            case 1: return .event(.captureFailed(EnrolmentFixtures.unplugged))
            case 2: return .crash
            default:
                return .print(
                    Int.random(in: 0...60, using: &generator),
                    alike: Int.random(in: 0..<4, using: &generator) == 0 ? taken : [],
                    unlike: Bool.random(using: &generator))
            }
        }
        let finger = FingerPosition.allCases.randomElement(using: &generator) ?? .rightIndex
        let exception = FingerException.allCases.randomElement(using: &generator) ?? .damaged
        let objection = FingerObjection.allCases.randomElement(using: &generator) ?? .other
        let moves: [FingerMove] = [
            .begin, .begin, .begin, .event(.keep), .event(.keep), .event(.retake), .event(.retake),
            .event(.acceptFinger(.noObviousReason)), .event(.rejectFinger(objection)),
            .event(.retakeFinger(taken.randomElement(using: &generator) ?? finger, objection)),
            .event(.markFinger(finger, exception)), .event(.unmarkFinger(finger)), .crash,
        ]
        return moves.randomElement(using: &generator) ?? .begin
    }
}
