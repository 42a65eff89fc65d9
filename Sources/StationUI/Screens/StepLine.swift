import TerminalKit

/// The steps of an enrolment in a row: done, the one that runs, still to come.
struct StepLine: Widget {
    struct Step: Sendable {
        let name: String
        let isDone: Bool
        let isCurrent: Bool
    }

    let steps: [Step]
    /// How the line begins when it is heard: "Stap 3 van 7: Foto".
    let spoken: String

    func rows(width: Int) -> Int? { 1 }

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        guard !area.isEmpty else { return }
        var x = area.x
        for (index, step) in steps.enumerated() {
            let mark = step.isDone ? "✓" : "\(index + 1)"
            let style: Style =
                step.isCurrent ? Style(.selection, .bold) : step.isDone ? Style(.good) : Style(.muted)
            let text = step.isCurrent ? " \(mark) \(step.name) " : "\(mark) \(step.name)"
            x += buffer.write(text, x: x, y: area.y, limit: max(0, area.right - x), style: style) + 2
        }
    }

    var plainLines: [String] { [spoken] }
}
