/// Labels with their values beside them.
package struct Facts: Widget {
    /// A label and its value.
    package struct Fact: Sendable {
        package let label: String
        package let value: String
        package let style: Style

        package init(_ label: String, _ value: String, style: Style = .plain) {
            self.label = label
            self.value = value
            self.style = style
        }
    }

    package let facts: [Fact]
    private let labelWidth: Int

    package init(_ facts: [Fact]) {
        self.facts = facts
        labelWidth = facts.map(\.label.columns).max() ?? 0
    }

    package func rows(width: Int) -> Int? {
        facts.reduce(0) { $0 + lines($1, width: width).count }
    }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        var y = area.y
        for fact in facts {
            guard y < area.bottom else { return }
            buffer.write(fact.label.clipped(to: area.width), x: area.x, y: y, limit: area.width, style: .muted)
            for line in lines(fact, width: area.width) where y < area.bottom {
                buffer.write(
                    line, x: area.x + labelWidth + 2, y: y, limit: max(0, area.width - labelWidth - 2),
                    style: fact.style)
                y += 1
            }
        }
    }

    package var plainLines: [String] { facts.map { "\($0.label): \($0.value)" } }

    private func lines(_ fact: Fact, width: Int) -> [String] {
        let lines = fact.value.wrapped(to: width - labelWidth - 2)
        return lines.isEmpty ? [""] : lines
    }
}
