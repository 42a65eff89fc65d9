import EnrolmentCore
import Testing

@testable import OfflineCache

@Suite("Judging a clock")
struct ClockJudgementTests {
    private let rules: ClockRules
    private static let day = Duration.seconds(86_400)

    init() throws { rules = try .builtIn() }

    private func judgement(
        _ evidence: [ClockJudgement.Evidence] = [], at uptime: Uptime? = nil, own: Timestamp? = nil,
        network: Duration? = nil
    ) -> ClockJudgement {
        ClockJudgement(rules: rules, evidence: evidence, ownLatest: own, uptime: uptime, networkError: network)
    }

    @Test("with nothing known, a time before the program, or ten years after it, is implausible")
    func program() {
        #expect(judgement().standing(of: Timestamp(milliseconds: 0)).confidence == .implausible)
        let standing = judgement().standing(of: .noon)
        #expect(standing.confidence == .plausible && standing.source == .program)
        #expect(judgement().standing(of: .noon.advanced(by: Self.day * 3700)).confidence == .implausible)
    }

    @Test(
        "an instant that has happened bounds the clock on both sides",
        arguments: [
            (-3650, TimeConfidence.implausible), (-1, .implausible), (0, .plausible), (1, .plausible),
            (399, .plausible), (401, .implausible), (3650, .implausible),
        ])
    func bounds(days: Int, expected: TimeConfidence) {
        for source in TimeSource.allCases where source != .program {
            let standing = judgement([.init(source: source, instant: .noon)])
                .standing(of: .noon.advanced(by: Self.day * days))
            #expect(standing.confidence == expected, "\(source)")
        }
    }

    @Test("a comparison with central holds until the machine is restarted, however long that takes")
    func comparison() {
        let learnt = Uptime(boot: "a", elapsed: .seconds(100))
        let evidence = ClockJudgement.Evidence(source: .central, instant: .noon, learnt: learnt)
        let later = Uptime(boot: "a", elapsed: .seconds(100) + Self.day * 30)
        let right = Timestamp.noon.advanced(by: Self.day * 30)
        let standing = judgement([evidence], at: later).standing(of: right)
        #expect(standing == TimeStanding(.synchronised, by: .central, evidenceAge: Self.day * 30))
        for seconds in [-121, 121, -86_400, 86_400] {
            let wrong = judgement([evidence], at: later).standing(of: right.advanced(by: .seconds(seconds)))
            #expect(wrong.confidence == .implausible && wrong.evidenceAge == Self.day * 30)
        }
        let restarted = judgement([evidence], at: Uptime(boot: "b", elapsed: .seconds(1))).standing(of: right)
        #expect(restarted == TimeStanding(.plausible, by: .central, evidenceAge: Self.day * 30))
    }

    @Test("what has surely gone by since an instant counts, though the clock was set back behind it")
    func elapsed() {
        let learnt = Uptime(boot: "a", elapsed: .zero)
        let evidence = ClockJudgement.Evidence(source: .roster, instant: .noon, learnt: learnt)
        let judgement = judgement([evidence], at: Uptime(boot: "a", elapsed: Self.day))
        #expect(judgement.latest(Timestamp(milliseconds: 0)) == .noon.advanced(by: Self.day))
        let standing = judgement.standing(of: .noon)
        #expect(standing == TimeStanding(.implausible, by: .roster, evidenceAge: Self.day))
    }

    @Test("a time server's word counts, unless it contradicts what has happened or errs by too much")
    func network() {
        let known = [ClockJudgement.Evidence(source: .receipt, instant: .noon)]
        let good = judgement(known, network: .milliseconds(30))
        #expect(good.standing(of: .noon) == TimeStanding(.synchronised, by: .network, evidenceAge: .zero))
        #expect(good.standing(of: Timestamp(milliseconds: 0)).confidence == .implausible)
        #expect(judgement(known, network: .seconds(16)).standing(of: .noon).confidence == .plausible)
    }

    @Test("the kit's own earlier clock counts where nobody else spoke since")
    func own() {
        let own = Timestamp.noon.advanced(by: Self.day)
        #expect(judgement(own: own).standing(of: .noon) == TimeStanding(.implausible, by: .clock, evidenceAge: nil))
        #expect(judgement(own: own).standing(of: own).confidence == .plausible)
        // A clock that was wrong by years says nothing about a later one.
        #expect(!judgement().couldBe(.noon.advanced(by: Self.day * 4000)))
    }

    @Test("instants at the ends of what a number holds are judged, not trapped on")
    func extremes() {
        for milliseconds in [Int64.min, .max] {
            let instant = ClockMark.instant(milliseconds)
            let judgement = judgement([.init(source: .card, instant: instant)])
            _ = judgement.standing(of: .noon)
            _ = judgement.standing(of: ClockMark.instant(.max))
            _ = judgement.standing(of: ClockMark.instant(.min))
            _ = judgement.latest(.noon)
        }
    }
}
