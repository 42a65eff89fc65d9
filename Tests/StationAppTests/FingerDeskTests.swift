import EnrolmentCore
import Testing

@testable import StationApp

@Suite("What is found out about a finger's picture")
struct FingerDeskTests {
    static let device = DeviceDescription(product: "Test")

    static func image(_ grey: UInt8) -> GrayImage { GrayImage(width: 2, height: 1, pixels: [grey, 255]) }

    static func picture(
        _ position: FingerPosition, _ attempt: Int, grey: UInt8 = 1, trigger: FingerAttempt.Trigger = .automatic
    ) -> FingerDesk.Picture {
        FingerDesk.Picture(
            frame: FingerFrame(raw: image(0), image: image(grey), trigger: trigger), position: position,
            attempt: attempt, takenAt: Timestamp(milliseconds: 5), device: device)
    }

    static func desk(_ examiner: EasyExaminer) throws -> FingerDesk {
        FingerDesk(examiner, rules: try .builtIn(.belgian))
    }

    @Test("an attempt has its number, its score and how it was taken")
    func attempt() async throws {
        let desk = try Self.desk(EasyExaminer(scores: [41]))
        let outcome = await desk.examine(Self.picture(.leftRing, 2, trigger: .manual), beside: [])
        guard case .captured(let attempt) = outcome else {
            Issue.record("nothing was captured")
            return
        }
        #expect(attempt.sample.position == .leftRing && attempt.sample.attempt == 2)
        #expect(attempt.quality.score == 41 && attempt.sample.quality == 41)
        #expect(attempt.trigger == .manual && attempt.comparisons.isEmpty)
        #expect(attempt.sample.image == Self.image(1))
    }

    @Test("it is compared with every print that there is, and each print's template is made once")
    func comparisons() async throws {
        let examiner = EasyExaminer(similarity: 12)
        let desk = try Self.desk(examiner)
        var references: [FingerSample] = []
        for (number, position) in [FingerPosition.rightIndex, .rightIndex, .leftIndex].enumerated() {
            let outcome = await desk.examine(Self.picture(position, number + 1), beside: references)
            guard case .captured(let attempt) = outcome else { continue }
            #expect(
                attempt.comparisons
                    == references.map {
                        FingerComparison(position: $0.position, attempt: $0.attempt, similarity: 12)
                    })
            references.append(attempt.sample)
        }
        #expect(references.count == 3)
        #expect(examiner.templates == 3)
    }

    @Test("after a restart the earlier prints' templates are made again")
    func restart() async throws {
        let examiner = EasyExaminer()
        let earlier = FingerSample(
            position: .rightIndex, image: Self.image(9), quality: 50, attempt: 1,
            capturedAt: Timestamp(milliseconds: 1), device: Self.device)
        let outcome = await (try Self.desk(examiner)).examine(Self.picture(.leftIndex, 1), beside: [earlier])
        guard case .captured(let attempt) = outcome else {
            Issue.record("nothing was captured")
            return
        }
        #expect(attempt.comparisons.map(\.position) == [.rightIndex])
        #expect(examiner.templates == 2)
    }

    @Test("what the finger before left on the glass is no attempt, unless it was taken by hand")
    func residue() async throws {
        let examiner = EasyExaminer(residue: 0.95)
        let desk = try Self.desk(examiner)
        // There is nothing yet that could have been left.
        guard case .captured = await desk.examine(Self.picture(.rightIndex, 1), beside: []) else {
            Issue.record("the first picture is no residue")
            return
        }
        #expect(await desk.examine(Self.picture(.leftIndex, 1), beside: []) == .retry(.cleanGlass))
        let byHand = await desk.examine(Self.picture(.leftIndex, 1, trigger: .manual), beside: [])
        guard case .captured = byHand else {
            Issue.record("what is taken by hand is never refused")
            return
        }
        examiner.setResidue(0.5)
        guard case .captured = await desk.examine(Self.picture(.leftIndex, 1), beside: []) else {
            Issue.record("half alike is another finger")
            return
        }
    }

    @Test("a picture is taken by itself when it is good, and a residue never is")
    func trigger() async throws {
        let examiner = EasyExaminer()
        let desk = try Self.desk(examiner)
        guard case .automatic(let atMost, let judge) = await desk.trigger(after: []) else {
            Issue.record("the trigger is not automatic")
            return
        }
        #expect(try atMost == FingerRules.builtIn(.belgian).mostFrames)
        #expect(judge(Self.image(1)) == FrameVerdict(score: 80, isGood: true, hints: [.holdStill]))
        _ = await desk.examine(Self.picture(.rightIndex, 1), beside: [])
        examiner.setResidue(1)
        guard case .automatic(_, let next) = await desk.trigger(after: []) else { return }
        #expect(next(Self.image(1)) == FrameVerdict(score: 0, isGood: false, hints: [.cleanGlass]))
    }
}
