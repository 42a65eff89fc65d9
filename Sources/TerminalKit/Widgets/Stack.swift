/// Widgets below each other. Those that know their rows get them; the others share what is left.
package struct Stack: Widget {
    package let parts: [any Widget]
    package let gap: Int

    package init(_ parts: [any Widget], gap: Int = 0) {
        self.parts = parts
        self.gap = gap
    }

    package func rows(width: Int) -> Int? {
        var sum = gap * max(0, parts.count - 1)
        for part in parts {
            guard let rows = part.rows(width: width) else { return nil }
            sum += rows
        }
        return sum
    }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let extents = parts.map { part in part.rows(width: area.width).map { Extent.fixed($0) } ?? .share(1) }
        let lengths = Extent.lengths(extents, in: area.height - gap * max(0, parts.count - 1))
        var rest = area
        for (part, rows) in zip(parts, lengths) {
            let (top, below) = rest.cut(top: rows)
            part.place(in: top, on: &buffer)
            rest = below.cut(top: gap).rest
        }
    }

    package var plainLines: [String] { parts.flatMap(\.plainLines) }
}

/// Widgets beside each other.
package struct Columns: Widget {
    package let parts: [(extent: Extent, widget: any Widget)]
    package let gap: Int

    package init(_ parts: [(extent: Extent, widget: any Widget)], gap: Int = 2) {
        self.parts = parts
        self.gap = gap
    }

    package func rows(width: Int) -> Int? {
        var most = 0
        for (part, column) in zip(parts, columns(in: Rect(x: 0, y: 0, width: width, height: 1))) {
            guard let rows = part.widget.rows(width: column.width) else { return nil }
            most = max(most, rows)
        }
        return most
    }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        for (part, column) in zip(parts, columns(in: area)) { part.widget.place(in: column, on: &buffer) }
    }

    package var plainLines: [String] { parts.flatMap(\.widget.plainLines) }

    private func columns(in area: Rect) -> [Rect] { area.columns(parts.map(\.extent), gap: gap) }
}

/// Empty rows, or all that is left.
package struct Spacer: Widget {
    private let count: Int?
    package init(rows count: Int? = nil) { self.count = count }
    package func rows(width: Int) -> Int? { count }
    package func draw(in area: Rect, on buffer: inout CellBuffer) {}
    package var plainLines: [String] { [] }
}
