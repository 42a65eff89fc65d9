/// Rows of which one is under the cursor: a menu, or a form whose rows each show what is chosen.
package struct ChoiceList: Widget {
    /// One thing to choose.
    package struct Row: Sendable {
        package let label: String
        /// What is chosen in this row, empty for a plain choice.
        package let value: String
        /// Why it cannot be chosen now; nil when it can.
        package let disabledReason: String?

        package init(_ label: String, value: String = "", disabledReason: String? = nil) {
            self.label = label
            self.value = value
            self.disabledReason = disabledReason
        }
    }

    package let choices: [Row]
    package let selected: Int
    private let labelWidth: Int

    package init(_ choices: [Row], selected: Int) {
        self.choices = choices
        self.selected = selected
        labelWidth = choices.map(\.label.columns).max() ?? 0
    }

    package func rows(width: Int) -> Int? { choices.count }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let first = max(0, min(selected - area.height / 2, choices.count - area.height))
        for (offset, row) in choices.dropFirst(first).prefix(area.height).enumerated() {
            let line = Rect(x: area.x, y: area.y + offset, width: area.width, height: 1)
            draw(row, isSelected: first + offset == selected, in: line, on: &buffer)
        }
    }

    private func draw(_ row: Row, isSelected: Bool, in line: Rect, on buffer: inout CellBuffer) {
        var style = row.disabledReason == nil ? Style.plain : Style(.disabled)
        if isSelected {
            style = Style(.selection, row.disabledReason == nil ? .bold : .dim)
            buffer.fill(line, with: Cell(" ", style))
        }
        let arrows = isSelected && !row.value.isEmpty
        let value = row.value.isEmpty ? "" : arrows ? "‹ \(row.value) ›" : "  \(row.value)"
        let label = row.label + (value.isEmpty ? "" : String(repeating: " ", count: labelWidth - row.label.columns + 2))
        let text = (isSelected ? "▸ " : "  ") + label + value + (row.disabledReason.map { "  (\($0))" } ?? "")
        buffer.write(text.clipped(to: line.width), x: line.x, y: line.y, limit: line.width, style: style)
    }

    package var plainLines: [String] {
        choices.enumerated().map { index, row in
            (index == selected ? "> " : "") + row.label + (row.value.isEmpty ? "" : ": \(row.value)")
                + (row.disabledReason.map { " (\($0))" } ?? "")
        }
    }
}
