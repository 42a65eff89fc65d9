package import EnrolmentCore

/// A template made ready to be compared, for whoever compares one print with many.
package struct MatchingPrint: Sendable {
    let points: [MatchingPoint]
    let cylinders: [MinutiaCylinder]
    let hull: ConvexHull

    /// The surest minutiae that are used.
    private static let most = 100

    package init(_ template: FingerTemplate) {
        let surest =
            template.minutiae.count <= Self.most
            ? template.minutiae
            : Array(template.minutiae.sorted { Self.precedes($0, $1) }.prefix(Self.most))
        // In an order of their own, so that a template's order does not matter.
        points = surest.map(MatchingPoint.init).sorted { ($0.x, $0.y, $0.angle) < ($1.x, $1.y, $1.angle) }
        let points = points
        let hull = ConvexHull(points.map { SIMD2($0.x, $0.y) })
        self.hull = hull
        cylinders = points.indices.map { MinutiaCylinder(around: $0, of: points, in: hull) }
    }

    private static func precedes(_ one: Minutia, _ other: Minutia) -> Bool {
        one.certainty != other.certainty
            ? one.certainty > other.certainty : (one.x, one.y, one.angle) < (other.x, other.y, other.angle)
    }

    /// Puts any two prints into the same order, whichever comes first.
    func precedes(_ other: MatchingPrint) -> Bool {
        if points.count != other.points.count { return points.count < other.points.count }
        for (one, two) in zip(points, other.points) where one != two {
            return (one.x, one.y, one.angle, one.certainty) < (two.x, two.y, two.angle, two.certainty)
        }
        return false
    }
}
