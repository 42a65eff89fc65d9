/// How often a passphrase may be wrong before it takes time: the first tries are free, then each wrong
/// one doubles the wait, up to a longest one.
package struct TryLimit: Hashable, Sendable {
    package let freeTries: Int
    package let firstWait: Duration
    package let longestWait: Duration

    package init(freeTries: Int, firstWait: Duration, longestWait: Duration) {
        self.freeTries = freeTries
        self.firstWait = firstWait
        self.longestWait = longestWait
    }

    /// How long nothing may be tried after so many wrong ones.
    package func wait(after failures: Int) -> Duration {
        guard failures >= freeTries else { return .zero }
        var (wait, doublings) = (firstWait, failures - freeTries)
        while doublings > 0, wait > .zero, wait < longestWait {
            wait = wait * 2
            doublings -= 1
        }
        return min(wait, longestWait)
    }

    /// How much of the wait is left.
    package func waitLeft(after failures: Int, last: Uptime, now: Uptime) -> Duration {
        max(.zero, wait(after: failures) - now.atLeast(since: last))
    }
}
