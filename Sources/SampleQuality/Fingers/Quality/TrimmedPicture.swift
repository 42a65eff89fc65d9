import EnrolmentCore

/// A finger picture without the white frame around it, and its grey statistics.
///
/// All measures start here, as in NFIQ 2: a margin changes nothing but how many of the lines at the rim, where
/// there is hardly any finger, go with it.
struct TrimmedPicture {
    let width: Int
    let height: Int
    /// Row by row from the top left.
    let pixels: ContiguousArray<UInt8>
    /// Where the first pixel lies in the picture that was trimmed.
    let left: Int
    let top: Int
    let mean: Double
    let deviation: Double

    /// Rows and columns that are lighter than this on average are frame.
    private static let frame = 250

    init(_ image: GrayImage) {
        var rowSums = ContiguousArray(repeating: 0, count: image.height)
        var columnSums = ContiguousArray(repeating: UInt32(0), count: image.width)
        image.pixels.withUnsafeBufferPointer { source in
            for row in 0..<image.height {
                var sum = 0
                for column in 0..<image.width {
                    let grey = source[row * image.width + column]
                    sum &+= Int(grey)
                    columnSums[column] &+= UInt32(grey)
                }
                rowSums[row] = sum
            }
        }
        let rows = Self.kept(rowSums, across: image.width)
        let columns = Self.kept(columnSums.map(Int.init), across: image.height)
        width = columns.count
        height = rows.count
        left = columns.lowerBound
        top = rows.lowerBound
        var pixels = ContiguousArray<UInt8>()
        pixels.reserveCapacity(width * height)
        for row in rows {
            pixels.append(contentsOf: image.pixels[(row * image.width + left)..<(row * image.width + left + width)])
        }
        self.pixels = pixels
        (mean, deviation) = Self.statistics(pixels)
    }

    private init(width: Int, height: Int, pixels: ContiguousArray<UInt8>) {
        self.width = width
        self.height = height
        self.pixels = pixels
        left = 0
        top = 0
        (mean, deviation) = Self.statistics(pixels)
    }

    /// At half its size, each pixel the mean of four; nil when nothing is left of it.
    var halved: TrimmedPicture? {
        let (columns, rows) = (width / 2, height / 2)
        guard columns > 0, rows > 0 else { return nil }
        var halves = ContiguousArray<UInt8>(repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                let corner = 2 * row * width + 2 * column
                let sum =
                    UInt16(pixels[corner]) + UInt16(pixels[corner + 1]) + UInt16(pixels[corner + width])
                    + UInt16(pixels[corner + width + 1])
                halves[row * columns + column] = UInt8(sum / 4)
            }
        }
        return TrimmedPicture(width: columns, height: rows, pixels: halves)
    }

    /// From the first line that shows anything to the last; all of them on a blank picture.
    private static func kept(_ sums: some RandomAccessCollection<Int>, across: Int) -> Range<Int> {
        let lines = Array(sums)
        guard let first = lines.firstIndex(where: { $0 <= frame * across }),
            let last = lines.lastIndex(where: { $0 <= frame * across })
        else { return 0..<lines.count }
        return first..<(last + 1)
    }

    private static func statistics(_ pixels: ContiguousArray<UInt8>) -> (mean: Double, deviation: Double) {
        var sum: UInt64 = 0
        var squares: UInt64 = 0
        for grey in pixels {
            sum &+= UInt64(grey)
            squares &+= UInt64(grey) &* UInt64(grey)
        }
        let count = Double(pixels.count)
        let mean = Double(sum) / count
        return (mean, max(0, Double(squares) / count - mean * mean).squareRoot())
    }
}
