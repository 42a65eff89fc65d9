package import EnrolmentCore

/// What an officer has to know and can do once a finger was taken: all that a screen shows of it.
package struct FingerReview: Hashable, Sendable {
    package let position: FingerPosition
    /// Which attempt of how many the last one was.
    package let attempt: Int
    package let attempts: Int
    /// The print to look at, and what it is worth. That is the last one as long as another attempt, or a
    /// warning, is due; then the best.
    package let shown: FingerSample
    package let quality: FingerQuality
    /// The print that would be kept; nil when none may be.
    package let best: FingerSample?
    /// The least score of a good print.
    package let threshold: Int
    package let verdict: Verdict
    /// About the print that is shown.
    package let warnings: [FingerWarning]
    /// What may be decided now, the first being what the rules suggest.
    package let choices: [FingerChoice]

    package enum Verdict: String, CaseIterable, Sendable {
        case good
        /// Not good enough, and attempts are left.
        case again
        /// Not good enough, and it is the best of all attempts.
        case best
    }
}

/// What looks wrong about a print, with the picture to hold beside it.
package enum FingerWarning: Hashable, Sendable {
    /// It is like the print of another finger: one of the two is not the finger that it should be.
    case likeOther(FingerSample, similarity: Int)
    /// It is unlike an earlier print of the same finger: perhaps another finger lay on the glass.
    case unlikeEarlier(FingerSample, similarity: Int)
}

package enum FingerChoice: Hashable, Sendable {
    /// Go on with the best print. One that is not good enough is held while another finger of the hand is
    /// tried, if the rules want one.
    case keep
    case retake
    /// Keep it against the rules, with a `FingerAcceptance`.
    case accept
    /// Never keep the print that is shown, and take the finger again, with a `FingerObjection`.
    case reject
    /// The other finger was the wrong one: take that one anew, with a `FingerObjection`.
    case retakeOther(FingerPosition)
}

extension FingerReview {
    /// - Parameter others: the prints that are there of other fingers.
    /// - Returns: nil when there is nothing to look at.
    init?(_ task: FingerTask, beside others: [FingerSample], _ rules: FingerRules) {
        guard let latest = task.latest else { return nil }
        let best = task.chosen
        let isGood = best.map { task.isGood($0, rules) } ?? false
        let isClean = best.map { !task.isLikeOther($0, beside: others, rules) } ?? false
        let mustRepeat = !isGood && task.asksForRepeat(rules)
        let latestWarnings = task.warnings(about: latest, beside: others, rules)
        let showsLatest = task.sample(latest.number) != nil && (mustRepeat || !latestWarnings.isEmpty)
        guard let attempt = showsLatest ? latest : best, let shown = task.sample(attempt.number) else { return nil }
        position = task.position
        self.attempt = task.attemptInSeries
        attempts = rules.attempts
        self.shown = shown
        quality = attempt.quality
        self.best = best.flatMap { task.sample($0.number) }
        threshold = rules.quality(of: task.position)
        verdict = isGood ? .good : mustRepeat ? .again : .best
        warnings = showsLatest ? latestWarnings : task.warnings(about: attempt, beside: others, rules)
        var choices: [FingerChoice] = isClean && !mustRepeat ? [.keep] : []
        if !task.isGood(latest, rules) || !warnings.isEmpty { choices.append(.retake) }
        if !(isGood && isClean) { choices.append(.accept) }
        self.choices = choices + [.reject] + warnings.compactMap(\.otherPosition).map { .retakeOther($0) }
    }
}

extension FingerWarning {
    /// The other finger that a print is like.
    package var otherPosition: FingerPosition? {
        if case .likeOther(let sample, _) = self { sample.position } else { nil }
    }
}

extension FingerTask {
    func isLikeOther(_ attempt: FingerTrial.Attempt, beside others: [FingerSample], _ rules: FingerRules) -> Bool {
        warnings(about: attempt, beside: others, rules).contains { $0.otherPosition != nil }
    }

    func warnings(
        about attempt: FingerTrial.Attempt, beside others: [FingerSample], _ rules: FingerRules
    ) -> [FingerWarning] {
        let alike = attempt.comparisons.filter { $0.position != position && $0.similarity >= rules.sameFinger }
        let collisions: [FingerWarning] = alike.compactMap { comparison in
            let other = others.first { $0.position == comparison.position && $0.attempt == comparison.attempt }
            return other.map { .likeOther($0, similarity: comparison.similarity) }
        }
        return collisions + [unlikeEarlier(attempt, rules)].compactMap { $0 }
    }

    /// Of the earlier attempts that may still be kept, none is like this one, and both are good enough to tell.
    private func unlikeEarlier(_ attempt: FingerTrial.Attempt, _ rules: FingerRules) -> FingerWarning? {
        guard attempt.quality.score >= rules.comparableScore else { return nil }
        let compared = attempt.comparisons.filter { comparison in
            comparison.position == position && comparison.attempt < attempt.number
                && (sample(comparison.attempt)?.quality ?? 0) >= rules.comparableScore
        }
        guard let nearest = compared.max(by: { $0.similarity < $1.similarity }), nearest.similarity < rules.sameFinger
        else { return nil }
        return sample(nearest.attempt).map { .unlikeEarlier($0, similarity: nearest.similarity) }
    }
}
