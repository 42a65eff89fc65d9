/// White paper that takes lines with soft edges.
struct InkCanvas {
    let width: Int
    let height: Int
    private(set) var pixels: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pixels = [UInt8](repeating: 255, count: width * height)
    }

    /// Draws a line with round ends and joins; a single point becomes a dot.
    mutating func draw(_ line: [InkPoint]) {
        guard let first = line.first else { return }
        guard line.count > 1 else { return drawPiece(first, first) }
        for index in 1..<line.count { drawPiece(line[index - 1], line[index]) }
    }

    /// Darkens each pixel by how far the line covers it, estimated from the distance to its axis.
    ///
    /// The darkest of overlapping pieces counts, so joins do not show.
    private mutating func drawPiece(_ from: InkPoint, _ to: InkPoint) {
        let reach = max(from.radius, to.radius) + 1
        let columns = Self.range(min(from.x, to.x) - reach, max(from.x, to.x) + reach, width)
        let rows = Self.range(min(from.y, to.y) - reach, max(from.y, to.y) + reach, height)
        let dx = to.x - from.x
        let dy = to.y - from.y
        let square = dx * dx + dy * dy
        for row in rows {
            for column in columns {
                let x = Double(column) + 0.5 - from.x
                let y = Double(row) + 0.5 - from.y
                let along = square > 0 ? min(max((x * dx + y * dy) / square, 0), 1) : 0
                let awayX = x - along * dx
                let awayY = y - along * dy
                let radius = from.radius + along * (to.radius - from.radius)
                let coverage = radius + 0.5 - (awayX * awayX + awayY * awayY).squareRoot()
                guard coverage > 0 else { continue }
                let value = UInt8(255 - 255 * min(coverage, 1))
                let index = row * width + column
                if value < pixels[index] { pixels[index] = value }
            }
        }
    }

    /// The pixels between two places, cut to the paper.
    private static func range(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
        let first = Int(min(max(low, 0), Double(count)))
        let last = Int(min(max(high + 1, 0), Double(count)))
        return first..<max(first, last)
    }
}
