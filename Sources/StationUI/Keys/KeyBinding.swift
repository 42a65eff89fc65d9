import EnrolmentFlow
import TerminalKit

/// One key of a screen. The same list makes the row at the bottom, the help, and what a key does, so
/// that they can never disagree.
struct KeyBinding: Hashable, Sendable {
    let keys: [Key]
    /// As printed on the key.
    let cap: String
    let action: UIText
    let command: Command
    /// Why it does nothing now.
    let disabledReason: UIText?
    /// Whether the row at the bottom names it.
    let isShown: Bool

    init(
        _ keys: Key..., cap: String, _ action: UIText, _ command: Command, unless reason: UIText? = nil,
        isShown: Bool = true
    ) {
        self.keys = keys
        self.cap = cap
        self.action = action
        self.command = command
        disabledReason = reason
        self.isShown = isShown
    }
}

/// What a key does.
enum Command: Hashable, Sendable {
    case go(Place)
    case openSelected
    case openNext
    case move(Int)
    case turn(Int)
    /// To the citizen, for a PIN.
    case turnScreen(CitizenPIN.Purpose)
    case effect(StationEffect)
    case revisitSelected
    case confirmChoices
    case ask(ChoicePrompt)
    case help
    case lock
}

/// Which screen is shown.
enum Place: Hashable, Sendable {
    case home, enrolment, delivery, queue, sync, day
}
