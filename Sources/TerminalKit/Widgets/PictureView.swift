/// A picture in cells, in the middle of its area, with what it shows in words.
package struct PictureView: Widget {
    package let picture: Picture
    package let style: PictureStyle
    /// For a reader who cannot see it.
    package let words: String

    package init(_ picture: Picture, style: PictureStyle, words: String) {
        self.picture = picture
        self.style = style
        self.words = words
    }

    package func rows(width: Int) -> Int? { nil }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        let size = picture.cells(within: Size(columns: area.width, rows: area.height))
        let place = area.centred(width: size.columns, height: size.rows)
        for (y, row) in PictureRenderer.cells(of: picture, size: size, style: style).enumerated() {
            for (x, cell) in row.enumerated() { buffer.put(cell, x: place.x + x, y: place.y + y) }
        }
    }

    package var plainLines: [String] { [words] }
}

/// Pen strokes within a field, the field's shape kept, on a line to write on.
package struct InkView: Widget {
    package let strokes: [[(x: Int, y: Int)]]
    package let field: (width: Int, height: Int)
    package let symbols: PictureStyle.Symbols
    package let words: String

    package init(
        strokes: [[(x: Int, y: Int)]], field: (width: Int, height: Int), symbols: PictureStyle.Symbols, words: String
    ) {
        self.strokes = strokes
        self.field = field
        self.symbols = symbols
        self.words = words
    }

    package func rows(width: Int) -> Int? { nil }

    package func draw(in area: Rect, on buffer: inout CellBuffer) {
        guard field.width > 0, field.height > 0, !area.isEmpty else { return }
        let wanted = Double(area.width) * Double(field.height) / Double(field.width) / 2
        let rows = max(1, min(area.height, Int(min(wanted, Double(area.height)))))
        let columns = max(1, min(area.width, Int(2 * Double(rows) * Double(field.width) / Double(field.height))))
        let place = area.centred(width: columns, height: rows)
        for x in place.x..<place.right { buffer.put(Cell("─", .muted), x: x, y: place.y + place.height * 3 / 4) }
        var canvas = DotCanvas(size: Size(columns: place.width, rows: place.height), symbols: symbols)
        for stroke in strokes {
            guard let first = stroke.first else { continue }
            var last = first
            for point in stroke {
                canvas.line(from: last, to: point, field: field)
                last = point
            }
        }
        canvas.draw(in: place, on: &buffer, style: .bold)
    }

    package var plainLines: [String] { [words] }
}
