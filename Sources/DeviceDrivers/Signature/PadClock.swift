/// One monotonic time line from the pad's 16-bit millisecond counter and the host's clock.
///
/// The pad's ticks give the true spacing of the samples; the host only sees when it came to read
/// them. The host tells how often the counter wrapped while no pen was near.
struct PadClock {
    private var now = 0
    private var lastTick: UInt16?
    private var lastHost: Duration?

    /// The farthest that the two clocks may disagree before the pad is taken to have been reset.
    private static let largestDisagreement = 2000

    /// - Parameters:
    ///   - tick: the pad's counter, when its report has one.
    ///   - host: when the report was read, on any monotonic clock.
    /// - Returns: milliseconds since the first call; never less than before.
    mutating func milliseconds(tick: UInt16?, host: Duration) -> Int {
        defer {
            lastTick = tick
            lastHost = host
        }
        guard let lastHost else { return now }
        let elapsed = max(0, (host - lastHost).wholeMilliseconds)
        now +=
            lastTick.flatMap { last in tick.flatMap { Self.spacing(from: last, to: $0, elapsed: elapsed) } } ?? elapsed
        return now
    }

    private static func spacing(from last: UInt16, to tick: UInt16, elapsed: Int) -> Int? {
        let part = Int(tick &- last)
        let wraps = max(0, (elapsed - part + 0x8000) / 0x1_0000)
        let spacing = part + wraps * 0x1_0000
        return abs(spacing - elapsed) <= largestDisagreement ? spacing : nil
    }
}

extension Duration {
    /// Rounded towards zero.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
