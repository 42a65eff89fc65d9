import EnrolmentCore
import EnrolmentFlow
import TerminalKit

/// A question or a message over the screen; while it is there, all keys but the lock are its own.
enum Prompt: Hashable, Sendable {
    case choice(ChoicePrompt)
    case text(TextPrompt)
    case failure(FailureReport)
    case help
}

/// One of several answers.
struct ChoicePrompt: Hashable, Sendable {
    let title: UIText
    let text: UIText?
    let options: [Option]
    var selected = 0

    struct Option: Hashable, Sendable {
        let label: Phrase
        let answer: Answer
    }

    init(_ title: UIText, text: UIText? = nil, _ options: [Option]) {
        self.title = title
        self.text = text
        self.options = options
    }
}

/// What an answer leads to.
enum Answer: Hashable, Sendable {
    case effect(StationEffect)
    case ask(TextPrompt)
    case nothing
}

/// A line of text.
struct TextPrompt: Hashable, Sendable {
    let subject: Subject
    var value = ""
    var problem: UIText?

    enum Subject: Hashable, Sendable {
        /// The number of the attest of loss (bijlage 12).
        case annexNumber
        /// The day of the medical attest, as DD-MM-JJJJ.
        case attestDate
        /// The number of a card, or of an attest, that is taken in.
        case replacedCard, replacedAnnex
    }

    static let longest = 40

    mutating func type(_ key: Key) {
        problem = nil
        if key == "backspace" {
            if !value.isEmpty { value.removeLast() }
        } else if let character = key.character, value.count < Self.longest {
            value.append(character)
        }
    }

    /// What was typed, when there is something.
    private var number: String? {
        mutating get {
            let number = String(value.drop { $0 == " " })
            if number.isEmpty { problem = .annexNumberEmpty }
            return number.isEmpty ? nil : number
        }
    }

    /// The effect of what was typed; nil, with a problem, when it cannot be that.
    mutating func answer() -> StationEffect? {
        switch subject {
        case .annexNumber:
            return number.map { .enrolment(.continueWithoutCard(.reportedMissing(annex12: $0))) }
        case .replacedCard: return number.map { .delivery(.takeIn(.card(CardNumber($0)), nil)) }
        case .replacedAnnex: return number.map { .delivery(.takeIn(.annex12($0), nil)) }
        case .attestDate:
            guard let day = CalendarDate(typed: value) else {
                problem = .dateNotUnderstood
                return nil
            }
            return .enrolment(.declareFingersImpossible(.temporary(Attest(issuedOn: day))))
        }
    }
}

extension CalendarDate {
    /// Day, month and year as people type them: `3-11-2026`, `03/11/2026`, `3.11.2026`.
    init?(typed text: String) {
        let parts = text.split { "-/. ".contains($0) }
        guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]), parts[2].count == 4,
            let year = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
