extension CellBuffer {
    /// The rows as text, without the spaces at their ends.
    package var rows: [String] {
        (0..<size.rows).map { y in
            var row = ""
            for x in 0..<size.columns where self[x, y].width > 0 { row.append(self[x, y].character) }
            while row.last == " " { row.removeLast() }
            return row
        }
    }

    /// Rows between bars, then where which style runs, so that a golden file can be read and a
    /// change of colour alone is seen: `row:first-last style`, from 0.
    package var goldenText: String {
        var lines = ["\(size.columns)x\(size.rows)"]
        lines += rows.map { "|\($0)" }
        lines.append("styles")
        for y in 0..<size.rows { lines += styleRuns(row: y) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func styleRuns(row y: Int) -> [String] {
        var runs: [String] = []
        var start = 0
        for x in 1...max(1, size.columns) where x == size.columns || self[x, y].style != self[start, y].style {
            let style = self[start, y].style
            if style != .plain { runs.append("\(y):\(start)-\(x - 1) \(style.text)") }
            start = x
        }
        return runs
    }
}
