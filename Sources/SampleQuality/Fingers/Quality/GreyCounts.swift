/// How often each grey level occurs.
struct GreyCounts {
    private let counts: [Int]
    private let total: Int

    /// - Parameter counts: from black to white.
    init(_ counts: [Int]) {
        self.counts = counts
        total = counts.reduce(0, +)
    }

    /// White when there is nothing.
    var mean: Double {
        guard total > 0 else { return 255 }
        return Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(total)
    }

    /// The grey that this share of the pixels does not exceed.
    func quantile(_ share: Double) -> Int {
        var left = share * Double(total)
        for (grey, count) in counts.enumerated() {
            left -= Double(count)
            if left <= 0, count > 0 { return grey }
        }
        return counts.count - 1
    }

    /// The share of pixels that are darker than this.
    func share(below grey: Int) -> Double {
        total == 0 ? 0 : Double(counts.prefix(max(0, grey)).reduce(0, +)) / Double(total)
    }

    /// How many levels at least so many pixels have.
    func levels(withAtLeast least: Int) -> Int { counts.count { $0 >= least } }
}
