import Foundation

/// A picture at a fraction of its size.
struct CellPlane {
    let columns: Int
    let rows: Int
    /// Row by row from the top left, 0 to 255.
    private(set) var values: ContiguousArray<Float>

    /// Each value is the mean of a square of pixels; at the right and at the bottom of what is there.
    init(_ pixels: ContiguousArray<UInt8>, width: Int, height: Int, cell: Int) {
        columns = (width + cell - 1) / cell
        rows = (height + cell - 1) / cell
        values = ContiguousArray(repeating: 0, count: columns * rows)
        pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<rows {
                let lines = (row * cell)..<min(height, (row + 1) * cell)
                for column in 0..<columns {
                    let places = (column * cell)..<min(width, (column + 1) * cell)
                    var sum = 0
                    for y in lines {
                        for x in places { sum &+= Int(pixels[y * width + x]) }
                    }
                    values[row * columns + column] = Float(sum) / Float(lines.count * places.count)
                }
            }
        }
    }

    /// By a bell; beyond the rim the picture is mirrored.
    func blurred(by deviation: Float, reach: Int) -> CellPlane {
        let bell = (-reach...reach).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
        let sum = bell.reduce(0, +)
        let weights = ContiguousArray(bell.map { $0 / sum })
        var result = self
        var across = values
        // Where each neighbour lies, mirrored as often as a small picture needs.
        let horizontal = Self.mirrored(count: columns, reach: reach)
        let vertical = Self.mirrored(count: rows, reach: reach)
        for row in 0..<rows {
            for column in 0..<columns {
                var value: Float = 0
                for step in weights.indices {
                    value += weights[step] * values[row * columns + horizontal[column + step]]
                }
                across[row * columns + column] = value
            }
        }
        for row in 0..<rows {
            for column in 0..<columns { result.values[row * columns + column] = 0 }
            for step in weights.indices {
                let from = vertical[row + step] * columns
                for column in 0..<columns {
                    result.values[row * columns + column] += weights[step] * across[from + column]
                }
            }
        }
        return result
    }

    private static func mirrored(count: Int, reach: Int) -> ContiguousArray<Int> {
        let turn = max(1, 2 * (count - 1))
        return ContiguousArray(
            (-reach..<(count + reach)).map { place in
                let index = ((place % turn) + turn) % turn
                return count == 1 ? 0 : min(index, turn - index)
            })
    }

    /// 255 above Otsu's threshold, 0 up to it.
    func split() -> CellPlane {
        var counts = [Int](repeating: 0, count: 256)
        for value in values { counts[min(255, max(0, Int(value.rounded())))] += 1 }
        let threshold = Float(Self.threshold(counts))
        var result = self
        for index in values.indices { result.values[index] = values[index].rounded() > threshold ? 255 : 0 }
        return result
    }

    /// Where the two sides differ most from each other, for their sizes.
    private static func threshold(_ counts: [Int]) -> Int {
        let total = Double(counts.reduce(0, +))
        let whole = counts.enumerated().reduce(0.0) { $0 + Double($1.offset) * Double($1.element) }
        var (below, sum, best, threshold) = (0.0, 0.0, 0.0, 0)
        for (grey, count) in counts.enumerated() {
            below += Double(count)
            sum += Double(grey) * Double(count)
            guard below > 0, below < total else { continue }
            let difference = sum / below - (whole - sum) / (total - below)
            let variance = below * (total - below) * difference * difference
            if variance > best { (best, threshold) = (variance, grey) }
        }
        return threshold
    }
}
