/// The ridges without what is not a ridge: each pixel filtered along the flow and across it.
struct RidgeRelief {
    /// Like the plane's: above 0 on a ridge, below in a valley, 0 outside the print.
    let values: [Float]
    /// How much of a block's contrast is ridges of the expected direction and period, 0 to 1.
    let clarity: BlockGrid<Float>

    /// Rows of a block that share one kernel; a block's side is a multiple of it.
    private static let runRows = 2

    init(_ plane: RidgePlane, field: RidgeField) {
        let kernels = RidgeKernels.shared
        var values = [Float](repeating: 0, count: plane.values.count)
        values.withUnsafeMutableBufferPointer { output in
            plane.values.withUnsafeBufferPointer { input in
                kernels.weights.withUnsafeBufferPointer { weights in
                    for row in 0..<field.rows {
                        for column in 0..<field.columns where field.foreground[column, row] {
                            let period = field.period[column, row]
                            for y in stride(from: row * blockSide, to: (row + 1) * blockSide, by: Self.runRows) {
                                let x = column * blockSide
                                let direction = field.direction(
                                    atX: Float(x + blockSide / 2), y: Float(y + Self.runRows / 2))
                                Self.filter(
                                    input, at: plane.index(x, y), stride: plane.stride, weights: weights,
                                    kernel: kernels.start(direction: direction, period: period), into: output)
                            }
                        }
                    }
                }
            }
        }
        self.values = values
        clarity = Self.clarity(of: values, plane: plane, field: field)
    }

    /// Two rows of eight pixels at once, so that each weight is read once for sixteen products.
    @inline(__always)
    private static func filter(
        _ input: UnsafeBufferPointer<Float>, at start: Int, stride: Int, weights: UnsafeBufferPointer<Float>,
        kernel: Int, into output: UnsafeMutableBufferPointer<Float>
    ) {
        guard let source = input.baseAddress, let target = output.baseAddress, let kernels = weights.baseAddress
        else { return }
        var upper = SIMD8<Float>.zero
        var lower = SIMD8<Float>.zero
        var weight = kernels + kernel
        for down in -RidgeKernels.reach...RidgeKernels.reach {
            var place = source + start + down * stride - RidgeKernels.reach
            for _ in 0..<RidgeKernels.side {
                let first = UnsafeRawPointer(place).loadUnaligned(as: SIMD8<Float>.self)
                let second = UnsafeRawPointer(place + stride).loadUnaligned(as: SIMD8<Float>.self)
                upper += first * weight.pointee
                lower += second * weight.pointee
                weight += 1
                place += 1
            }
        }
        UnsafeMutableRawPointer(target + start).storeBytes(of: upper, as: SIMD8<Float>.self)
        UnsafeMutableRawPointer(target + start + stride).storeBytes(of: lower, as: SIMD8<Float>.self)
    }

    private static func clarity(of values: [Float], plane: RidgePlane, field: RidgeField) -> BlockGrid<Float> {
        var ridges = BlockGrid<Float>(columns: field.columns, rows: field.rows, repeating: 0)
        var total = ridges
        for row in 0..<field.rows {
            for column in 0..<field.columns where field.foreground[column, row] {
                var (kept, all) = (Float(0), Float(0))
                for y in row * blockSide..<(row + 1) * blockSide {
                    let start = plane.index(column * blockSide, y)
                    for index in start..<start + blockSide {
                        kept += values[index] * values[index]
                        all += plane.values[index] * plane.values[index]
                    }
                }
                ridges[column, row] = kept
                total[column, row] = all
            }
        }
        ridges = ridges.blurred(by: 1)
        total = total.blurred(by: 1)
        for index in ridges.values.indices where total.values[index] > 0 {
            ridges.values[index] = min(1, (ridges.values[index] / total.values[index]).squareRoot())
        }
        return ridges
    }
}
