/// A picture as bytes, row by row from the top left, to be shown in cells.
package struct Picture: Hashable, Sendable {
    package let width: Int
    package let height: Int
    package let format: Format
    package let bytes: [UInt8]

    /// What the bytes are.
    package enum Format: Hashable, Sendable {
        /// One byte a pixel, 0 is black.
        case gray
        /// Red, green, blue.
        case rgb

        var bytesPerPixel: Int { self == .gray ? 1 : 3 }
    }

    /// Nil when sides and bytes disagree.
    package init?(width: Int, height: Int, format: Format, bytes: [UInt8]) {
        guard width > 0, height > 0, width <= 1 << 15, height <= 1 << 15,
            bytes.count == width * height * format.bytesPerPixel
        else { return nil }
        self.width = width
        self.height = height
        self.format = format
        self.bytes = bytes
    }

    /// The largest size in cells that fits and keeps the picture's shape; a cell is twice as high as
    /// it is wide.
    package func cells(within limit: Size) -> Size {
        guard limit.columns > 0, limit.rows > 0 else { return Size(columns: 0, rows: 0) }
        let rowsAtFullWidth = (limit.columns * height + width) / (2 * width)
        if rowsAtFullWidth <= limit.rows { return Size(columns: limit.columns, rows: max(1, rowsAtFullWidth)) }
        let columns = (2 * limit.rows * width + height / 2) / height
        return Size(columns: max(1, min(limit.columns, columns)), rows: limit.rows)
    }

    /// The mean lightness, 0 to 255, of a part given in fractions of a grid.
    func lightness(column: Int, of columns: Int, row: Int, of rows: Int) -> Int {
        let xs = Self.span(column, of: columns, length: width)
        let ys = Self.span(row, of: rows, length: height)
        var sum = 0
        for y in ys {
            for x in xs { sum += lightness(x, y) }
        }
        return sum / (xs.count * ys.count)
    }

    private func lightness(_ x: Int, _ y: Int) -> Int {
        let index = (y * width + x) * format.bytesPerPixel
        if format == .gray { return Int(bytes[index]) }
        // ITU-R BT.601, in thousandths.
        return (299 * Int(bytes[index]) + 587 * Int(bytes[index + 1]) + 114 * Int(bytes[index + 2])) / 1000
    }

    /// Never empty, even where the grid is finer than the picture.
    private static func span(_ index: Int, of count: Int, length: Int) -> Range<Int> {
        let first = min(length - 1, index * length / count)
        return first..<max(first + 1, (index + 1) * length / count)
    }
}
