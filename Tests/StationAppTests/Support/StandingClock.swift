import EnrolmentCore
import StationApp

/// A clock that stands still, so that two runs write the same times.
struct StandingClock: WallClock {
    let time: Timestamp

    /// Stands at the moment it is made: certificates that central makes now must be valid at it.
    init() { time = SystemClock().now() }

    /// Stands as long behind that moment.
    init(later: Duration) { time = SystemClock().now().advanced(by: later) }

    func now() -> Timestamp { time }
}
