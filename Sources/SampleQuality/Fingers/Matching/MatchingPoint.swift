import EnrolmentCore

/// A minutia as the matcher sees it: with rows running upwards, as its angle does.
struct MatchingPoint: Hashable {
    let x: Float
    let y: Float
    /// Radians, anticlockwise.
    let angle: Float
    let certainty: Float

    init(_ minutia: Minutia) {
        x = Float(minutia.x)
        y = -Float(minutia.y)
        angle = minutia.angle.isFinite ? minutia.angle : 0
        certainty = minutia.certainty.isFinite ? min(1, max(0, minutia.certainty)) : 0
    }
}

/// The difference of two angles, from -pi to pi.
func turn(_ from: Float, _ to: Float) -> Float {
    let difference = (to - from) / (2 * .pi)
    return (difference - difference.rounded()) * 2 * .pi
}
