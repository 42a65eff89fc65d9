import EnrolmentCore
import Foundation
import Testing

@testable import EnrolmentFlow

/// One thing that happens on the way through the finger step.
enum FingerMove {
    case begin
    /// A picture with this score; alike are the prints of other fingers that it is like, and unlike says
    /// that it is like no earlier print of its own finger.
    case print(Int, alike: [FingerPosition] = [], unlike: Bool = false, trigger: FingerAttempt.Trigger = .automatic)
    case event(EnrolmentEvent)
    /// The program dies and comes back with what was last saved.
    case crash
}

/// Goes through the finger step of one enrolment and writes down what is to be seen.
///
/// At every save it checks that what was saved would be gone on with at the same place.
struct FingerWalk {
    private(set) var machine: EnrolmentMachine
    private(set) var lines: [String] = []
    private(set) var saved: EnrolmentDraft
    private let rules: FingerRules

    init(_ rules: FingerRules, born: PartialDate = PartialDate(year: 1985, month: 7, day: 30)) {
        self.rules = rules
        machine = EnrolmentMachine(
            record: EnrolmentFixtures.record(EnrolmentFixtures.planned(born: born)), rules: rules,
            today: EnrolmentFixtures.today)
        machine.draft.step = .photo
        machine.draft.record.card = EnrolmentFixtures.card()
        machine.draft.record.portrait = EnrolmentFixtures.portrait
        saved = machine.draft
        _ = run(.keep)
    }

    mutating func go(_ move: FingerMove) throws {
        switch move {
        case .begin: note("begin", run(.begin))
        case .event(let event): note(Self.words(event), run(event))
        case .print(let score, let alike, let unlike, let trigger):
            let position = try #require(machine.expectedFinger)
            let attempt = print(position, score, alike: alike, isUnlike: unlike, trigger)
            note(Self.words(score, alike, unlike, trigger), run(.fingerTaken(attempt)))
        case .crash:
            machine = EnrolmentMachine(
                resuming: try Self.rewritten(saved), rules: rules, today: EnrolmentFixtures.today)
            note("crash, and again", [])
        }
    }

    private func print(
        _ position: FingerPosition, _ score: Int, alike: [FingerPosition], isUnlike: Bool,
        _ trigger: FingerAttempt.Trigger
    ) -> FingerAttempt {
        let number = machine.draft.fingerTasks.last?.nextNumber ?? machine.attemptsSoFar(at: position) + 1
        let comparisons = machine.fingerReferences.map { reference in
            let isAlike = reference.position == position ? !isUnlike : alike.contains(reference.position)
            return FingerComparison(
                position: reference.position, attempt: reference.attempt, similarity: isAlike ? 120 : 7)
        }
        return EnrolmentFixtures.finger(
            position, attempt: number, score: score, comparisons: comparisons, trigger: trigger)
    }

    /// Feeds an event and answers each save as a store that never fails does.
    private mutating func run(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        var pending = machine.handle(event)
        var others: [EnrolmentEffect] = []
        while !pending.isEmpty {
            let effect = pending.removeFirst()
            if case .saveDraft(let draft) = effect {
                saved = draft
                pending += machine.handle(.draftSaved(revision: draft.revision))
                checkResumed(draft)
            } else {
                others.append(effect)
            }
        }
        return others
    }

    private func checkResumed(_ draft: EnrolmentDraft) {
        guard let draft = try? Self.rewritten(draft) else {
            Issue.record("the draft cannot be read back")
            return
        }
        let again = EnrolmentMachine(resuming: draft, rules: rules, today: EnrolmentFixtures.today)
        #expect(again.step == machine.step || machine.activity == .saving)
        guard again.step == machine.step, machine.activity != .saving else { return }
        #expect(again.record == machine.record)
        #expect(again.expectedFinger == machine.expectedFinger)
        #expect(again.fingerReview == machine.fingerReview)
    }

    static func rewritten(_ draft: EnrolmentDraft) throws -> EnrolmentDraft {
        try JSONDecoder().decode(EnrolmentDraft.self, from: JSONEncoder().encode(draft))
    }
}

/// The words of the table.
extension FingerWalk {
    private mutating func note(_ what: String, _ effects: [EnrolmentEffect]) {
        lines.append(
            "    \(what.padding(toLength: max(44, what.count), withPad: " ", startingAt: 0)) \(state(effects))")
    }

    private func state(_ effects: [EnrolmentEffect]) -> String {
        if machine.step != .fingers { return "done" }
        let finger = machine.expectedFinger.map { "\($0.name) \(machine.attempt)/\(rules.attempts)" } ?? "no finger"
        let place: String =
            switch machine.activity {
            case .working: effects.isEmpty ? "still takes \(finger)" : "takes \(finger)"
            case .reviewing: machine.fingerReview.map { "shows " + Self.words($0) } ?? "shows nothing"
            case .idle: "asks \(finger)"
            case .saving, .unsaved: machine.activity.rawValue
            }
        return place + (notice.map { "  [\($0)]" } ?? "")
    }

