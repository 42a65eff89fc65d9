import EnrolmentCore

/// The part of a picture that shows ridges, with grey turned into contrast: 0 on average everywhere, about 1
/// on a ridge and -1 in a valley, however hard the finger was pressed there.
struct RidgePlane {
    /// Blocks across and down.
    let columns: Int
    let rows: Int
    /// Where its top left pixel lies in the picture.
    let left: Int
    let top: Int
    /// From row to row in `values`.
    let stride: Int
    /// Its pixels with `margin` more all around, so that filters need no special case at the rim.
    var values: [Float]
    /// The grey's standard deviation around each block, before it became contrast, and within the block alone.
    let deviation: BlockGrid<Float>
    let ownDeviation: BlockGrid<Float>

    static let margin = 16
    /// Fewer grey levels than this are a sensor's own noise.
    static let noise: Float = 5

    var width: Int { columns * blockSide }
    var height: Int { rows * blockSide }

    func index(_ x: Int, _ y: Int) -> Int { (y + Self.margin) * stride + x + Self.margin }

    /// Nil when nothing in the picture varies, or when it is too small to show a ridge and a half.
    init?(_ image: GrayImage) {
        let (columns, rows) = (image.width / blockSide, image.height / blockSide)
        guard columns >= 4, rows >= 4 else { return nil }
        let blocks = Self.statistics(of: image, columns: columns, rows: rows)
        guard let cut = Self.cut(blocks.deviation) else { return nil }
        left = cut.columns.lowerBound * blockSide
        top = cut.rows.lowerBound * blockSide
        self.columns = cut.columns.count
        self.rows = cut.rows.count
        stride = self.columns * blockSide + 2 * Self.margin
        ownDeviation = blocks.deviation.part(cut.columns, cut.rows)
        let ownMean = blocks.mean.part(cut.columns, cut.rows)
        var power = ownMean
        for (index, own) in ownDeviation.values.enumerated() {
            power.values[index] = own * own + ownMean.values[index] * ownMean.values[index]
        }
        let mean = ownMean.blurred(by: 0.8)
        var deviation = power.blurred(by: 0.8)
        for (index, grey) in mean.values.enumerated() {
            deviation.values[index] = max(0, deviation.values[index] - grey * grey).squareRoot()
        }
        self.deviation = deviation
        values = [Float](repeating: 0, count: stride * (self.rows * blockSide + 2 * Self.margin))
        fill(from: image, mean: mean)
        extendRim()
    }

    private static func statistics(
        of image: GrayImage, columns: Int, rows: Int
    ) -> (mean: BlockGrid<Float>, deviation: BlockGrid<Float>) {
        var mean = BlockGrid<Float>(columns: columns, rows: rows, repeating: 0)
        var deviation = mean
        let count = blockSide * blockSide
        image.pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<rows {
                for column in 0..<columns {
                    var sum = 0
                    var squares = 0
                    for y in row * blockSide..<(row + 1) * blockSide {
                        let start = y * image.width + column * blockSide
                        for index in start..<start + blockSide {
                            let grey = Int(pixels[index])
                            sum += grey
                            squares += grey * grey
                        }
                    }
                    mean[column, row] = Float(sum) / Float(count)
                    deviation[column, row] = Float(squares * count - sum * sum).squareRoot() / Float(count)
                }
            }
        }
        return (mean, deviation)
    }

    /// The blocks around everything that varies, one more on each side.
    private static func cut(_ deviation: BlockGrid<Float>) -> (columns: Range<Int>, rows: Range<Int>)? {
        var (first, last) = ((column: Int.max, row: Int.max), (column: -1, row: -1))
        for row in 0..<deviation.rows {
            for column in 0..<deviation.columns where deviation[column, row] > noise {
                first = (min(first.column, column), min(first.row, row))
                last = (max(last.column, column), max(last.row, row))
            }
        }
        guard last.column >= 0 else { return nil }
        return (
            max(0, first.column - 1)..<min(deviation.columns, last.column + 2),
            max(0, first.row - 1)..<min(deviation.rows, last.row + 2)
        )
    }

    /// Contrast is kept within bounds, so that one speck weighs no more than a ridge.
    private mutating func fill(from image: GrayImage, mean: BlockGrid<Float>) {
        let bound: Float = 2.5
        // For each column of pixels: the block before its middle, and how far it is towards the next.
        let places = (0..<width).map { x in
            let across = min(Float(columns - 1), max(0, (Float(x) + 0.5) / Float(blockSide) - 0.5))
            return (column: min(columns - 2, Int(across)), right: across - Float(min(columns - 2, Int(across))))
        }
        for y in 0..<height {
            let down = min(Float(rows - 1), max(0, (Float(y) + 0.5) / Float(blockSide) - 0.5))
            let row = min(rows - 2, Int(down))
            let low = down - Float(row)
            let means = Self.between(mean, row: row, low: low)
            let gains = Self.between(deviation, row: row, low: low).map { 1 / max(Self.noise, $0) }
            let start = (y + top) * image.width + left
            let target = index(0, y)
            for x in 0..<width {
                let (column, right) = places[x]
                let grey = means[column] + right * (means[column + 1] - means[column])
                let gain = gains[column] + right * (gains[column + 1] - gains[column])
                values[target + x] = min(bound, max(-bound, (grey - Float(image.pixels[start + x])) * gain))
            }
        }
    }

    private static func between(_ grid: BlockGrid<Float>, row: Int, low: Float) -> [Float] {
        (0..<grid.columns).map { grid[$0, row] + low * (grid[$0, row + 1] - grid[$0, row]) }
    }

    private mutating func extendRim() {
        for y in 0..<height {
            let (first, last) = (values[index(0, y)], values[index(width - 1, y)])
            for step in 1...Self.margin {
                values[index(-step, y)] = first
                values[index(width - 1 + step, y)] = last
            }
        }
        let (first, last) = (index(-Self.margin, 0), index(-Self.margin, height - 1))
        for step in 1...Self.margin {
            for offset in 0..<stride {
                values[first - step * stride + offset] = values[first + offset]
                values[last + step * stride + offset] = values[last + offset]
            }
        }
    }
}
