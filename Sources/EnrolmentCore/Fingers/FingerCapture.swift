/// What a scanner is asked to take.
package struct FingerCaptureRequest: Sendable {
    package let position: FingerPosition
    /// How long a person has to put the finger on the glass.
    package let limit: Duration
    package let trigger: FingerTrigger

    package init(_ position: FingerPosition, within limit: Duration, trigger: FingerTrigger = .firstPicture) {
        self.position = position
        self.limit = limit
        self.trigger = trigger
    }
}

/// When a scanner stops looking and takes a picture.
package enum FingerTrigger: Sendable {
    /// The first whole picture, whatever it shows.
    case firstPicture
    /// Pictures are taken while the finger lies on the glass until `judge` calls one good, someone calls
    /// `FingerprintCapturing.trigger`, or `atMost` are taken; then the best of them counts, the last on a tie.
    case automatic(atMost: Int, judge: @Sendable (GrayImage) -> FrameVerdict)
}

/// What is thought of one picture of a finger that still lies on the glass.
package struct FrameVerdict: Hashable, Sendable {
    /// 0 to 100.
    package let score: Int
    package let isGood: Bool
    package let hints: [PlacementHint]

    package init(score: Int, isGood: Bool, hints: [PlacementHint]) {
        self.score = score
        self.isGood = isGood
        self.hints = hints
    }
}

/// What the screen shows of a finger that lies on the glass.
package struct FingerPreview: Hashable, Sendable {
    /// Dark ridges on white, upright; of any size.
    package let image: GrayImage
    /// 0 to 100; nil while nothing measured it.
    package let score: Int?
    package let hints: [PlacementHint]

    package init(image: GrayImage, score: Int?, hints: [PlacementHint]) {
        self.image = image
        self.score = score
        self.hints = hints
    }
}
