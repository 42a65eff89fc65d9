/// The last row: the keys that do something now. A key that does nothing is shown dim; when it is
/// pressed, the bar says why.
package struct KeyHintBar: Widget {
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
    /// A message that takes the place of the row above until the next key.
    package let notice: String

    package init(_ hints: [Hint], notice: String = "") {
        self.hints = hints
        self.notice = notice
    }

    package func rows(width: Int) -> Int? { 2 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let (top, row) = area.cut(top: area.height - 1)
        if !top.isEmpty, !notice.isEmpty {
            buffer.fill(top, with: Cell(" ", Style(.warning)))
            buffer.write(notice.clipped(to: top.width - 2), x: top.x + 1, y: top.y, style: Style(.warning, .bold))
        }
        guard !row.isEmpty else { return }
        var x = row.x + 1
        for hint in hints {
            let width = hint.key.columns + 1 + hint.action.columns
            guard x + width <= row.right else { return }
            x += buffer.write(hint.key, x: x, y: row.y, style: hint.isEnabled ? Style(.key, .bold) : Style(.disabled))
            x += 1
            x += buffer.write(hint.action, x: x, y: row.y, style: hint.isEnabled ? .plain : Style(.disabled))
            x += 2
        }
    }

    package var plainLines: [String] {
        (notice.isEmpty ? [] : [notice])
            + [hints.filter(\.isEnabled).map { "\($0.key) \($0.action)" }.joined(separator: ", ")]
            .filter { !$0.isEmpty }
    }
}
