import Foundation

/// Where a picture shows ridges, in which direction they run, how far they are apart, and how sure that is.
struct RidgeField {
    let columns: Int
    let rows: Int
    /// Cosine and sine of twice the ridges' direction in the picture (rows run downwards), times certainty:
    /// directions half a turn apart are the same, and so they average.
    private(set) var cosine: BlockGrid<Float>
    private(set) var sine: BlockGrid<Float>
    /// From one ridge to the next, in pixels.
    private(set) var period: BlockGrid<Float>
    /// Blocks that belong to the print.
    private(set) var foreground: BlockGrid<Bool>

    init(_ plane: RidgePlane) {
        columns = plane.columns
        rows = plane.rows
        cosine = BlockGrid(columns: columns, rows: rows, repeating: 0)
        sine = cosine
        period = BlockGrid(columns: columns, rows: rows, repeating: 9)
        foreground = BlockGrid(columns: columns, rows: rows, repeating: false)
        orient(by: plane)
        foreground = PrintArea.find(in: plane, certainty: certainty)
        period = RidgePeriod(plane: plane, field: self).periods()
    }

    /// 0, ridges run anywhere, to 1, they all run the same way.
    var certainty: BlockGrid<Float> {
        var result = cosine
        for index in result.values.indices {
            let (x, y) = (cosine.values[index], sine.values[index])
            result.values[index] = (x * x + y * y).squareRoot()
        }
        return result
    }

    /// The ridges' direction at a place, in radians in the picture (rows run downwards), within half a turn.
    func direction(atX x: Float, y: Float) -> Float {
        atan2(sine.value(atX: x, y: y), cosine.value(atX: x, y: y)) / 2
    }

    func isForeground(x: Int, y: Int) -> Bool {
        guard x >= 0, y >= 0, x < columns * blockSide, y < rows * blockSide else { return false }
        return foreground[x / blockSide, y / blockSide]
    }

    /// The gradients' mean square (a structure tensor), over a small and a large neighbourhood: the small one
    /// follows the flow around a core, the large one bridges a crease.
    private mutating func orient(by plane: RidgePlane) {
        let tensor = Tensor(plane)
        let near = tensor.blurred(by: 1.2)
        let far = tensor.blurred(by: 3)
        for index in cosine.values.indices {
            let (small, large) = (near.part(index), far.part(index))
            let weight: Float = 0.35
            let x = small.cosine + weight * large.cosine
            let y = small.sine + weight * large.sine
            // Lines across a gradient, so both are turned by half of their half turn.
            cosine.values[index] = -x / (1 + weight)
            sine.values[index] = -y / (1 + weight)
        }
    }

    private struct Tensor {
        var difference: BlockGrid<Float>
        var product: BlockGrid<Float>
        var energy: BlockGrid<Float>

        init(_ plane: RidgePlane) {
            difference = BlockGrid(columns: plane.columns, rows: plane.rows, repeating: 0)
            product = difference
            energy = difference
            let stride = plane.stride
            plane.values.withUnsafeBufferPointer { ink in
                for row in 0..<plane.rows {
                    for column in 0..<plane.columns {
                        var (xx, yy, xy) = (Float(0), Float(0), Float(0))
                        for y in row * blockSide..<(row + 1) * blockSide {
                            let start = plane.index(column * blockSide, y)
                            for i in start..<start + blockSide {
                                let (a, c) = (ink[i - stride - 1], ink[i - stride + 1])
                                let (g, k) = (ink[i + stride - 1], ink[i + stride + 1])
                                let across = c + k - a - g + 2 * (ink[i + 1] - ink[i - 1])
                                let down = g + k - a - c + 2 * (ink[i + stride] - ink[i - stride])
                                xx += across * across
                                yy += down * down
                                xy += across * down
                            }
                        }
                        difference[column, row] = xx - yy
                        product[column, row] = 2 * xy
                        energy[column, row] = xx + yy
                    }
                }
            }
        }

        func blurred(by deviation: Float) -> Tensor {
            var result = self
            result.difference = difference.blurred(by: deviation)
            result.product = product.blurred(by: deviation)
            result.energy = energy.blurred(by: deviation)
            return result
        }

        func part(_ index: Int) -> (cosine: Float, sine: Float) {
            let total = max(1, energy.values[index])
            return (difference.values[index] / total, product.values[index] / total)
        }
    }
}
