/// What was done to get a print of one finger, from the first attempt until it was settled: the log that
/// BSI TR-03121 LOG-FP-GENERIC asks for. It holds no pictures.
package struct FingerTrial: Hashable, Sendable, Codable {
    package let position: FingerPosition
    /// The score that the rules asked for.
    package let threshold: Int
    /// From which similarity on the rules call two prints one finger's: what the comparisons mean.
    package let sameFinger: Int
    package var attempts: [Attempt]
    package var outcome: Outcome
    /// The number of the attempt whose picture is kept.
    package var kept: Int?
    /// The officer's reason to keep it against the rules.
    package var acceptance: FingerAcceptance?

    package struct Attempt: Hashable, Sendable, Codable {
        /// From 1, of all attempts at this finger.
        package let number: Int
        package let quality: FingerQuality
        package let trigger: FingerAttempt.Trigger
        package let comparisons: [FingerComparison]
        package let capturedAt: Timestamp
        /// Nil for the one that is kept, and while nothing is decided.
        package var rejection: FingerRejection?

        package init(_ attempt: FingerAttempt) {
            number = attempt.sample.attempt
            quality = attempt.quality
            trigger = attempt.trigger
            comparisons = attempt.comparisons
            capturedAt = attempt.sample.capturedAt
        }
    }

    package enum Outcome: Hashable, Sendable, Codable {
        /// Good enough.
        case sufficient
        /// Kept by the officer against the rules.
        case accepted
        /// Not good enough, and the best that there was.
        case bestAvailable
        /// Not good enough, and another finger of the hand was better.
        case replaced(by: FingerPosition)
        /// Taken, and set aside later because the officer asked for this finger anew.
        case takenAnew(FingerObjection)
        /// Given up: the finger cannot give a print.
        case excepted(FingerException)
        /// Given up: no finger can.
        case impossible
        /// Begun and not ended before another choice made it needless.
        case abandoned
        /// Not good enough; whether another finger is better is still to be seen.
        case held
    }

    package init(
        position: FingerPosition, threshold: Int, sameFinger: Int, attempts: [Attempt], outcome: Outcome,
        kept: Int? = nil, acceptance: FingerAcceptance? = nil
    ) {
        self.position = position
        self.threshold = threshold
        self.sameFinger = sameFinger
        self.attempts = attempts
        self.outcome = outcome
        self.kept = kept
        self.acceptance = acceptance
    }
}
