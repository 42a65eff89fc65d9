import Foundation

/// What lies around a minutia, seen from its own place and direction, so that it stays the same however the
/// finger is shifted and turned: minutia cylinder codes in bits (Cappelli, Ferrara and Maltoni, 2010).
///
/// The surroundings are a disc of 8 by 8 cells, in six layers, one for each direction that a neighbour may have
/// relative to the minutia. A bit is set where there is a neighbour nearby.
struct MinutiaCylinder {
    private var layers = SIMD8<UInt64>.zero
    /// Cells of the disc about which the print tells something.
    private var known: UInt64 = 0

    private static let side = 8
    private static let layerCount = 6
    private static let radius: Float = 70
    private static let cell = 2 * radius / Float(side)
    /// How blurred a neighbour's place and direction are.
    private static let blur: Float = 9.3
    private static let directionBlur: Float = 0.7
    private static let threshold: Float = 0.01
    /// So far beyond the outermost minutiae a print still tells something.
    private static let hullMargin: Float = 45

    init(around index: Int, of points: [MatchingPoint], in hull: ConvexHull) {
        let middle = points[index]
        let (cosine, sine) = (cos(middle.angle), sin(middle.angle))
        var sums = [Float](repeating: 0, count: Self.side * Self.side * Self.layerCount)
        let reach = Self.radius + 2 * Self.blur
        for (other, point) in points.enumerated() where other != index {
            let (dx, dy) = (point.x - middle.x, point.y - middle.y)
            guard dx * dx + dy * dy < reach * reach else { continue }
            Self.add(
                at: (cosine * dx + sine * dy, cosine * dy - sine * dx), turned: turn(middle.angle, point.angle),
                to: &sums)
        }
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                let (u, v) = (Self.middle(of: column), Self.middle(of: row))
                guard u * u + v * v <= Self.radius * Self.radius else { continue }
                let place = SIMD2(middle.x + cosine * u - sine * v, middle.y + sine * u + cosine * v)
                guard hull.distance(to: place) <= Self.hullMargin else { continue }
                let cell = row * Self.side + column
                known |= 1 << UInt64(cell)
                for layer in 0..<Self.layerCount where sums[cell * Self.layerCount + layer] > Self.threshold {
                    layers[layer] |= 1 << UInt64(cell)
                }
            }
        }
    }

    /// 0, nothing alike, to 1, the same surroundings.
    func similarity(_ other: MinutiaCylinder) -> Float {
        let shared = known & other.known
        guard shared.nonzeroBitCount >= 24 else { return 0 }
        var (mine, theirs, different) = (0, 0, 0)
        for layer in 0..<Self.layerCount {
            let (one, two) = (layers[layer] & shared, other.layers[layer] & shared)
            mine += one.nonzeroBitCount
            theirs += two.nonzeroBitCount
            different += (one ^ two).nonzeroBitCount
        }
        guard mine >= 6, theirs >= 6 else { return 0 }
        return 1 - Self.roots[different] / (Self.roots[mine] + Self.roots[theirs])
    }

    private static func middle(of index: Int) -> Float { (Float(index) + 0.5) * cell - radius }

    private static func add(at place: (u: Float, v: Float), turned: Float, to sums: inout [Float]) {
        let reach = 2.2 * blur
        let columns = cells(place.u - reach, place.u + reach)
        let rows = cells(place.v - reach, place.v + reach)
        var shares = SIMD8<Float>.zero
        for layer in 0..<layerCount {
            let direction = (Float(layer) + 0.5) / Float(layerCount) * 2 * .pi - .pi
            let step = abs(turn(direction, turned)) / .pi * Float(directionShares.count - 1)
            shares[layer] = directionShares[Int(step.rounded())]
        }
        for row in rows {
            for column in columns {
                let (du, dv) = (middle(of: column) - place.u, middle(of: row) - place.v)
                let square = Int(du * du + dv * dv)
                guard square < placeShares.count else { continue }
                let share = placeShares[square]
                let start = (row * side + column) * layerCount
                for layer in 0..<layerCount { sums[start + layer] += share * shares[layer] }
            }
        }
    }

    private static func cells(_ from: Float, _ to: Float) -> Range<Int> {
        let first = max(0, Int(((from + radius) / cell).rounded(.down)))
        let last = min(side - 1, Int(((to + radius) / cell).rounded(.down)))
        return first..<max(first, last + 1)
    }

    private static let roots = (0...64 * layerCount).map { Float($0).squareRoot() }

    /// A bell over the squared distance in pixels.
    private static let placeShares = (0..<Int(2.2 * 2.2 * blur * blur)).map { square in
        exp(-Float(square) / (2 * blur * blur)) / (blur * (2 * Float.pi).squareRoot())
    }

    /// How much of a bell falls into a layer that is turned by 0 to pi.
    private static let directionShares = (0...180).map { degrees -> Float in
        let (middle, half) = (Float(degrees) * .pi / 180, Float.pi / Float(layerCount))
        let scale = directionBlur * Float(2).squareRoot()
        return (erf((middle + half) / scale) - erf((middle - half) / scale)) / 2
    }
}
