/// How long to wait after failures in a row: twice as long each time up to a limit, and never exactly
/// as long as the other kits that lost the same connection.
package struct BackOff: Hashable, Sendable {
    package let first: Duration
    package let longest: Duration

    package init(first: Duration = .seconds(1), longest: Duration = .seconds(60)) {
        self.first = first
        self.longest = longest
    }

    /// Between half of the full wait and all of it.
    ///
    /// - Parameter failures: In a row, from 1.
    package func wait(after failures: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(max(failures, 1) - 1, 16)
        let full = min(first * (1 << doublings), longest)
        return full * Double.random(in: 0.5...1, using: &generator)
    }
}

/// Time as it passes, for waiting and for measuring speed; passed in, so that a test need not wait.
package protocol Pace: Sendable {
    /// Since some fixed moment; never goes back.
    func elapsed() -> Duration
    /// Throws `CancellationError` when the task is cancelled.
    func wait(_ duration: Duration) async throws
}

/// The machine's own time.
package struct ContinuousPace: Pace {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    package init() { start = clock.now }

    package func elapsed() -> Duration { start.duration(to: clock.now) }
    package func wait(_ duration: Duration) async throws { try await clock.sleep(for: duration) }
}
