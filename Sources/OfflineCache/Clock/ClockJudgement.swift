import EnrolmentCore

/// Judges one reading of the wall clock by everything that is known of the time; without a store or a clock.
struct ClockJudgement {
    /// An instant that has surely happened, and when it was learnt by the clock that nobody can set.
    struct Evidence: Hashable, Sendable {
        let source: TimeSource
        let instant: Timestamp
        var learnt: Uptime?

        /// The time that has surely gone by since, seen from `uptime`; zero across a restart or without one.
        func elapsed(at uptime: Uptime?) -> Duration {
            guard let learnt, let uptime, learnt.boot == uptime.boot else { return .zero }
            return uptime.atLeast(since: learnt)
        }

        /// It cannot be earlier now.
        func floor(at uptime: Uptime?) -> Timestamp { instant.advanced(by: elapsed(at: uptime)) }
    }

    let rules: ClockRules
    /// From others than the kit itself.
    let evidence: [Evidence]
    /// The latest that the kit's own clock said since somebody else last confirmed it.
    var ownLatest: Timestamp?
    /// As of this moment.
    let uptime: Uptime?
    let networkError: Duration?

    /// What others are known to have said, the program's own date when there is nothing else.
    private var latest: Evidence {
        let program = Evidence(source: .program, instant: rules.programReleased)
        return evidence.max { $0.floor(at: uptime) < $1.floor(at: uptime) }
            .flatMap { $0.floor(at: uptime) < program.instant ? nil : $0 } ?? program
    }

    /// The latest instant that can be told: `now`, or what is known to have been where the clock is behind it.
    func latest(_ now: Timestamp) -> Timestamp { max(now, latest.floor(at: uptime)) }

    func standing(of now: Timestamp) -> TimeStanding {
        if let central = comparable {
            let (difference, age) = (now.since(central.floor(at: uptime)), central.elapsed(at: uptime))
            let isSame = difference <= rules.comparisonTolerance && difference >= .zero - rules.comparisonTolerance
            return TimeStanding(isSame ? .synchronised : .implausible, by: .central, evidenceAge: age)
        }
        let latest = latest
        let floor = latest.floor(at: uptime)
        if now.advanced(by: rules.comparisonTolerance) < floor { return implausible(latest) }
        let silence = latest.source == .program ? rules.longestProgram : rules.longestSilence
        if now.since(floor) > silence { return TimeStanding(.implausible, by: latest.source, evidenceAge: nil) }
        if let networkError, networkError <= rules.networkError {
            return TimeStanding(.synchronised, by: .network, evidenceAge: .zero)
        }
        if let ownLatest, now.advanced(by: rules.comparisonTolerance) < ownLatest {
            return TimeStanding(.implausible, by: .clock, evidenceAge: nil)
        }
        let age = max(latest.elapsed(at: uptime), max(.zero, now.since(latest.instant)))
        return TimeStanding(.plausible, by: latest.source, evidenceAge: age)
    }

    /// Whether a reading could be right at all: one that could not says nothing about later ones.
    func couldBe(_ time: Timestamp) -> Bool {
        let latest = latest
        let silence = latest.source == .program ? rules.longestProgram : rules.longestSilence
        return time.since(latest.floor(at: uptime)) <= silence
    }

    /// Central's clock, when it was read since the machine's start: what has gone by since is then known too.
    private var comparable: Evidence? {
        guard let uptime else { return nil }
        return evidence.first { $0.source == .central && $0.learnt?.boot == uptime.boot }
    }

    private func implausible(_ latest: Evidence) -> TimeStanding {
        let isMeasured = latest.learnt != nil && latest.learnt?.boot == uptime?.boot
        return TimeStanding(
            .implausible, by: latest.source, evidenceAge: isMeasured ? latest.elapsed(at: uptime) : nil)
    }
}
