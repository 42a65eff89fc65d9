/// How far something is: a bar, and words beside it.
package struct ProgressBar: Widget {
    package let done: Int64
    package let total: Int64
    /// What it is about, above the bar.
    package let label: String
    /// Amounts and the time left, behind the bar.
    package let detail: String

    package init(done: Int64, total: Int64, label: String, detail: String = "") {
        self.done = done
        self.total = total
        self.label = label
        self.detail = detail
    }

    /// 0 to 100; nothing to do counts as done.
    package var percent: Int {
        guard total > 0 else { return 100 }
        return Int(Double(min(max(0, done), total)) / Double(total) * 100)
    }

    package func rows(width: Int) -> Int? { 3 }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let (top, rest) = area.cut(top: 1)
        let (bar, last) = rest.cut(top: 1)
        if !top.isEmpty { buffer.write(label.clipped(to: top.width), x: top.x, y: top.y, style: .bold) }
        let length = max(0, bar.width - 5)
        let full = length * percent / 100
        if !bar.isEmpty {
            for x in 0..<length {
                buffer.put(Cell(x < full ? "█" : "░", Style(x < full ? .accent : .muted)), x: bar.x + x, y: bar.y)
            }
            let number = "\(percent)%"
            buffer.write(number, x: bar.right - number.columns, y: bar.y, style: .bold)
        }
        if !last.isEmpty { buffer.write(detail.clipped(to: last.width), x: last.x, y: last.y, style: .muted) }
    }

    package var plainLines: [String] {
        ["\(label): \(percent)%"] + (detail.isEmpty ? [] : [detail])
    }
}
