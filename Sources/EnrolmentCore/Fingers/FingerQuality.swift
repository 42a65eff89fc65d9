/// How usable a finger picture is, "NFIQ2-like": on NFIQ 2's scale and in rank with it, never NFIQ 2 itself.
package struct FingerQuality: Hashable, Sendable, Codable {
    /// 0, worthless, to 100.
    package let score: Int
    /// What the score is made of, each 0 to 1, higher is better.
    package let parts: [Part: Double]
    /// What a person can do about it, the most useful first; empty when there is nothing to mend.
    package let hints: [PlacementHint]

    package enum Part: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
        case ridgeClarity, orientationCertainty, ridgeFrequency, foreground, minutiae, greyUse
    }

    /// - Parameter score: is kept within 0 to 100.
    package init(score: Int, parts: [Part: Double] = [:], hints: [PlacementHint] = []) {
        self.score = min(100, max(0, score))
        self.parts = parts
        self.hints = hints
    }
}

/// What a person can do to make the picture better. A result of looking at a picture, never an error.
package enum PlacementHint: String, CaseIterable, Sendable, Codable {
    /// Nothing lies on the glass.
    case placeFinger
    case pressHarder, pressSofter
    /// Where the finger must go, as the person sees their own hand: up is away from them.
    case moveUp, moveDown, moveLeft, moveRight
    /// The finger lies aslant; it must turn this way round, seen from above.
    case turnClockwise, turnCounterclockwise
    case holdStill
    /// Too wet, and too dry.
    case dryFinger, moistenFinger
    /// Something lies on the glass that is no finger: an old print, dirt.
    case cleanGlass
    case liftFinger
}
