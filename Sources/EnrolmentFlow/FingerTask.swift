package import EnrolmentCore

/// One finger from its first attempt until it is settled: BSI TR-03121's task ACQ-FPP-SV-2 as a value.
///
/// Up to so many attempts as long as none is good enough; the best counts, the last of equal ones. What
/// goes beyond that, because the officer asked for it, is a new series that counts from one.
package struct FingerTask: Hashable, Sendable, Codable {
    package let position: FingerPosition
    /// All attempts of this task, the oldest first.
    package private(set) var attempts: [FingerTrial.Attempt] = []
    /// The pictures of the attempts that may still be kept, and no others.
    package private(set) var samples: [FingerSample] = []
    /// How many attempts at this finger were made before this task.
    private let earlier: Int
    /// Where in `attempts` the running series began.
    private var seriesStart = 0

    init(_ position: FingerPosition, after earlier: Int) {
        self.position = position
        self.earlier = earlier
    }

    package var latest: FingerTrial.Attempt? { attempts.last }

    /// The number of the attempt that comes next, of all at this finger.
    var nextNumber: Int { earlier + attempts.count + 1 }

    /// Which attempt of the series was the last; 0 before the first.
    package var attemptInSeries: Int { attempts.count - seriesStart }

    /// Which attempt of the series comes next.
    package func nextInSeries(_ rules: FingerRules) -> Int {
        asksForRepeat(rules) ? attemptInSeries + 1 : 1
    }

    package func isGood(_ attempt: FingerTrial.Attempt, _ rules: FingerRules) -> Bool {
        attempt.quality.score >= rules.quality(of: position)
    }

    /// Whether the rules want another attempt: the last is not good enough and some are left.
    package func asksForRepeat(_ rules: FingerRules) -> Bool {
        guard let latest, latest.rejection == nil else { return false }
        return !isGood(latest, rules) && attemptInSeries < rules.attempts
    }

    /// The attempt that would be kept: the best score, the last of equal ones; nil when none may be.
    package var chosen: FingerTrial.Attempt? {
        attempts.filter { sample($0.number) != nil }
            .reduce(nil) { best, next in next.quality.score >= (best?.quality.score ?? 0) ? next : best }
    }

    package func sample(_ number: Int) -> FingerSample? { samples.first { $0.attempt == number } }

    /// - Parameter setsAside: the attempt before is like another finger's print and was taken again for that.
    mutating func add(_ attempt: FingerAttempt, settingAsideLast setsAside: Bool, _ rules: FingerRules) {
        let isRepeat = attempts.isEmpty || asksForRepeat(rules)
        if setsAside, let latest { setAside(latest.number, .likeOtherFinger) }
        if !isRepeat { beginSeries() }
        attempts.append(FingerTrial.Attempt(attempt))
        samples.append(attempt.sample)
    }

    mutating func setAsideAll(_ reason: FingerRejection) {
        for number in samples.map(\.attempt) { setAside(number, reason) }
    }

    /// Takes an attempt out of the choice.
    mutating func setAside(_ number: Int, _ reason: FingerRejection) {
        guard let index = attempts.firstIndex(where: { $0.number == number }) else { return }
        attempts[index].rejection = reason
        samples.removeAll { $0.attempt == number }
    }

    /// A new series may still end in the best of the old one; the other pictures are not needed any more.
    private mutating func beginSeries() {
        seriesStart = attempts.count
        let best = chosen?.number
        samples.removeAll { $0.attempt != best }
    }

    /// The whole of what was done, for the log.
    func trial(_ outcome: FingerTrial.Outcome, acceptance: FingerAcceptance? = nil, _ rules: FingerRules) -> FingerTrial
    {
        let keeps = outcome.keepsPrint
        let kept = keeps ? chosen?.number : nil
        var closed = attempts
        for index in closed.indices where closed[index].rejection == nil && closed[index].number != kept {
            closed[index].rejection = isGood(closed[index], rules) ? .notTheBest : .lowQuality
        }
        return FingerTrial(
            position: position, threshold: rules.quality(of: position), sameFinger: rules.sameFinger, attempts: closed,
            outcome: outcome, kept: kept,
            acceptance: acceptance)
    }
}

extension FingerTrial.Outcome {
    /// Whether a print of the finger is there: kept, or held until it is known whether another is better.
    package var keepsPrint: Bool {
        switch self {
        case .sufficient, .accepted, .bestAvailable, .held: true
        case .replaced, .takenAnew, .excepted, .impossible, .abandoned: false
        }
    }
}
