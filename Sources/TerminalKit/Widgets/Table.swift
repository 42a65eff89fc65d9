/// Rows in columns, of which one may be chosen; it scrolls so that the chosen one is seen.
package struct Table: Widget {
    /// A heading, empty where there is none, and the room of its texts.
    package struct Column: Sendable {
        package let heading: String
        package let extent: Extent

        package init(_ heading: String, _ extent: Extent) {
            self.heading = heading
            self.extent = extent
        }
    }

    /// A text for each column.
    package struct Row: Sendable {
        package let texts: [String]
        package let style: Style

        package init(_ texts: [String], style: Style = .plain) {
            self.texts = texts
            self.style = style
        }
    }

    package let columns: [Column]
    package let content: [Row]
    package let selected: Int?
    /// Shown in place of rows when there are none.
    package let empty: String

    package init(columns: [Column], rows: [Row], selected: Int? = nil, empty: String = "") {
        self.columns = columns
        content = rows
        self.selected = selected
        self.empty = empty
    }

    private var hasHeadings: Bool { columns.contains { !$0.heading.isEmpty } }

    package func rows(width: Int) -> Int? { max(1, content.count) + (hasHeadings ? 1 : 0) }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        var rest = area
        if hasHeadings {
            let (top, below) = area.cut(top: 1)
            draw(columns.map(\.heading), in: top, on: &buffer, style: Style(.muted, .underlined))
            rest = below
        }
        guard !rest.isEmpty else { return }
        if content.isEmpty {
            buffer.write(empty.clipped(to: rest.width), x: rest.x, y: rest.y, style: .muted)
        }
        let first = firstRow(height: rest.height)
        for (offset, row) in content.dropFirst(first).prefix(rest.height).enumerated() {
            let line = Rect(x: rest.x, y: rest.y + offset, width: rest.width, height: 1)
            let isSelected = first + offset == selected
            let style = isSelected ? Style(.selection, .bold) : row.style
            if isSelected { buffer.fill(line, with: Cell(" ", style)) }
            draw(row.texts, in: line, on: &buffer, style: style)
        }
        markHidden(first, in: rest, on: &buffer)
    }

    package var plainLines: [String] {
        if content.isEmpty { return empty.isEmpty ? [] : [empty] }
        return content.enumerated().map { index, row in
            (index == selected ? "> " : "") + row.texts.filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    private func draw(_ texts: [String], in line: Rect, on buffer: inout CellBuffer, style: Style) {
        for (text, part) in zip(texts, line.columns(columns.map(\.extent), gap: 1)) {
            buffer.write(text.clipped(to: part.width), x: part.x, y: part.y, limit: part.width, style: style)
        }
    }

    private func firstRow(height: Int) -> Int {
        let wanted = (selected ?? 0) - height / 2
        return max(0, min(wanted, content.count - height))
    }

    private func markHidden(_ first: Int, in area: Rect, on buffer: inout CellBuffer) {
        if first > 0 { buffer.put(Cell("↑", .muted), x: area.right - 1, y: area.y) }
        if first + area.height < content.count {
            buffer.put(Cell("↓", .muted), x: area.right - 1, y: area.bottom - 1)
        }
    }
}
