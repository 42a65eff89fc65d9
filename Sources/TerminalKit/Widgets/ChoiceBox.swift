/// A box in the middle that asks for one of several things.
package struct ChoiceBox: Widget {
    package let title: String
    package let text: String
    package let list: ChoiceList
    package let hint: String

    package init(title: String, text: String = "", list: ChoiceList, hint: String) {
        self.title = title
        self.text = text
        self.list = list
        self.hint = hint
    }

    package func rows(width: Int) -> Int? { nil }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        BoxFrame(title: title, hint: hint, content: Stack(paragraphs + [list], gap: 1)).draw(in: area, on: &buffer)
    }

    package var plainLines: [String] { [title] + paragraphs.flatMap(\.plainLines) + list.plainLines + [hint] }

    private var paragraphs: [any Widget] { text.isEmpty ? [] : [TextBlock(text)] }
}

/// A box in the middle that asks for a line of text.
package struct InputBox: Widget {
    package let title: String
    package let text: String
    /// What was typed, or dots for what nobody may read.
    package let value: String
    /// What is wrong with it, empty while nothing is.
    package let problem: String
    package let hint: String

    package init(title: String, text: String, value: String, problem: String = "", hint: String) {
        self.title = title
        self.text = text
        self.value = value
        self.problem = problem
        self.hint = hint
    }

    package func rows(width: Int) -> Int? { nil }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        var parts: [any Widget] = [TextBlock(text), TextBlock("▸ \(value)▏", style: Style(.selection, .bold))]
        if !problem.isEmpty { parts.append(TextBlock(problem, style: Style(.warning))) }
        BoxFrame(title: title, hint: hint, content: Stack(parts, gap: 1)).draw(in: area, on: &buffer)
    }

    package var plainLines: [String] {
        [title, text, "> \(value)"] + (problem.isEmpty ? [] : [problem]) + [hint]
    }
}

/// What all boxes over a screen share: a frame with a title, room around, keys at the bottom.
struct BoxFrame {
    let title: String
    let hint: String
    let content: Stack
    var role = ColourRole.accent

    func draw(in area: Rect, on buffer: inout CellBuffer) {
        let width = min(70, area.width - 4)
        let rows = content.rows(width: width - 4) ?? area.height
        let box = area.centred(width: width, height: min(area.height, rows + 4))
        guard !box.isEmpty else { return }
        buffer.fill(box)
        Panel(title, style: Style(role), Spacer()).place(in: box, on: &buffer)
        let (last, inside) = box.inset(columns: 2, rows: 1).cut(bottom: 1)
        content.place(in: inside.cut(bottom: 1).rest, on: &buffer)
        guard !last.isEmpty else { return }
        buffer.write(hint.clipped(to: last.width), x: last.x, y: last.y, limit: last.width, style: Style(.key))
    }
}
