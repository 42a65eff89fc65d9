/// One try at one finger with everything that was found out about it.
package struct FingerAttempt: Hashable, Sendable, Codable {
    /// Its `quality` is the score of `quality`.
    package let sample: FingerSample
    package let quality: FingerQuality
    /// With every other finger that was taken so far, and with earlier attempts at this one.
    package let comparisons: [FingerComparison]
    /// How the picture came to be taken.
    package let trigger: Trigger

    package enum Trigger: String, CaseIterable, Sendable, Codable {
        case automatic, manual
    }

    package init(
        sample: FingerSample, quality: FingerQuality, comparisons: [FingerComparison] = [],
        trigger: Trigger = .automatic
    ) {
        self.sample = sample
        self.quality = quality
        self.comparisons = comparisons
        self.trigger = trigger
    }
}

/// How alike a new print and an earlier one are.
package struct FingerComparison: Hashable, Sendable, Codable {
    package let position: FingerPosition
    /// Which attempt at that position, from 1.
    package let attempt: Int
    package let similarity: Int

    package init(position: FingerPosition, attempt: Int, similarity: Int) {
        self.position = position
        self.attempt = attempt
        self.similarity = similarity
    }
}
