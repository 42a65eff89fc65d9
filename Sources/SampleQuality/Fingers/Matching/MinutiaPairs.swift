import Foundation

/// Pairs of minutiae of two prints whose surroundings look alike, each weighed by how well it agrees with the
/// others about where the one print lies on the other.
///
/// Weighing in rounds, where pairs that agree strengthen each other, is the relaxation of minutia cylinder codes
/// (Cappelli, Ferrara and Maltoni, 2010); here distances may differ more the longer they are, as skin stretches.
struct MinutiaPairs {
    struct Pair {
        let first: Int
        let second: Int
        /// How far the second print is turned against the first.
        let rotation: Float
        var weight: Float
    }

    /// The heaviest first.
    private(set) var pairs: [Pair]
    /// How alike the surroundings of each two minutiae are, row by row of the first print.
    let similarities: [Float]

    /// A finger that lies further round than this is laid down again.
    static let furthestTurn: Float = 1.4
    private static let most = 90
    private static let rounds = 5

    init(_ first: MatchingPrint, _ second: MatchingPrint) {
        var similarities = [Float](repeating: 0, count: first.points.count * second.points.count)
        var candidates: [Pair] = []
        for (i, one) in first.points.enumerated() {
            for (j, other) in second.points.enumerated() {
                let rotation = turn(one.angle, other.angle)
                guard abs(rotation) < Self.furthestTurn else { continue }
                let similarity = first.cylinders[i].similarity(second.cylinders[j])
                similarities[i * second.points.count + j] = similarity
                guard similarity > 0.3 else { continue }
                candidates.append(Pair(first: i, second: j, rotation: rotation, weight: similarity))
            }
        }
        self.similarities = similarities
        candidates.sort { ($1.weight, $0.first, $0.second) < ($0.weight, $1.first, $1.second) }
        pairs = Array(candidates.prefix(min(Self.most, first.points.count + second.points.count)))
        relax(first.points, second.points)
        pairs.sort { ($1.weight, $0.first, $0.second) < ($0.weight, $1.first, $1.second) }
    }

    private mutating func relax(_ first: [MatchingPoint], _ second: [MatchingPoint]) {
        let count = pairs.count
        guard count > 1 else { return }
        var agreement = [Float](repeating: 0, count: count * count)
        for one in 0..<count {
            for other in one + 1..<count {
                let value = Self.agreement(pairs[one], pairs[other], first, second)
                agreement[one * count + other] = value
                agreement[other * count + one] = value
            }
        }
        var weights = pairs.map(\.weight)
        for _ in 0..<Self.rounds {
            weights = (0..<count).map { one in
                var sum: Float = 0
                for other in 0..<count { sum += agreement[one * count + other] * weights[other] }
                return 0.5 * weights[one] + 0.5 * sum / Float(count - 1)
            }
        }
        for index in pairs.indices { pairs[index].weight = weights[index] }
    }

    /// 0, they cannot both be true, to 1.
    static func agreement(
        _ one: Pair, _ other: Pair, _ first: [MatchingPoint], _ second: [MatchingPoint]
    ) -> Float {
        guard one.first != other.first, one.second != other.second else { return 0 }
        let turned = abs(turn(one.rotation, other.rotation))
        guard turned < 0.6 else { return 0 }
        let (ax, ay) = (first[other.first].x - first[one.first].x, first[other.first].y - first[one.first].y)
        let (bx, by) = (second[other.second].x - second[one.second].x, second[other.second].y - second[one.second].y)
        let (a, b) = ((ax * ax + ay * ay).squareRoot(), (bx * bx + by * by).squareRoot())
        let stretched = abs(a - b)
        let length = (a + b) / 2
        guard length > 4, stretched < 10 + 0.1 * length else { return 0 }
        let rotation = one.rotation + turn(one.rotation, other.rotation) / 2
        let bearing = abs(turn(rotation, atan2(ax * by - ay * bx, ax * bx + ay * by)))
        return Self.ramp(stretched, from: 4 + 0.04 * length, to: 10 + 0.1 * length)
            * Self.ramp(turned, from: 0.2, to: 0.6)
            * Self.ramp(bearing, from: 0.15 + 4 / length, to: 0.45 + 8 / length)
    }

    private static func ramp(_ value: Float, from full: Float, to none: Float) -> Float {
        min(1, max(0, (none - value) / (none - full)))
    }
}