    private var notice: String? {
        switch machine.notice {
        case .retry(let retry): retry.rawValue
        case .failure(let report): report.code.text
        case .refused(let refusal): "refused, \(refusal.rawValue)"
        case nil: nil
        }
    }

    private static func words(_ review: FingerReview) -> String {
        let best = review.best.map { $0.attempt == review.shown.attempt ? "" : ", best #\($0.attempt)" } ?? ""
        let warnings = review.warnings.map { warning in
            switch warning {
            case .likeOther(let other, let similarity): ", like \(other.position.name) (\(similarity))"
            case .unlikeEarlier(let earlier, let similarity): ", unlike #\(earlier.attempt) (\(similarity))"
            }
        }
        let choices = review.choices.map { choice in
            if case .retakeOther(let position) = choice { return "retake \(position.name)" }
            return "\(choice)"
        }
        return "\(review.position.name) #\(review.shown.attempt) \(review.quality.score)/\(review.threshold)\(best)"
            + ": \(review.verdict.rawValue)\(warnings.joined()) → \(choices.joined(separator: ", "))"
    }

    private static func words(
        _ score: Int, _ alike: [FingerPosition], _ unlike: Bool, _ trigger: FingerAttempt.Trigger
    ) -> String {
        "print \(score)" + alike.map { ", like \($0.name)" }.joined() + (unlike ? ", unlike its own" : "")
            + (trigger == .manual ? ", by hand" : "")
    }

    private static func words(_ event: EnrolmentEvent) -> String {
        switch event {
        case .markFinger(let position, let exception): "mark \(position.name) \(exception.rawValue)"
        case .unmarkFinger(let position): "unmark \(position.name)"
        case .acceptFinger(let reason): "accept, \(reason.rawValue)"
        case .rejectFinger(let objection): "reject, \(objection.rawValue)"
        case .retakeFinger(let position, let objection): "retake \(position.name), \(objection.rawValue)"
        case .declareFingersImpossible(.permanent): "impossible for good"
        case .declareFingersImpossible(.temporary(let attest)):
            "impossible for now" + (attest.map { ", attest of \($0.issuedOn.iso8601)" } ?? "")
        case .personMustRetry(let retry): "the person: \(retry.rawValue)"
        case .captureFailed(let report): "the machine: \(report.code.text)"
        default: String("\(event)".prefix { $0 != "(" })
        }
    }

    /// What came of it all.
    var result: [String] {
        let record = machine.record
        let prints = record.fingers.map { "\($0.position.name) #\($0.attempt) \($0.quality ?? 0)" }
        let exceptions = record.fingerExceptions.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.name) \($0.value.rawValue)" }
        return ["    = \(Self.words(record.fingerOutcome)); prints: \(Self.list(prints))"]
            + (exceptions.isEmpty ? [] : ["    = exceptions: \(Self.list(exceptions))"])
            + record.fingerLog.map { "    = log: \(Self.words($0))" }
    }

    private static func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: ", ") }

    private static func words(_ outcome: FingerOutcome?) -> String {
        switch outcome {
        case nil: "not done"
        case .taken: "taken"
        case .notRequired: "not required"
        case .permanentlyImpossible: "exempt"
        case .temporarilyImpossible(let attest, let months):
            "card of \(months) months" + (attest == nil ? ", no attest" : ", with attest")
        }
    }

    private static func words(_ trial: FingerTrial) -> String {
        let attempts = trial.attempts.map { attempt in
            let why =
                switch attempt.rejection {
                case nil: trial.kept == attempt.number ? " kept" : ""
                case .officer(let objection): " officer: \(objection.rawValue)"
                case .lowQuality: " lowQuality"
                case .likeOtherFinger: " likeOtherFinger"
                case .notTheBest: " notTheBest"
                }
            return "#\(attempt.number) \(attempt.quality.score)\(attempt.trigger == .manual ? " by hand" : "")\(why)"
        }
        let outcome =
            switch trial.outcome {
            case .replaced(let better): "replaced by \(better.name)"
            case .takenAnew(let objection): "taken anew, \(objection.rawValue)"
            case .excepted(let exception): "excepted, \(exception.rawValue)"
            case .sufficient, .accepted, .bestAvailable, .impossible, .abandoned, .held: "\(trial.outcome)"
            }
        let alike = trial.attempts.first { $0.number == trial.kept }?.comparisons.filter {
            $0.position != trial.position && $0.similarity >= trial.sameFinger
        }
        return "\(trial.position.name) [\(attempts.joined(separator: "; "))] \(outcome)"
            + (trial.acceptance.map { ", \($0.rawValue)" } ?? "")
            + (alike ?? []).map { ", like \($0.position.name) (\($0.similarity))" }.joined()
    }
}
