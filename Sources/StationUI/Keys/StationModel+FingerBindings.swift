import EnrolmentCore
import EnrolmentFlow
import TerminalKit

/// The keys of the finger step.
extension StationModel {
    func fingerBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        if machine.activity == .working {
            return [KeyBinding("enter", "space", cap: "Enter", .keyTrigger, .effect(.triggerFinger))]
        }
        let decisions = machine.fingerReview.map { deciding($0) } ?? [taking(machine)]
        return decisions + exceptions(machine)
    }

    private func taking(_ machine: EnrolmentMachine) -> KeyBinding {
        let nothingLeft = machine.expectedFinger == nil && machine.record.fingers.isEmpty
        return KeyBinding(
            "enter", cap: "Enter", .keyTakeFinger, .effect(.enrolment(.begin)),
            unless: reasonBusy(machine) ?? (nothingLeft ? .reasonNoFingerLeft : nil))
    }

    /// Enter does what the rules suggest; whatever goes against them has a key of its own and asks for the reason.
    private func deciding(_ review: FingerReview) -> [KeyBinding] {
        var bindings: [KeyBinding] = []
        let suggested = review.choices.first { $0 == .keep || $0 == .retake }
        switch suggested {
        case .keep: bindings.append(KeyBinding("enter", cap: "Enter", .keyKeep, .effect(.enrolment(.keep))))
        case .retake: bindings.append(KeyBinding("enter", cap: "Enter", .keyRetake, .effect(.enrolment(.retake))))
        default: bindings.append(KeyBinding("enter", cap: "Enter", .keyKeep, .help, unless: .reasonDecide))
        }
        for choice in review.choices {
            switch choice {
            case .retake where suggested != .retake:
                bindings.append(KeyBinding("f4", cap: "F4", .keyRetake, .effect(.enrolment(.retake))))
            case .reject where !review.choices.contains(.retake):
                bindings.append(KeyBinding("f4", cap: "F4", .keyRetake, .ask(.rejectFinger)))
            case .accept: bindings.append(KeyBinding("f7", cap: "F7", .keyAcceptFinger, .ask(.acceptFinger)))
            case .retakeOther(let other):
                bindings.append(
                    KeyBinding("f9", cap: "F9", .keyWrongFinger, .ask(.wrongFinger(review.position, other))))
            case .keep, .retake, .reject: break
            }
        }
        return bindings
    }

    private func exceptions(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let busy = reasonBusy(machine)
        let finger = machine.expectedFinger
        let marked = FingerPosition.allCases.filter { machine.record.fingerExceptions[$0] != nil }
        return [
            KeyBinding(
                "f3", cap: "F3", .keyMarkFinger, finger.map { .ask(.finger($0)) } ?? .help,
                unless: busy ?? (finger == nil ? .reasonNoFingerLeft : nil)),
            KeyBinding(
                "f5", cap: "F5", .keyNoFingers, .ask(.noFingers),
                unless: busy ?? (machine.record.fingers.isEmpty ? nil : .reasonFingersTaken),
                isShown: machine.record.fingers.isEmpty && machine.activity != .reviewing),
            KeyBinding(
                "f6", cap: "F6", .keyUnmark, .ask(.unmark(marked)),
                unless: busy ?? (marked.isEmpty || machine.activity == .reviewing ? .reasonNoneMarked : nil),
                isShown: !marked.isEmpty && machine.activity != .reviewing),
        ]
    }
}

extension ChoicePrompt {
    /// Why a print is kept that the rules call bad.
    static let acceptFinger = ChoicePrompt(
        .acceptTitle,
        FingerAcceptance.allCases.map {
            Option(label: .acceptance($0), answer: .effect(.enrolment(.acceptFinger($0))))
        })

    /// Why a print is taken again that the rules call good.
    static let rejectFinger = ChoicePrompt(
        .rejectTitle,
        FingerObjection.allCases.map {
            Option(label: .objection($0), answer: .effect(.enrolment(.rejectFinger($0))))
        })

    /// Two prints are alike: which finger was another than it should have been.
    static func wrongFinger(_ new: FingerPosition, _ other: FingerPosition) -> ChoicePrompt {
        ChoicePrompt(
            .wrongFingerTitle, text: .wrongFingerText,
            [
                Option(label: .finger(new), answer: .effect(.enrolment(.rejectFinger(.wrongFinger)))),
                Option(label: .finger(other), answer: .effect(.enrolment(.retakeFinger(other, .wrongFinger)))),
            ])
    }
}
