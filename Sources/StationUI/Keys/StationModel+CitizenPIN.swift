import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// Turns the screen to the citizen; the app gives the memory that is typed into.
    mutating func turn(for purpose: CitizenPIN.Purpose) -> [StationEffect] {
        citizenPIN = CitizenPIN(purpose)
        return [.wantPINs(purpose.count)]
    }

    /// The keys while the screen is the citizen's.
    mutating func pressTurned(_ key: Key) -> [StationEffect] {
        guard var turned = citizenPIN else { return [] }
        switch key {
        case "escape":
            turned.wipe()
            citizenPIN = nil
        case "enter":
            let event = turned.enter()
            citizenPIN = event == nil ? turned : nil
            return event.map { [.delivery($0)] } ?? []
        case "backspace": turned.removeLast()
        default: if let digit = key.digit { turned.type(digit) }
        }
        return []
    }

    /// Nothing that was typed outlives the screen that it was typed on.
    mutating func leaveTurned() {
        citizenPIN?.wipe()
        citizenPIN = nil
    }

    /// Only the question: no dots, no name, nothing that says how far the typing is.
    func turnedScreen(_ turned: CitizenPIN) -> Screen {
        let problem = turned.problem.map { [TextBlock("! \(catalogue[$0])", style: Style(.warning, .bold))] } ?? []
        return Screen(
            title: TitleBar(title: catalogue[.homeTitle], status: ""), banner: nil,
            body: Stack(
                [Spacer(rows: 4)] + problem
                    + [
                        TextBlock(catalogue[turned.question], style: .bold), TextBlock(catalogue[.turnedText]),
                        Spacer(),
                    ], gap: 1),
            keys: KeyHintBar(
                [
                    KeyHintBar.Hint("Enter", catalogue[.keyTurnedNext]), KeyHintBar.Hint("Esc", catalogue[.keyBack]),
                ], notice: ""), box: nil)
    }
}
