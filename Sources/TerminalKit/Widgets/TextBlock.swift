/// Lines of text, broken at the width.
package struct TextBlock: Widget {
    package let text: String
    package let style: Style

    package init(_ text: String, style: Style = .plain) {
        self.text = text
        self.style = style
    }

    package func rows(width: Int) -> Int? { text.wrapped(to: width).count }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        for (index, line) in text.wrapped(to: area.width).prefix(area.height).enumerated() {
            buffer.write(line, x: area.x, y: area.y + index, limit: area.width, style: style)
        }
    }

    package var plainLines: [String] { text.split(separator: "\n").map(String.init) }
}

/// One row in one colour from edge to edge, that must not be overlooked.
package struct Banner: Widget {
    package let text: String
    package let role: ColourRole

    package init(_ text: String, role: ColourRole = .alarm) {
        self.text = text
        self.role = role
    }

    package func rows(width: Int) -> Int? { 1 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let row = area.cut(top: 1).top
        guard !row.isEmpty else { return }
        buffer.fill(row, with: Cell(" ", Style(role, .bold)))
        let shown = text.clipped(to: row.width)
        buffer.write(shown, x: row.x + (row.width - shown.columns) / 2, y: row.y, style: Style(role, .bold))
    }

    package var plainLines: [String] { [text] }
}
