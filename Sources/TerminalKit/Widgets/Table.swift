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
    package let count: Int
    package let selected: Int?
    /// Shown in place of rows when there are none.
    package let empty: String
    private let row: @Sendable (Int) -> Row

    /// - Parameter row: asked only for rows that are shown, of which a long list has few.
    package init(
        columns: [Column], count: Int, selected: Int? = nil, empty: String = "", row: @escaping @Sendable (Int) -> Row
    ) {
        self.columns = columns
        self.count = count
        self.selected = selected
        self.empty = empty
        self.row = row
    }

    package init(columns: [Column], rows: [Row], selected: Int? = nil, empty: String = "") {
        self.init(columns: columns, count: rows.count, selected: selected, empty: empty) { rows[$0] }
    }

    private var hasHeadings: Bool { columns.contains { !$0.heading.isEmpty } }

    package func rows(width: Int) -> Int? { max(1, count) + (hasHeadings ? 1 : 0) }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        var rest = area
        if hasHeadings {
            let (top, below) = area.cut(top: 1)
            draw(columns.map(\.heading), in: top, on: &buffer, style: Style(.muted, .underlined))
            rest = below
        }
        guard !rest.isEmpty else { return }
        if count == 0 {
            buffer.write(empty.clipped(to: rest.width), x: rest.x, y: rest.y, style: .muted)
        }
        let first = firstRow(height: rest.height)
        for index in first..<min(count, first + rest.height) {
            let line = Rect(x: rest.x, y: rest.y + index - first, width: rest.width, height: 1)
            let shown = row(index)
            let isSelected = index == selected
            let style = isSelected ? Style(.selection, .bold) : shown.style
            if isSelected { buffer.fill(line, with: Cell(" ", style)) }
            draw(shown.texts, in: line, on: &buffer, style: style)
        }
        markHidden(first, in: rest, on: &buffer)
    }

    package var plainLines: [String] {
        if count == 0 { return empty.isEmpty ? [] : [empty] }
        return (0..<count).map { index in
            (index == selected ? "> " : "") + row(index).texts.filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    private func draw(_ texts: [String], in line: Rect, on buffer: inout CellBuffer, style: Style) {
        for (text, part) in zip(texts, line.columns(columns.map(\.extent), gap: 1)) {
            buffer.write(text.clipped(to: part.width), x: part.x, y: part.y, limit: part.width, style: style)
        }
    }

    private func firstRow(height: Int) -> Int {
        let wanted = (selected ?? 0) - height / 2
        return max(0, min(wanted, count - height))
    }

    private func markHidden(_ first: Int, in area: Rect, on buffer: inout CellBuffer) {
        if first > 0 { buffer.put(Cell("↑", .muted), x: area.right - 1, y: area.y) }
        if first + area.height < count {
            buffer.put(Cell("↓", .muted), x: area.right - 1, y: area.bottom - 1)
        }
    }
}
