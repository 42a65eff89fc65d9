import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// The keys of an enrolment: what its step offers, then what every step has.
    func enrolmentBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        if machine.step == .stored || machine.step == .stopped { return endBindings }
        if machine.activity == .unsaved { return unsavedBindings }
        return stepBindings(machine) + leaving(machine)
    }

    var endBindings: [KeyBinding] {
        let next = KeyBinding("enter", cap: "Enter", .keyNextPerson, .openNext)
        let home = KeyBinding("escape", cap: "Esc", .keyHome, .effect(.leaveCase))
        return nextCase == nil
            ? [KeyBinding("enter", "escape", cap: "Enter", .keyHome, .effect(.leaveCase))] : [next, home]
    }

    private var unsavedBindings: [KeyBinding] {
        [
            KeyBinding("enter", cap: "Enter", .keySaveAgain, .effect(.enrolment(.begin))),
            KeyBinding("escape", cap: "Esc", .keyHome, .effect(.leaveCase), unless: .reasonUnsaved),
            KeyBinding("f8", cap: "F8", .keyStop, .ask(.stop(isOverdue: false))),
        ]
    }

    private func stepBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        switch machine.step {
        case .card: cardBindings(machine)
        case .person: personBindings(machine)
        case .photo: photoBindings(machine)
        case .fingers: fingerBindings(machine)
        case .signature: signatureBindings(machine)
        case .choices: choiceBindings(machine)
        case .review, .sealing: reviewBindings(machine)
        case .stored, .stopped: []
        }
    }

    /// Esc ends a running capture, and otherwise goes back to the list with the draft kept.
    private func leaving(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let busy = reasonBusy(machine)
        if machine.activity == .working, machine.step != .sealing {
            return [
                KeyBinding("escape", cap: "Esc", .keyCancel, .effect(.enrolment(.cancel))),
                KeyBinding(
                    "f8", cap: "F8", .keyStop, .ask(.stop(isOverdue: machine.isOverdue)), unless: .reasonCaptureRuns,
                    isShown: false),
            ]
        }
        return [
            KeyBinding("escape", cap: "Esc", .keyPause, .effect(.leaveCase), unless: busy),
            KeyBinding("f8", cap: "F8", .keyStop, .ask(.stop(isOverdue: machine.isOverdue)), unless: busy),
        ]
    }

    /// Why nothing can be asked for now; nil when it is the officer's turn.
    func reasonBusy(_ machine: EnrolmentMachine) -> UIText? {
        switch machine.activity {
        case .idle, .reviewing: nil
        case .working: machine.step == .sealing ? .reasonSealing : .reasonCaptureRuns
        case .saving: .reasonSaving
        case .unsaved: .reasonUnsaved
        }
    }

    private func cardBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let busy = reasonBusy(machine)
        let read = KeyBinding("enter", cap: "Enter", .keyReadCard, .effect(.enrolment(.begin)), unless: busy)
        let absent = KeyBinding("f3", cap: "F3", .keyNoCard, .ask(.noCard), unless: busy)
        return [read, absent]
    }

    private func personBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let busy = reasonBusy(machine)
        let warnings = machine.personWarnings
        let reason: UIText? =
            warnings.contains(.otherPerson)
            ? .reasonOtherPerson : warnings.contains(.notProven(.forged)) ? .reasonForged : nil
        return [
            KeyBinding(
                "enter", cap: "Enter", .keyConfirmPerson, .effect(.enrolment(.confirmPerson)),
                unless: busy ?? reason),
            KeyBinding("f4", cap: "F4", .keyRejectPerson, .effect(.enrolment(.rejectPerson)), unless: busy),
        ]
    }

    private func photoBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        switch machine.activity {
        case .working: [KeyBinding("enter", "space", cap: "Enter", .keyShutter, .effect(.shutter))]
        case .reviewing: reviewing(machine)
        case .idle, .saving, .unsaved:
            [
                KeyBinding(
                    "enter", cap: "Enter", .keyStartCamera, .effect(.enrolment(.begin)), unless: reasonBusy(machine))
            ] + keepingOld(machine, machine.record.portrait != nil)
        }
    }

    private func signatureBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let exempt = KeyBinding(
            "f3", cap: "F3", .keyExempt, .ask(.exemptSignature), unless: reasonBusy(machine))
        switch machine.activity {
        case .working: return [KeyBinding("enter", cap: "Enter", .keyFinishSignature, .effect(.finishSignature))]
        case .reviewing: return reviewing(machine) + [exempt]
        case .idle, .saving, .unsaved:
            return [
                KeyBinding(
                    "enter", cap: "Enter", .keySign, .effect(.enrolment(.begin)), unless: reasonBusy(machine)),
                exempt,
            ] + keepingOld(machine, machine.record.signature != nil)
        }
    }

    /// A saved sample is shown: keep it, or take it again.
    private func reviewing(_ machine: EnrolmentMachine) -> [KeyBinding] {
        [
            KeyBinding("enter", cap: "Enter", .keyKeep, .effect(.enrolment(.keep))),
            KeyBinding("f4", cap: "F4", .keyRetake, .effect(.enrolment(.retake))),
        ]
    }

    /// Back at a step that has its sample already: it may stay as it is.
    private func keepingOld(_ machine: EnrolmentMachine, _ hasOld: Bool) -> [KeyBinding] {
        guard hasOld else { return [] }
        return [
            KeyBinding("f9", cap: "F9", .keyKeepOld, .effect(.enrolment(.keep)), unless: reasonBusy(machine))
        ]
    }

    private func choiceBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        movement + [
            KeyBinding("left", cap: "←", .keyTurn, .turn(-1), isShown: false),
            KeyBinding("right", "space", cap: "→", .keyTurn, .turn(1), isShown: false),
            KeyBinding("enter", cap: "Enter", .keyConfirmChoices, .confirmChoices, unless: reasonBusy(machine)),
        ]
    }

    /// Sealing has a key of its own: an Enter too many must not send anything.
    private func reviewBindings(_ machine: EnrolmentMachine) -> [KeyBinding] {
        let busy = reasonBusy(machine)
        return movement + [
            KeyBinding(
                "f9", cap: "F9", .keySeal, .effect(.enrolment(.begin)),
                unless: busy ?? (machine.record.missing.isEmpty ? nil : .reasonPartsMissing)),
            KeyBinding("f4", cap: "F4", .keyRevisit, .revisitSelected, unless: busy),
            KeyBinding("enter", cap: "Enter", .keySeal, .help, unless: busy ?? .reasonSealWithF9, isShown: false),
        ]
    }
}
