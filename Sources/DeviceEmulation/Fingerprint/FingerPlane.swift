/// A picture in the making, with a number a pixel.
struct FingerPlane {
    let width: Int
    let height: Int
    private(set) var values: [Float]

    /// Each pixel takes a quarter from each side, across and then down, as a lens that is not quite sharp.
    mutating func blur(times: Int) {
        for _ in 0..<times {
            mix(step: 1)
            mix(step: width)
        }
    }

    private mutating func mix(step: Int) {
        let source = values
        source.withUnsafeBufferPointer { source in
            values.withUnsafeMutableBufferPointer { values in
                for index in width..<source.count - width {
                    values[index] = 0.25 * (source[index - step] + source[index + step]) + 0.5 * source[index]
                }
            }
        }
    }

    /// The mean of the picture on its way, as of a finger that moves while light is gathered.
    mutating func slide(across: Float, down: Float) {
        let source = values
        let count = max(2, Int((across * across + down * down).squareRoot()) + 1)
        let steps = (0..<count).map { step -> (x: Int, y: Int) in
            let share = Float(step) / Float(count - 1) - 0.5
            return (Int((across * share).rounded()), Int((down * share).rounded()))
        }
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                for step in steps {
                    let (column, row) = (x + step.x, y + step.y)
                    guard column >= 0, row >= 0, column < width, row < height else { continue }
                    sum += source[row * width + column]
                }
                values[y * width + x] = sum / Float(count)
            }
        }
    }
}
