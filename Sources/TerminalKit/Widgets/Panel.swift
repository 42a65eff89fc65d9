/// A box with a heading around another widget.
package struct Panel: Widget {
    package let heading: String
    package let content: any Widget
    package let style: Style

    package init(_ heading: String, style: Style = .muted, _ content: any Widget) {
        self.heading = heading
        self.content = content
        self.style = style
    }

    package func rows(width: Int) -> Int? { content.rows(width: width - 4).map { $0 + 2 } }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        Self.frame(area, on: &buffer, style: style)
        if !heading.isEmpty, area.width > 5, area.height > 0 {
            var bold = style
            bold.attributes.insert(.bold)
            buffer.write(" \(heading.clipped(to: area.width - 5)) ", x: area.x + 2, y: area.y, style: bold)
        }
        content.place(in: area.inset(columns: 2, rows: 1), on: &buffer)
    }

    package var plainLines: [String] { (heading.isEmpty ? [] : [heading]) + content.plainLines }

    static func frame(_ area: Rect, on buffer: inout CellBuffer, style: Style) {
        guard area.width > 1, area.height > 1 else { return }
        for x in area.x..<area.right {
            buffer.put(Cell("─", style), x: x, y: area.y)
            buffer.put(Cell("─", style), x: x, y: area.bottom - 1)
        }
        for y in area.y..<area.bottom {
            buffer.put(Cell("│", style), x: area.x, y: y)
            buffer.put(Cell("│", style), x: area.right - 1, y: y)
        }
        buffer.put(Cell("┌", style), x: area.x, y: area.y)
        buffer.put(Cell("┐", style), x: area.right - 1, y: area.y)
        buffer.put(Cell("└", style), x: area.x, y: area.bottom - 1)
        buffer.put(Cell("┘", style), x: area.right - 1, y: area.bottom - 1)
    }
}
