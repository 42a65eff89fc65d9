/// A screen as a value: it is drawn on, compared with the one before, and printed in golden files.
package struct CellBuffer: Hashable, Sendable {
    package let size: Size
    private var cells: [Cell]
    /// Where may be drawn now.
    private var window: Rect

    /// A screen of blanks.
    package init(_ size: Size) {
        self.size = size
        window = Rect(x: 0, y: 0, width: size.columns, height: size.rows)
        cells = Array(repeating: .blank, count: size.columns * size.rows)
    }

    /// All of it.
    package var area: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

    /// The cell at a place; blank outside of the screen.
    package subscript(x: Int, y: Int) -> Cell {
        x >= 0 && y >= 0 && x < size.columns && y < size.rows ? cells[y * size.columns + x] : .blank
    }

    /// Lets `body` draw within `area` only.
    package mutating func clip(to area: Rect, _ body: (inout CellBuffer) -> Void) {
        let before = window
        window = before.intersection(area)
        body(&self)
        window = before
    }

    /// Puts a cell; nothing happens outside of the screen or of what is clipped to. A wide character that would stick out at
    /// the right becomes a space, and one of which a half is painted over loses the other half.
    package mutating func put(_ cell: Cell, x: Int, y: Int) {
        guard contains(x, y) else { return }
        guard cell.width < 2 || contains(x + 1, y) else {
            set(Cell(" ", cell.style), x, y)
            return
        }
        set(cell, x, y)
        if cell.width == 2 { set(.covered(cell.style), x + 1, y) }
    }

    /// Writes text from left to right within `limit` columns.
    /// - Returns: the columns that were written.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, limit: Int = .max, style: Style = .plain) -> Int {
        var column = x
        var left = min(limit, window.right - x)
        for shown in ShownCharacter.characters(of: text) {
            guard shown.width <= left else { break }
            put(Cell(shown, style), x: column, y: y)
            column += shown.width
            left -= shown.width
        }
        return column - x
    }

    /// Puts the same cell everywhere in an area.
    package mutating func fill(_ area: Rect, with cell: Cell = .blank) {
        let area = window.intersection(area)
        for y in area.y..<area.bottom {
            for x in area.x..<area.right { put(cell, x: x, y: y) }
        }
    }

    /// The runs of cells that differ from `earlier`, row by row; all of them when the size differs.
    package func changes(since earlier: CellBuffer?) -> [Change] {
        let known = earlier?.size == size ? earlier : nil
        var changes: [Change] = []
        for y in 0..<size.rows {
            var run: [Cell] = []
            for x in 0...size.columns {
                let index = y * size.columns + x
                if x < size.columns, known?.cells[index] != cells[index] {
                    run.append(cells[index])
                } else if !run.isEmpty {
                    changes.append(Change(x: x - run.count, y: y, cells: run))
                    run = []
                }
            }
        }
        return changes
    }

    /// Cells beside each other that are to be painted.
    package struct Change: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let cells: [Cell]
    }

    private func contains(_ x: Int, _ y: Int) -> Bool {
        x >= window.x && y >= window.y && x < window.right && y < window.bottom
    }

    private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
        let index = y * size.columns + x
        if cells[index].width == 0, cell.width != 0, x > 0, cells[index - 1].width == 2 {
            cells[index - 1] = Cell(" ", cells[index - 1].style)
        }
        if cells[index].width == 2, cell.width != 2, x + 1 < size.columns {
            cells[index + 1] = Cell(" ", cells[index + 1].style)
        }
        cells[index] = cell
    }
}
