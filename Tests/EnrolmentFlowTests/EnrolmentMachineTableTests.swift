import EnrolmentCore
import Foundation
import Testing

@testable import EnrolmentFlow

/// Every pair of state and event, as a table that people read: `Goldens/enrolment-machine.txt`.
@Suite struct EnrolmentMachineTableTests {
    typealias Given = EnrolmentFixtures

    static let events: [(String, EnrolmentEvent)] = [
        ("begin", .begin), ("keep", .keep), ("retake", .retake), ("cancel", .cancel),
        ("continueWithoutCard", .continueWithoutCard(.firstCard)), ("confirmPerson", .confirmPerson),
        ("rejectPerson", .rejectPerson), ("markFinger", .markFinger(.rightIndex, .bandaged)),
        ("unmarkFinger", .unmarkFinger(.rightIndex)), ("acceptFinger", .acceptFinger(.obviousCondition)),
        ("rejectFinger", .rejectFinger(.smeared)), ("retakeFinger", .retakeFinger(.leftIndex, .wrongFinger)),
        ("declareFingersImpossible", .declareFingersImpossible(.permanent)),
        ("exemptSignature", .exemptSignature(.disability)), ("choose", .choose(Given.choices)),
        ("revisit", .revisit(.photo)), ("stop", .stop(.citizenUnwell)),
        ("cardRead", .cardRead(Given.card(), Given.proof())),
        ("portraitTaken", .portraitTaken(Given.portrait)), ("fingerTaken", .fingerTaken(Given.finger(.rightIndex))),
        ("signatureTaken", .signatureTaken(Given.signature)), ("personMustRetry", .personMustRetry(.noFinger)),
        ("captureFailed", .captureFailed(Given.unplugged)), ("draftSaved", .draftSaved(revision: 1)),
        ("draftNotSaved", .draftNotSaved(Given.diskFull)), ("sealed", .sealed(Given.packetID)),
        ("notSealed", .notSealed(Given.diskFull)), ("discarded", .discarded),
        ("notDiscarded", .notDiscarded(Given.diskFull)),
    ]

    @Test("every pair of state and event does what the table says")
    func table() throws {
        var lines: [String] = []
        for step in EnrolmentStep.allCases {
            for activity in EnrolmentActivity.allCases where Self.isReachable(step, activity) {
                lines.append("\(step.rawValue) / \(activity.rawValue)")
                lines += Self.events.map { "    \($0.0): \(Self.outcome(step, activity, $0.1))" }
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        let golden = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Goldens/enrolment-machine.txt")
        if ProcessInfo.processInfo.environment["LOKET_RENEW_GOLDENS"] != nil {
            try text.write(to: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    /// States that no sequence of events leads to have no line in the table.
    static func isReachable(_ step: EnrolmentStep, _ activity: EnrolmentActivity) -> Bool {
        switch step {
        case .card, .fingers, .photo, .signature: step != .card || activity != .reviewing
        case .person, .choices, .review: activity == .idle || activity == .saving || activity == .unsaved
        case .sealing: activity == .working
        case .stored, .stopped: activity == .idle
        }
    }

    static func outcome(_ step: EnrolmentStep, _ activity: EnrolmentActivity, _ event: EnrolmentEvent) -> String {
        var machine = Given.machine()
        machine.draft.step = step
        machine.draft.revision = 1
        machine.activity = activity
        if activity == .reviewing {
            machine.draft.awaitsReview = true
            machine.draft.record.portrait = Given.portrait
            var task = FingerTask(.rightIndex, after: 0)
            task.add(Given.finger(.rightIndex), settingAsideLast: false, machine.rules)
            machine.draft.fingerTasks = [task]
            machine.draft.record.signature = .signed(Given.signature)
        }
        if step == .review {
            machine.draft.record.card = Given.card()
            machine.draft.record.portrait = Given.portrait
            machine.draft.record.fingerOutcome = .taken
            machine.draft.record.signature = .exempt(.disability)
            machine.draft.record.choices = Given.choices
        }
        machine.afterSaving = .stay
        let before = machine
        let effects = machine.handle(event)
        if machine == before && effects.isEmpty { return "-" }
        if case .refused(let why)? = machine.notice, effects.isEmpty { return "refused, \(why.rawValue)" }
        let names = effects.map { String(describing: $0).prefix { $0.isLetter } }
        let becomes = "\(machine.step.rawValue) / \(machine.activity.rawValue)"
        return ([becomes] + names.map(String.init)).joined(separator: ", ")
    }
}
