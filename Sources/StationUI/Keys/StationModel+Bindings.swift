import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// The keys of the screen that is shown.
    var bindings: [KeyBinding] {
        placeBindings + [
            KeyBinding("f1", "?", cap: "F1", .keyHelp, .help),
            KeyBinding("f12", "ctrl+l", cap: "F12", .keyLock, .lock),
        ]
    }

    private var placeBindings: [KeyBinding] {
        switch place {
        case .home: homeBindings
        case .queue: queueBindings
        case .sync: syncBindings
        case .day: dayBindings
        case .enrolment: enrolment.map { enrolmentBindings($0) } ?? []
        case .delivery: delivery.map { deliveryBindings($0) } ?? []
        }
    }

    private var homeBindings: [KeyBinding] {
        let openReason: UIText? =
            if let selected { selected.outcome.isFinal ? .reasonCaseFinished : nil } else { .reasonNoVisits }
        return movement + [
            KeyBinding("enter", cap: "Enter", .keyHelpPerson, .openSelected, unless: openReason),
            KeyBinding("f2", cap: "F2", .keyQueue, .go(.queue)),
            KeyBinding("f3", cap: "F3", .keySync, .go(.sync)),
            KeyBinding("f4", cap: "F4", .keyDay, .go(.day)),
            KeyBinding("q", "ctrl+q", "ctrl+c", cap: "q", .keyQuit, .ask(.quit)),
        ]
    }

    private var queueBindings: [KeyBinding] {
        movement + [
            KeyBinding("escape", cap: "Esc", .keyBack, .go(.home)),
            KeyBinding("f3", cap: "F3", .keySync, .go(.sync)),
            KeyBinding(
                "f9", cap: "F9", .keyRetryPacket,
                .ask(.retry(chosenPacket?.packet)),
                unless: chosenPacket?.state.needsPerson == true ? nil : .reasonNotAside),
        ]
    }

    private var dayBindings: [KeyBinding] {
        let isClosed = day?.closure != nil && day?.hasWorkSinceClosure == false
        return [
            KeyBinding("escape", "enter", cap: "Esc", .keyBack, .go(.home)),
            KeyBinding(
                "f9", cap: "F9", .keyCloseDay, .ask(.closeDay(withWorkLeft: day?.hasWorkLeft ?? true)),
                unless: isClosed ? .reasonDayClosed : nil),
        ]
    }

    private var syncBindings: [KeyBinding] {
        var isRunning = false
        if case .running = sync { isRunning = true }
        let reason: UIText? =
            isRunning
            ? .reasonSyncRuns
            : kitState.central == .notConfigured
                ? .reasonNoCentral
                : queue.waiting + seals.waiting > 0 || queue.rows.isEmpty ? nil : .reasonNothingWaits
        return [
            KeyBinding("enter", cap: "Enter", .keyStartSync, .effect(.startSync), unless: reason),
            KeyBinding(
                "f8", cap: "F8", .keyCancelSync, .effect(.cancelSync), unless: isRunning ? nil : .reasonNoSyncRuns),
            KeyBinding("escape", cap: "Esc", .keyBack, .go(.home)),
            KeyBinding("f2", cap: "F2", .keyQueue, .go(.queue)),
        ]
    }

    var movement: [KeyBinding] {
        [
            KeyBinding("up", "k", cap: "↑", .keyMove, .move(-1), isShown: false),
            KeyBinding("down", "j", cap: "↓", .keyMove, .move(1), isShown: false),
        ]
    }
}

extension ChoicePrompt {
    static let quit = ChoicePrompt(
        .quitTitle, text: .quitText,
        [
            Option(label: .ui(.quitNo), answer: .nothing),
            Option(label: .ui(.quitYes), answer: .effect(.quit)),
        ])

    /// What is left is named on the screen below; closing over it wants a reason.
    static func closeDay(withWorkLeft: Bool) -> ChoicePrompt {
        let close =
            withWorkLeft
            ? DayCloseReason.allCases.map { Option(label: .dayCloseReason($0), answer: .effect(.closeDay($0))) }
            : [Option(label: .ui(.closeYes), answer: .effect(.closeDay(nil)))]
        return ChoicePrompt(
            .closeTitle, text: withWorkLeft ? .closeLeftText : .closeText,
            [Option(label: .ui(.closeNo), answer: .nothing)] + close)
    }

    static func retry(_ packet: PacketID?) -> ChoicePrompt {
        ChoicePrompt(
            .retryTitle, text: .retryText,
            [Option(label: .ui(.retryNo), answer: .nothing)]
                + (packet.map { [Option(label: .ui(.retryYes), answer: .effect(.retryPacket($0)))] } ?? []))
    }

    /// That the time is over is a reason only where it is.
    static func stop(isOverdue: Bool) -> ChoicePrompt {
        ChoicePrompt(
            .stopTitle, text: .stopText,
            [Option(label: .ui(.stopNo), answer: .nothing)]
                + StopReason.allCases.filter { $0 != .retention || isOverdue }
                .map { Option(label: .stopReason($0), answer: .effect(.enrolment(.stop($0)))) })
    }

    static let noCard = ChoicePrompt(
        .noCardTitle,
        [
            Option(label: .ui(.noCardFirst), answer: .effect(.enrolment(.continueWithoutCard(.firstCard)))),
            Option(label: .ui(.noCardMissing), answer: .ask(TextPrompt(subject: .annexNumber))),
        ])

    static let noFingers = ChoicePrompt(
        .noFingersTitle, text: .noFingersText,
        [
            Option(
                label: .ui(.noFingersObvious), answer: .effect(.enrolment(.declareFingersImpossible(.temporary(nil))))),
            Option(label: .ui(.noFingersTemporary), answer: .ask(TextPrompt(subject: .attestDate))),
            Option(
                label: .ui(.noFingersPermanent), answer: .effect(.enrolment(.declareFingersImpossible(.permanent)))),
        ])

    static let exemptSignature = ChoicePrompt(
        .exemptTitle, text: .exemptText,
        SignatureExemption.allCases.map {
            Option(label: .signatureExemption($0), answer: .effect(.enrolment(.exemptSignature($0))))
        })

    /// Why a finger gives no print.
    static func finger(_ position: FingerPosition) -> ChoicePrompt {
        ChoicePrompt(
            .fingerExceptionTitle,
            FingerException.allCases.map {
                Option(label: .fingerException($0), answer: .effect(.enrolment(.markFinger(position, $0))))
            })
    }

    /// Which marked finger can be tried after all.
    static func unmark(_ positions: [FingerPosition]) -> ChoicePrompt {
        ChoicePrompt(
            .unmarkTitle,
            positions.map { Option(label: .finger($0), answer: .effect(.enrolment(.unmarkFinger($0)))) })
    }
}
