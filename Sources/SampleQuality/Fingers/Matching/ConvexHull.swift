/// The smallest convex area around some points: what of a finger a template tells about.
struct ConvexHull {
    /// Anticlockwise; fewer than three when the points lie on a line.
    private let corners: [SIMD2<Float>]

    /// Andrew's monotone chain.
    init(_ points: [SIMD2<Float>]) {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        let lower = Self.chain(sorted)
        let upper = Self.chain(sorted.reversed())
        corners = sorted.count < 3 ? sorted : lower.dropLast() + upper.dropLast()
    }

    /// How far a point lies outside the area, 0 within.
    func distance(to point: SIMD2<Float>) -> Float {
        guard var before = corners.last else { return .infinity }
        var isInside = corners.count >= 3
        var nearest = Float.infinity
        for corner in corners {
            let side = corner - before
            let offset = point - before
            if side.x * offset.y - side.y * offset.x < 0 { isInside = false }
            let length = (side * side).sum()
            let along = length > 0 ? min(1, max(0, (side * offset).sum() / length)) : 0
            let rest = offset - side * along
            nearest = min(nearest, (rest * rest).sum())
            before = corner
        }
        return isInside ? 0 : nearest.squareRoot()
    }

    private static func chain(_ points: some Sequence<SIMD2<Float>>) -> [SIMD2<Float>] {
        var chain: [SIMD2<Float>] = []
        for point in points {
            while chain.count >= 2 {
                let one = chain[chain.count - 1] - chain[chain.count - 2]
                let two = point - chain[chain.count - 1]
                if one.x * two.y - one.y * two.x > 0 { break }
                chain.removeLast()
            }
            chain.append(point)
        }
        return chain
    }
}
