/// Points and lines on a fine grid, shown as braille (2 by 4 dots a cell) or, where a font lacks
/// it, as halves (1 by 2) or signs (1 by 1).
package struct DotCanvas: Sendable {
    package let size: Size
    private let dotsAcross: Int
    private let dotsDown: Int
    private let grain: Grain
    private var dots: [Bool]

    private enum Grain {
        case braille, halves, sign
    }

    /// An empty grid, as fine as these symbols allow.
    package init(size: Size, symbols: PictureStyle.Symbols) {
        self.size = size
        switch symbols {
        case .quadrants, .sextants, .shades: grain = .braille
        case .halves: grain = .halves
        case .ascii: grain = .sign
        }
        dotsAcross = size.columns * (grain == .braille ? 2 : 1)
        dotsDown = size.rows * (grain == .braille ? 4 : grain == .halves ? 2 : 1)
        dots = Array(repeating: false, count: dotsAcross * dotsDown)
    }

    /// Draws a line between two places given as fractions of a field, both ends included; what
    /// lies outside of the field is left out.
    package mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), field: (width: Int, height: Int))
    {
        guard field.width > 0, field.height > 0, dotsAcross > 0, dotsDown > 0 else { return }
        let (x0, y0) = dot(start, field)
        let (x1, y1) = dot(end, field)
        let steps = max(1, abs(x1 - x0), abs(y1 - y0))
        for step in 0...steps {
            let part = Double(step) / Double(steps)
            mark(x0 + Int((Double(x1 - x0) * part).rounded()), y0 + Int((Double(y1 - y0) * part).rounded()))
        }
    }

    /// Marks each dot whose centre, as a place in a field, is in the shape.
    package mutating func fill(field: (width: Double, height: Double), where isInside: (Double, Double) -> Bool) {
        guard dotsAcross > 0, dotsDown > 0 else { return }
        let step = dotSize(in: field)
        for y in 0..<dotsDown {
            for x in 0..<dotsAcross where isInside((Double(x) + 0.5) * step.width, (Double(y) + 0.5) * step.height) {
                mark(x, y)
            }
        }
    }

    /// How far apart two dots are in a field, so that an outline can be one dot thick.
    package func dotSize(in field: (width: Double, height: Double)) -> (width: Double, height: Double) {
        (field.width / Double(max(1, dotsAcross)), field.height / Double(max(1, dotsDown)))
    }

    /// Puts the dots over what is there; cells without a dot stay.
    package func draw(in area: Rect, on buffer: inout CellBuffer, style: Style = .plain) {
        for row in 0..<min(size.rows, area.height) {
            for column in 0..<min(size.columns, area.width) {
                guard let character = character(column, row) else { continue }
                buffer.put(Cell(character, style), x: area.x + column, y: area.y + row)
            }
        }
    }

    /// Clamped, so that no coordinate can make a line of millions of steps.
    private func dot(_ place: (x: Int, y: Int), _ field: (width: Int, height: Int)) -> (Int, Int) {
        let x = Double(place.x) / Double(field.width) * Double(dotsAcross)
        let y = Double(place.y) / Double(field.height) * Double(dotsDown)
        return (Int(min(max(x, 0), Double(dotsAcross - 1))), Int(min(max(y, 0), Double(dotsDown - 1))))
    }

    private mutating func mark(_ x: Int, _ y: Int) {
        guard (0..<dotsAcross).contains(x), (0..<dotsDown).contains(y) else { return }
        dots[y * dotsAcross + x] = true
    }

    private func isMarked(_ x: Int, _ y: Int) -> Bool { dots[y * dotsAcross + x] }

    private func character(_ column: Int, _ row: Int) -> Character? {
        switch grain {
        case .sign: return isMarked(column, row) ? "#" : nil
        case .halves:
            switch (isMarked(column, 2 * row), isMarked(column, 2 * row + 1)) {
            case (true, true): return "█"
            case (true, false): return "▀"
            case (false, true): return "▄"
            case (false, false): return nil
            }
        case .braille:
            // Unicode numbers the dots 1 2 3 7 down the left, 4 5 6 8 down the right.
            let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
            var pattern: UInt32 = 0
            for x in 0..<2 {
                for y in 0..<4 where isMarked(2 * column + x, 4 * row + y) { pattern |= bits[x][y] }
            }
            return pattern == 0 ? nil : Unicode.Scalar(0x2800 + pattern).map { Character($0) }
        }
    }
}
