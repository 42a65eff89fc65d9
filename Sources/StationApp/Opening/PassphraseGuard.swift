import EnrolmentCore
import OfflineCache
import StationUI

/// How often the kit's passphrase may be tried at one screen.
///
/// Where a chip holds the key it is the chip that counts, for everybody and for good. Where none does, whoever has the
/// disk guesses elsewhere; here it is counted while the program runs, so that nobody guesses on at the keys.
struct PassphraseGuard: Sendable {
    private let limit: TryLimit
    private let uptime: any UptimeClock
    private var failures = 0
    private var last: Uptime?
    /// Since when the chip is known to take none.
    private var closedSince: Uptime?

    /// What is left, and how long one has to wait; `left` is nil while one waits.
    typealias Standing = (left: Int?, wait: Duration, isAtMost: Bool)

    /// - Parameter limit: counts where no chip does.
    init(limit: TryLimit, uptime: any UptimeClock) {
        self.limit = limit
        self.uptime = uptime
    }

    mutating func failed() {
        failures += 1
        last = try? uptime.now()
    }

    mutating func succeeded() { (failures, last, closedSince) = (0, nil, nil) }

    /// - Parameter chip: what it says now; nil where the key does not lie in one.
    mutating func standing(by chip: GuessingLimit?) -> Standing {
        if let chip { return standing(of: chip) }
        guard failures >= limit.freeTries else { return (limit.freeTries - failures, .zero, false) }
        // Without a time nothing says that a wait is over.
        guard let now = try? uptime.now() else { return (nil, limit.longestWait, false) }
        // One that was not timed is counted from the first time that is known.
        let since = last ?? now
        last = since
        let wait = limit.waitLeft(after: failures, last: since, now: now)
        return (wait > .zero ? nil : 1, wait, false)
    }

    private mutating func standing(of chip: GuessingLimit) -> Standing {
        guard chip.wrong >= chip.most else {
            closedSince = nil
            return (chip.most - chip.wrong, .zero, false)
        }
        guard let now = try? uptime.now() else { return (nil, chip.forgetting, true) }
        let since = closedSince ?? now
        closedSince = since
        // The chip's own clock goes on by steps: what should be over and is not takes a little longer.
        return (nil, max(.seconds(1), chip.forgetting - now.atLeast(since: since)), true)
    }
}
