/// A point of ink in pixels, with half the width of the line there.
struct InkPoint: Hashable {
    var x: Double
    var y: Double
    var radius: Double
}

/// The curve that a pen drew between the moments at which the pad looked.
enum InkCurve {
    /// The longest piece of the result, in pixels.
    private static let step = 2.0
    private static let mostPieces = 32

    /// A polyline along a Catmull-Rom curve, which goes through every point.
    static func through(_ points: [InkPoint]) -> [InkPoint] {
        guard points.count > 2 else { return points }
        var line = [points[0]]
        for index in 1..<points.count {
            let from = points[index - 1]
            let to = points[index]
            let before = points[max(0, index - 2)]
            let after = points[min(points.count - 1, index + 1)]
            let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
            let pieces = max(1, min(mostPieces, Int(min(length / step, Double(mostPieces)).rounded(.up))))
            for piece in 1..<max(1, pieces) {
                let t = Double(piece) / Double(pieces)
                line.append(
                    InkPoint(
                        x: interpolate(before.x, from.x, to.x, after.x, t),
                        y: interpolate(before.y, from.y, to.y, after.y, t),
                        radius: from.radius + t * (to.radius - from.radius)))
            }
            line.append(to)
        }
        return line
    }

    private static func interpolate(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double) -> Double {
        let linear = c - a
        let square = 2 * a - 5 * b + 4 * c - d
        let cube = 3 * (b - c) + d - a
        return b + t * (linear + t * (square + t * cube)) / 2
    }
}
