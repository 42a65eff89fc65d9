import EnrolmentCore

@testable import EnrolmentFlow

/// One way through the finger step.
struct FingerPath {
    let name: String
    let born: PartialDate
    let moves: [FingerMove]

    /// - Parameter parts: the moves, in pieces: one long sum of arrays takes the compiler minutes.
    private init(
        _ name: String, born: PartialDate = PartialDate(year: 1985, month: 7, day: 30), _ parts: [FingerMove]...
    ) {
        self.name = name
        self.born = born
        moves = parts.flatMap { $0 }
    }

    static let all: [FingerPath] = [plain, doubts, vetoes, substitutes, furtherFingers, noFingers, trouble].flatMap {
        $0
    }

    // MARK: - Parts of ways

    private static func good(_ score: Int = 70) -> [FingerMove] { [.begin, .print(score), .event(.keep)] }

    /// So many attempts in a row, each after the first asked for by the rules.
    private static func tries(_ scores: Int...) -> [FingerMove] {
        var moves: [FingerMove] = []
        for score in scores {
            moves.append(moves.isEmpty ? .begin : .event(.retake))
            moves.append(.print(score))
        }
        return moves
    }

    private static func mark(_ exception: FingerException, _ fingers: FingerPosition...) -> [FingerMove] {
        fingers.map { .event(.markFinger($0, exception)) }
    }

    private static func hand(_ hand: FingerPosition.Hand, _ exception: FingerException) -> [FingerMove] {
        FingerPosition.Digit.allCases.map { .event(.markFinger(FingerPosition(hand, $0), exception)) }
    }

    private static func events(_ events: EnrolmentEvent...) -> [FingerMove] { events.map { .event($0) } }

    private static func attest(_ day: String) -> Attest? { CalendarDate(iso8601: day).map { Attest(issuedOn: $0) } }

    // MARK: - The ways

    private static let plain: [FingerPath] = [
        FingerPath("good the first time", good(72), good(80)),
        FingerPath("taken by hand", [.begin, .print(55, trigger: .manual), .event(.keep)], good()),
        FingerPath("good exactly at the threshold", good(30), tries(29)),
        FingerPath("bad, then good", tries(12, 64), events(.keep), good()),
        FingerPath(
            "bad three times, the officer keeps the best", tries(12, 25, 18), events(.acceptFinger(.noObviousReason)),
            good()),
        FingerPath(
            "bad three times, the last of equal ones", tries(25, 12, 25), events(.acceptFinger(.obviousCondition)),
            good()),
        FingerPath(
            "bad, and keeping it takes a reason", tries(12), events(.keep, .acceptFinger(.obviousCondition)), good()),
        FingerPath(
            "bad three times, and again from the first attempt", tries(12, 25, 18, 9, 44), events(.keep), good()),
    ]

    private static let doubts: [FingerPath] = [
        FingerPath(
            "like the other hand's, taken again", good(), [.begin, .print(66, alike: [.rightIndex])],
            events(.keep, .retake), [.print(61), .event(.keep)]),
        FingerPath(
            "like the other hand's, and the other was wrong", good(), [.begin, .print(66, alike: [.rightIndex])],
            events(.retakeFinger(.rightIndex, .wrongFinger)), good(58), events(.keep)),
        FingerPath(
            "like the other hand's, and both were wrong", good(), [.begin, .print(66, alike: [.rightIndex])],
            events(.retakeFinger(.rightIndex, .wrongFinger)), [.begin, .print(58, alike: [.leftIndex])],
            events(.retakeFinger(.leftIndex, .wrongFinger)), good(), events(.keep)),
        FingerPath(
            "like the other hand's, kept with a reason", good(), [.begin, .print(66, alike: [.rightIndex])],
            events(.acceptFinger(.noObviousReason))),
        FingerPath(
            "bad and like the other hand's, then good", good(), [.begin, .print(22, alike: [.rightIndex])],
            [.event(.retake), .print(50), .event(.keep)]),
        FingerPath(
            "unlike the earlier attempt at the same finger", tries(24), [.event(.retake), .print(52, unlike: true)],
            events(.keep), good()),
        FingerPath(
            "unlike an earlier attempt that was too poor to tell", tries(8),
            [.event(.retake), .print(52, unlike: true), .event(.keep)], good()),
        FingerPath(
            "unlike the earlier one, and the new one was the wrong finger", tries(28),
            [.event(.retake), .print(52, unlike: true), .event(.rejectFinger(.wrongFinger)), .print(41)],
            events(.keep), good()),
    ]

    private static let vetoes: [FingerPath] = [
        FingerPath(
            "good, and the officer gives a reason that is not needed", tries(70),
            events(.acceptFinger(.noObviousReason), .retake, .keep), good()),
        FingerPath(
            "good, and rejected by the officer", tries(70), [.event(.rejectFinger(.smeared)), .print(45)],
            events(.keep), good()),
        FingerPath(
            "good, rejected, and three worse ones after it", tries(70),
            [.event(.rejectFinger(.wrongFinger)), .print(15)],
            [.event(.retake), .print(20), .event(.retake), .print(5)], events(.acceptFinger(.noObviousReason)), good()),
        FingerPath(
            "bad three times, and the best of them rejected", tries(12, 25, 18),
            [.event(.rejectFinger(.wrongFinger)), .print(70)], events(.keep), good()),
        FingerPath(
            "a settled finger is asked for anew", good(), events(.retakeFinger(.rightIndex, .other)), good(50), good()),
    ]

