/// How often values of a local measure fall between given bounds, with their mean and spread.
struct FeatureHistogram {
    /// Ten counts; the last has no upper bound.
    let counts: [Double]
    let mean: Double
    let deviation: Double

    /// - Parameter bounds: nine, ascending; a value that equals one counts above it.
    init(_ values: [Double], bounds: [Double]) {
        var counts = [Double](repeating: 0, count: bounds.count + 1)
        var (sum, squares) = (0.0, 0.0)
        for value in values {
            counts[bounds.lastIndex { value >= $0 }.map { $0 + 1 } ?? 0] += 1
            sum += value
            squares += value * value
        }
        self.counts = counts
        let count = Double(max(1, values.count))
        mean = sum / count
        deviation = max(0, squares / count - mean * mean).squareRoot()
    }
}
