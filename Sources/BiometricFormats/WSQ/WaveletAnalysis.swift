/// The forward wavelet transform of a plane, region by region, in place.
struct WaveletAnalysis {
    private typealias Kernels = WaveletKernels
    private let plane: FloatPlane
    /// A copy of some columns of a region: the plane itself takes the results.
    private let strip: FloatPlane
    private let low: [Float]
    private let high: [Float]
    /// The even and the odd samples of one row, each with `margin` mirrored samples at both ends.
    private let lines: FloatPlane
    private static let margin = 4

    init(_ plane: FloatPlane, filters: WSQFilters) {
        self.plane = plane
        low = filters.low
        high = filters.high
        strip = FloatPlane(width: WaveletKernels.stripWidth, height: plane.height)
        lines = FloatPlane(width: (plane.width + 1) / 2 + 2 * Self.margin, height: 2)
    }

    func run(_ regions: [WSQRegion]) {
        for region in regions where region.width > 0 && region.height > 0 {
            filterRows(region)
            filterColumns(region)
        }
    }

    private func filterRows(_ region: WSQRegion) {
        let count = region.width
        let lows = (count + 1) / 2
        let highs = count / 2
        for y in 0..<region.height {
            let row = plane.row(region.y + y) + region.x
            guard count > 1 else {
                row[0] *= gain
                continue
            }
            let (even, odd) = deinterleave(row, count)
            let lowOutput = region.rowsInverted ? row + highs : row
            let highOutput = region.rowsInverted ? row : row + lows
            Kernels.set(lowOutput, lows, low[0], even, low[1], odd - 1, odd, low[2], even - 1, even + 1)
            Kernels.add(lowOutput, lows, low[3], odd - 2, odd + 1, low[4], even - 2, even + 2)
            Kernels.set(highOutput, highs, high[0], odd, high[1], even, even + 1, high[2], odd - 1, odd + 1)
            Kernels.add(highOutput, highs, high[3], even - 1, even + 2)
        }
    }

    private func filterColumns(_ region: WSQRegion) {
        for x in stride(from: 0, to: region.width, by: Kernels.stripWidth) {
            filterStrip(region, x: region.x + x, width: min(Kernels.stripWidth, region.width - x))
        }
    }

    private func filterStrip(_ region: WSQRegion, x: Int, width: Int) {
        let count = region.height
        let lows = (count + 1) / 2
        let highs = count / 2
        func output(_ index: Int) -> UnsafeMutablePointer<Float> { plane.row(region.y + index) + x }
        for y in 0..<count { strip.row(y).update(from: output(y), count: width) }
        func input(_ position: Int) -> UnsafePointer<Float> {
            UnsafePointer(strip.row(Kernels.mirrored(position, count)))
        }
        guard count > 1 else {
            Kernels.scale(output(0), width, gain, input(0))
            return
        }
        for k in 0..<lows {
            let p = 2 * k
            let target = output(region.columnsInverted ? highs + k : k)
            Kernels.set(
                target, width, low[0], input(p), low[1], input(p - 1), input(p + 1), low[2], input(p - 2),
                input(p + 2))
            Kernels.add(target, width, low[3], input(p - 3), input(p + 3), low[4], input(p - 4), input(p + 4))
        }
        for k in 0..<highs {
            let p = 2 * k + 1
            let target = output(region.columnsInverted ? k : lows + k)
            Kernels.set(
                target, width, high[0], input(p), high[1], input(p - 1), input(p + 1), high[2], input(p - 2),
                input(p + 2))
            Kernels.add(target, width, high[3], input(p - 3), input(p + 3))
        }
    }

    /// What a single sample, mirrored for ever, becomes: the sum of the low-pass taps.
    private var gain: Float { low[0] + 2 * (low[1] + low[2] + low[3] + low[4]) }

    private func deinterleave(
        _ row: UnsafePointer<Float>, _ count: Int
    ) -> (even: UnsafePointer<Float>, odd: UnsafePointer<Float>) {
        let evens = (count + 1) / 2
        let odds = count / 2
        let even = lines.row(0) + Self.margin
        let odd = lines.row(1) + Self.margin
        for k in 0..<odds {
            even[k] = row[2 &* k]
            odd[k] = row[2 &* k &+ 1]
        }
        if evens > odds { even[odds] = row[count - 1] }
        for k in 1...2 {
            even[-k] = row[Kernels.mirrored(-2 * k, count)]
            odd[-k] = row[Kernels.mirrored(1 - 2 * k, count)]
            even[evens - 1 + k] = row[Kernels.mirrored(2 * (evens - 1 + k), count)]
            odd[odds - 1 + k] = row[Kernels.mirrored(2 * (odds - 1 + k) + 1, count)]
        }
        return (UnsafePointer(even), UnsafePointer(odd))
    }
}
