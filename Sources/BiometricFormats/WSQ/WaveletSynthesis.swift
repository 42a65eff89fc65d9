/// The inverse wavelet transform of a plane, region by region, in place.
struct WaveletSynthesis {
    private typealias Kernels = WaveletKernels
    private let plane: FloatPlane
    /// A copy of some columns of a region: the plane itself takes the results.
    private let strip: FloatPlane
    private let low: [Float]
    private let high: [Float]
    /// Low and high half of a row with mirrored samples at both ends, then the even and odd results.
    private let lines: FloatPlane
    private static let margin = 4

    init(_ plane: FloatPlane, filters: WSQFilters) {
        self.plane = plane
        low = filters.synthesisLow
        high = filters.synthesisHigh
        strip = FloatPlane(width: WaveletKernels.stripWidth, height: plane.height)
        lines = FloatPlane(width: (plane.width + 1) / 2 + 2 * Self.margin, height: 4)
    }

    /// - Parameter regions: in filtering order; they are undone in the reverse order.
    func run(_ regions: [WSQRegion]) {
        for region in regions.reversed() where region.width > 0 && region.height > 0 {
            filterColumns(region)
            filterRows(region)
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
        let firstLow = region.columnsInverted ? highs : 0
        let firstHigh = region.columnsInverted ? 0 : lows
        func output(_ index: Int) -> UnsafeMutablePointer<Float> { plane.row(region.y + index) + x }
        for y in 0..<count { strip.row(y).update(from: output(y), count: width) }
        func lowRow(_ index: Int) -> UnsafePointer<Float> {
            UnsafePointer(strip.row(firstLow + Kernels.mirrored(2 * index, count) / 2))
        }
        func highRow(_ index: Int) -> UnsafePointer<Float> {
            UnsafePointer(strip.row(firstHigh + (Kernels.mirrored(2 * index + 1, count) - 1) / 2))
        }
        guard count > 1 else {
            Kernels.scale(output(0), width, gain, lowRow(0))
            return
        }
        for m in 0..<lows {
            Kernels.set(
                output(2 * m), width, low[0], lowRow(m), low[2], lowRow(m - 1), lowRow(m + 1), high[1],
                highRow(m - 1), highRow(m))
            Kernels.add(output(2 * m), width, high[3], highRow(m - 2), highRow(m + 1))
        }
        for m in 0..<highs {
            let target = output(2 * m + 1)
            Kernels.set(
                target, width, high[0], highRow(m), high[2], highRow(m - 1), highRow(m + 1), high[4], highRow(m - 2),
                highRow(m + 2))
            Kernels.add(
                target, width, low[1], lowRow(m), lowRow(m + 1), low[3], lowRow(m - 1), lowRow(m + 2))
        }
    }

    private func filterRows(_ region: WSQRegion) {
        let count = region.width
        let lows = (count + 1) / 2
        let highs = count / 2
        let even = lines.row(2)
        let odd = lines.row(3)
        for y in 0..<region.height {
            let output = plane.row(region.y + y) + region.x
            guard count > 1 else {
                output[0] *= gain
                continue
            }
            let (l, h) = extendHalves(output, count, inverted: region.rowsInverted)
            Kernels.set(even, lows, low[0], l, low[2], l - 1, l + 1, high[1], h - 1, h)
            Kernels.add(even, lows, high[3], h - 2, h + 1)
            Kernels.set(odd, highs, high[0], h, high[2], h - 1, h + 1, high[4], h - 2, h + 2)
            Kernels.add(odd, highs, low[1], l, l + 1, low[3], l - 1, l + 2)
            for m in 0..<highs {
                output[2 &* m] = even[m]
                output[2 &* m &+ 1] = odd[m]
            }
            if lows > highs { output[count - 1] = even[lows - 1] }
        }
    }

    /// What undoes the gain of a mirrored single sample.
    private var gain: Float { low[0] + 2 * low[2] }

    private func extendHalves(
        _ row: UnsafeMutablePointer<Float>, _ count: Int, inverted: Bool
    ) -> (low: UnsafePointer<Float>, high: UnsafePointer<Float>) {
        let lows = (count + 1) / 2
        let highs = count / 2
        let l = lines.row(0) + Self.margin
        let h = lines.row(1) + Self.margin
        let lowSource = inverted ? row + highs : row
        let highSource = inverted ? row : row + lows
        l.update(from: lowSource, count: lows)
        h.update(from: highSource, count: highs)
        for k in 1...2 {
            l[-k] = lowSource[Kernels.mirrored(-2 * k, count) / 2]
            h[-k] = highSource[(Kernels.mirrored(1 - 2 * k, count) - 1) / 2]
            l[lows - 1 + k] = lowSource[Kernels.mirrored(2 * (lows - 1 + k), count) / 2]
            h[highs - 1 + k] = highSource[(Kernels.mirrored(2 * (highs - 1 + k) + 1, count) - 1) / 2]
        }
        return (UnsafePointer(l), UnsafePointer(h))
    }
}
