/// The inner loops of the wavelet filters: weighted sums of whole lines.
///
/// A line is a row of the plane, or the even or odd half of one; the same loops thus serve rows and
/// columns. Each takes few pointers, since beyond that the compiler no longer vectorises.
enum WaveletKernels {
    typealias Line = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    /// How many columns are filtered at a time: few enough that their lines stay in the processor's cache.
    static let stripWidth = 64

    /// output = a·x + b·(y0 + y1) + c·(z0 + z1)
    @inline(__always)
    static func set(
        _ output: Output, _ count: Int, _ a: Float, _ x: Line, _ b: Float, _ y0: Line, _ y1: Line, _ c: Float,
        _ z0: Line, _ z1: Line
    ) {
        for i in 0..<count { output[i] = a * x[i] + b * (y0[i] + y1[i]) + c * (z0[i] + z1[i]) }
    }

    /// output += b·(y0 + y1) + c·(z0 + z1)
    @inline(__always)
    static func add(
        _ output: Output, _ count: Int, _ b: Float, _ y0: Line, _ y1: Line, _ c: Float, _ z0: Line, _ z1: Line
    ) {
        for i in 0..<count { output[i] += b * (y0[i] + y1[i]) + c * (z0[i] + z1[i]) }
    }

    /// output += b·(y0 + y1)
    @inline(__always)
    static func add(_ output: Output, _ count: Int, _ b: Float, _ y0: Line, _ y1: Line) {
        for i in 0..<count { output[i] += b * (y0[i] + y1[i]) }
    }

    /// output = a·x
    static func scale(_ output: Output, _ count: Int, _ a: Float, _ x: Line) {
        for i in 0..<count { output[i] = a * x[i] }
    }

    /// The sample that stands at `position` when a signal of `count` is mirrored at both end samples.
    static func mirrored(_ position: Int, _ count: Int) -> Int {
        guard count > 1 else { return 0 }
        let period = 2 * (count - 1)
        let folded = ((position % period) + period) % period
        return folded < count ? folded : period - folded
    }
}
