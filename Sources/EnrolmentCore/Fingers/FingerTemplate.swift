/// What a matcher keeps of a finger: where its ridges end and fork. It identifies a person, so it is only
/// ever in memory.
package struct FingerTemplate: Hashable, Sendable {
    /// Of the picture that it was made from, in pixels at 500 an inch.
    package let width: Int
    package let height: Int
    package let minutiae: [Minutia]

    package init(width: Int, height: Int, minutiae: [Minutia]) {
        self.width = width
        self.height = height
        self.minutiae = minutiae
    }
}

/// One place where a ridge ends or forks.
package struct Minutia: Hashable, Sendable {
    package enum Kind: Sendable {
        case ending, bifurcation
    }

    package let kind: Kind
    /// Pixels at 500 an inch, from the top left.
    package let x: Int
    package let y: Int
    /// The ridge's direction as ISO/IEC 19794-2 has it: radians from the positive x axis, anticlockwise, 0
    /// up to 2 pi.
    package let angle: Float
    /// 0 to 1, how sure it is.
    package let certainty: Float

    package init(kind: Kind, x: Int, y: Int, angle: Float, certainty: Float) {
        self.kind = kind
        self.x = x
        self.y = y
        self.angle = angle
        self.certainty = certainty
    }
}
