/// How good something is on a scale of 0 to 100, with the mark that it should reach: a bar in one line,
/// words above it.
package struct Gauge: Widget {
    package let label: String
    /// Nil while nothing was measured.
    package let value: Int?
    /// From which on it is good enough.
    package let mark: Int

    package init(label: String, value: Int?, mark: Int) {
        self.label = label
        self.value = value.map { min(100, max(0, $0)) }
        self.mark = min(100, max(0, mark))
    }

    package func rows(width: Int) -> Int? { 2 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let (top, bar) = area.cut(top: 1)
        if !top.isEmpty { buffer.write(label.clipped(to: top.width), x: top.x, y: top.y, style: .bold) }
        guard !bar.isEmpty else { return }
        let length = max(1, bar.width - 5)
        let full = value.map { length * $0 / 100 } ?? 0
        let isEnough = value.map { $0 >= mark } ?? false
        for x in 0..<length {
            let style = x < full ? Style(isEnough ? .good : .warning, .bold) : .muted
            buffer.put(Cell(x < full ? "█" : "░", style), x: bar.x + x, y: bar.y)
        }
        // The mark stands over the bar, so that colour is not the only sign of enough.
        buffer.put(Cell("┃", .bold), x: bar.x + min(length - 1, length * mark / 100), y: bar.y)
        let number = value.map { "\($0)" } ?? "–"
        buffer.write(number, x: bar.right - number.columns, y: bar.y, style: .bold)
    }

    package var plainLines: [String] { ["\(label): \(value.map { "\($0)" } ?? "–") / \(mark)"] }
}
