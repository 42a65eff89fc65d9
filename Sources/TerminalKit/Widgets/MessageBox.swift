/// A box in the middle over everything else, in headed paragraphs.
package struct MessageBox: Widget {
    package struct Paragraph: Sendable {
        package let heading: String
        package let text: String

        package init(_ heading: String, _ text: String) {
            self.heading = heading
            self.text = text
        }
    }

    package let title: String
    package let paragraphs: [Paragraph]
    /// The last line: which keys there are.
    package let hint: String
    package let role: ColourRole

    package init(title: String, paragraphs: [Paragraph], hint: String, role: ColourRole = .failure) {
        self.title = title
        self.paragraphs = paragraphs
        self.hint = hint
        self.role = role
    }

    package func rows(width: Int) -> Int? { lines(width: width - 4).count + 4 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let width = min(70, area.width - 4)
        let lines = lines(width: width - 4)
        let box = area.centred(width: width, height: lines.count + 4)
        guard !box.isEmpty else { return }
        buffer.fill(box)
        Panel(title, style: Style(role), TextBlock("")).draw(in: box, on: &buffer)
        let inside = box.inset(columns: 2, rows: 1)
        for (index, line) in lines.prefix(max(0, inside.height - 2)).enumerated() {
            buffer.write(line.text, x: inside.x, y: inside.y + index, limit: inside.width, style: line.style)
        }
        guard inside.height > 0 else { return }
        buffer.write(
            hint.clipped(to: inside.width), x: inside.x, y: inside.bottom - 1, limit: inside.width, style: Style(.key))
    }

    package var plainLines: [String] {
        [title] + paragraphs.map { $0.heading.isEmpty ? $0.text : "\($0.heading): \($0.text)" }
            + (hint.isEmpty ? [] : [hint])
    }

    private func lines(width: Int) -> [(text: String, style: Style)] {
        var lines: [(String, Style)] = []
        for (index, paragraph) in paragraphs.enumerated() {
            if index > 0 { lines.append(("", .plain)) }
            if !paragraph.heading.isEmpty { lines.append((paragraph.heading, .bold)) }
            lines += paragraph.text.wrapped(to: width).map { ($0, Style.plain) }
        }
        return lines
    }
}
