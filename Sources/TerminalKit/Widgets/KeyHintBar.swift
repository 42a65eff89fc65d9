/// The last rows: the keys that do something now. A key that does nothing is shown dim; when it is
/// pressed, the bar says why.
package struct KeyHintBar: Widget {
    /// A key and what it does.
    package struct Hint: Hashable, Sendable {
        /// As it is printed on the key: `Enter`, `F2`.
        package let key: String
        package let action: String
        package let isEnabled: Bool

        package init(_ key: String, _ action: String, isEnabled: Bool = true) {
            self.key = key
            self.action = action
            self.isEnabled = isEnabled
        }
    }

    package let hints: [Hint]
    /// A message in the upper row, in front of keys that would be there.
    package let notice: String

    package init(_ hints: [Hint], notice: String = "") {
        self.hints = hints
        self.notice = notice
    }

    package func rows(width: Int) -> Int? { 2 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let (top, bottom) = area.cut(top: area.height - 1)
        let lines = lines(width: area.width - 1)
        if !notice.isEmpty {
            buffer.fill(top, with: Cell(" ", Style(.warning)))
            buffer.write(notice.clipped(to: top.width - 2), x: top.x + 1, y: top.y, style: Style(.warning, .bold))
        } else if lines.count > 1 {
            draw(lines[0], in: top, on: &buffer)
            draw(lines[1], in: bottom, on: &buffer)
            return
        }
        if let first = lines.first { draw(first, in: bottom, on: &buffer) }
    }

    private func draw(_ hints: [Hint], in row: Rect, on buffer: inout CellBuffer) {
        var x = row.x + 1
        for hint in hints {
            let (key, action) =
                hint.isEnabled ? (Style(.key, .bold), Style.plain) : (Style(.disabled), Style(.disabled))
            x += buffer.write(hint.key, x: x, y: row.y, style: key) + 1
            x += buffer.write(hint.action, x: x, y: row.y, style: action) + 2
        }
    }

    /// The hints in rows of at most this many columns.
    private func lines(width: Int) -> [[Hint]] {
        var lines: [[Hint]] = []
        var left = 0
        for hint in hints {
            let columns = hint.key.columns + 1 + hint.action.columns
            if lines.isEmpty || columns > left {
                lines.append([])
                left = width
            }
            lines[lines.count - 1].append(hint)
            left -= columns + 2
        }
        return lines
    }

    package var plainLines: [String] {
        (notice.isEmpty ? [] : [notice])
            + [hints.filter(\.isEnabled).map { "\($0.key) \($0.action)" }.joined(separator: ", ")]
            .filter { !$0.isEmpty }
    }
}