    private static let substitutes: [FingerPath] = [
        FingerPath("no right index finger", mark(.amputated, .rightIndex), good(), good()),
        FingerPath(
            "no right index, middle finger and thumb", mark(.unusable, .rightIndex, .rightMiddle, .rightThumb), good(),
            good()),
        FingerPath(
            "every finger of the right hand but the little one",
            mark(.amputated, .rightIndex, .rightMiddle, .rightThumb, .rightRing), good(), good()),
        FingerPath(
            "marked by mistake", mark(.bandaged, .rightIndex), events(.unmarkFinger(.rightIndex)), good(), good()),
        FingerPath("marked after it was taken", good(), mark(.damaged, .rightIndex), good(), good()),
        FingerPath("a whole hand is missing", hand(.right, .amputated), good(), good()),
        FingerPath(
            "one finger in all", hand(.right, .amputated),
            mark(.unusable, .leftThumb, .leftMiddle, .leftRing, .leftLittle), good()),
        FingerPath(
            "only a little finger is left", hand(.right, .amputated),
            mark(.unusable, .leftThumb, .leftMiddle, .leftRing, .leftIndex), events(.begin)),
    ]

    private static let furtherFingers: [FingerPath] = [
        FingerPath(
            "never good enough, and a further finger is good", tries(12, 25, 18), events(.keep), good(60), good()),
        FingerPath(
            "never good enough, nor the further finger", tries(12, 25, 18), events(.keep), tries(4, 9, 2),
            events(.keep), good()),
        FingerPath(
            "never good enough, as good as the further finger", tries(9, 9, 9), events(.keep), tries(9, 8, 7),
            events(.keep), good()),
        FingerPath(
            "never good enough, the further finger better", tries(4, 4, 4), events(.keep), tries(7, 8, 9),
            events(.keep), good()),
        FingerPath(
            "never good enough, and the further finger is marked", tries(12, 25, 18), events(.keep),
            mark(.bandaged, .rightMiddle, .rightThumb), tries(1, 2, 3), events(.keep), good()),
        FingerPath(
            "never good enough, and marked", tries(12, 25, 18), mark(.unreadable, .rightIndex), good(), good()),
        FingerPath(
            "the only hand, and its first finger never good enough", hand(.right, .amputated), tries(1, 2, 3),
            events(.keep), good(), good()),
    ]

    private static let noFingers: [FingerPath] = [
        FingerPath(
            "none now", hand(.right, .bandaged), hand(.left, .bandaged),
            events(.begin, .declareFingersImpossible(.permanent), .declareFingersImpossible(.temporary(nil)))),
        FingerPath(
            "none now, in doubt with an attest",
            events(
                .declareFingersImpossible(.temporary(attest("2026-10-21"))),
                .declareFingersImpossible(.temporary(attest("2026-10-22"))))),
        FingerPath(
            "none ever", hand(.right, .amputated), hand(.left, .unusable), events(.declareFingersImpossible(.permanent))
        ),
        FingerPath(
            "none ever, found after attempts", tries(1, 2, 3), mark(.unusable, .rightIndex),
            events(.declareFingersImpossible(.permanent))),
        FingerPath("not none when one was taken", good(), events(.declareFingersImpossible(.permanent))),
        FingerPath("a child of nine", born: PartialDate(year: 2017, month: 3, day: 1)),
        FingerPath("a child of five", born: PartialDate(year: 2021, month: 3, day: 1)),
    ]

    private static let trouble: [FingerPath] = [
        FingerPath(
            "residue on the glass costs no attempt", [.begin, .event(.personMustRetry(.cleanGlass))], good(),
            [.begin, .event(.personMustRetry(.cleanGlass))], good()),
        FingerPath(
            "lifted early costs no attempt", tries(12), events(.retake, .personMustRetry(.liftedTooEarly), .retake),
            [.print(70), .event(.keep)]),
        FingerPath(
            "cancelled", tries(12), events(.retake, .cancel, .captureFailed(EnrolmentFixtures.cancelled), .retake),
            [.print(70), .event(.keep)]),
        FingerPath(
            "unplugged in the middle", tries(12), events(.retake, .captureFailed(EnrolmentFixtures.unplugged), .retake),
            [.print(70), .event(.keep)]),
        FingerPath(
            "the power goes during the third attempt", tries(12, 20), [.event(.retake), .crash, .event(.retake)],
            [.print(70), .crash, .event(.keep), .crash], good()),
        FingerPath(
            "the power goes between two fingers of a hand", tries(12, 25, 18), [.event(.keep), .crash], tries(4, 9),
            [.crash, .event(.retake), .print(2), .event(.keep), .crash], good()),
        FingerPath(
            "the power goes while the other finger is taken anew", good(), [.begin, .print(66, alike: [.rightIndex])],
            [.event(.retakeFinger(.rightIndex, .wrongFinger)), .crash, .begin, .crash, .begin, .print(58), .crash],
            [.event(.keep), .crash, .event(.keep)]),
    ]
}
