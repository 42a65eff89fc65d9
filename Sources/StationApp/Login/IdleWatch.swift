package import OfflineCache

/// When a screen that nobody touches goes blank.
///
/// Counted by the clock that nobody can set and that runs while the lid is closed: a laptop that slept
/// for an hour wakes up locked. A card that leaves the reader locks nothing, since the reader is needed for
/// citizens.
package struct IdleWatch: Hashable, Sendable {
    private let limit: Duration
    private var lastKey: Uptime

    /// - Parameter limit: `LoginRules.idle`.
    package init(limit: Duration, now: Uptime) {
        self.limit = limit
        lastKey = now
    }

    /// Notes a key; keys of a locked screen count too, or typing a PIN slowly would lock it again.
    package mutating func key(at now: Uptime) { lastKey = now }

    /// Whether it is time to lock. A clock that went back, which it never should, locks.
    package func isOver(at now: Uptime) -> Bool {
        now.boot != lastKey.boot || now.elapsed < lastKey.elapsed || now.elapsed - lastKey.elapsed >= limit
    }

    /// How long until then without a key; for a timer.
    package func timeLeft(at now: Uptime) -> Duration {
        isOver(at: now) ? .zero : limit - (now.elapsed - lastKey.elapsed)
    }
}
