import Foundation

/// One print laid on another: turned and shifted as a whole, then each part a little as skin stretches.
struct PrintAlignment {
    struct Match {
        let first: Int
        let second: Int
        /// 0 at the edge of what is tolerated, to 1, in the very same place and direction.
        let closeness: Float
        /// How alike their surroundings are.
        let similarity: Float
    }

    /// Fewer matches than this happen to any two prints.
    private static let least = 4

    let first: MatchingPrint
    let second: MatchingPrint
    let similarities: [Float]
    private(set) var matches: [Match] = []

    private var rotation: Float
    private var shift: SIMD2<Float>
    /// Where each minutia of the first print comes to lie on the second.
    private var placed: [SIMD2<Float>] = []

    /// How far two minutiae that are the same may lie apart, round after round, in pixels and radians.
    private static let tolerances: [(distance: Float, turn: Float)] = [(22, 0.6), (16, 0.5), (12, 0.42), (10, 0.35)]

    init(
        _ first: MatchingPrint, _ second: MatchingPrint, seed: MinutiaPairs.Pair, pairs: MinutiaPairs
    ) {
        self.first = first
        self.second = second
        similarities = pairs.similarities
        rotation = seed.rotation
        shift = .zero
        let agreeing = pairs.pairs.map { pair in
            (pair.first, pair.second, MinutiaPairs.agreement(seed, pair, first.points, second.points) * pair.weight)
        }
        fit(agreeing.filter { $0.2 > 0 } + [(seed.first, seed.second, seed.weight)])
        for (round, tolerance) in Self.tolerances.enumerated() {
            place(isStretched: round > 0)
            match(within: tolerance)
            guard matches.count >= 2 else { break }
            fit(matches.map { ($0.first, $0.second, 0.3 + $0.closeness) })
        }
    }

    /// The turn and shift with the least squares of distances.
    private mutating func fit(_ pairs: [(first: Int, second: Int, weight: Float)]) {
        var (from, to, total) = (SIMD2<Float>.zero, SIMD2<Float>.zero, Float(0))
        for pair in pairs {
            from += pair.weight * place(of: first.points[pair.first])
            to += pair.weight * place(of: second.points[pair.second])
            total += pair.weight
        }
        guard total > 0 else { return }
        from /= total
        to /= total
        var (along, across) = (Float(0), Float(0))
        for pair in pairs {
            let one = place(of: first.points[pair.first]) - from
            let other = place(of: second.points[pair.second]) - to
            along += pair.weight * (one * other).sum()
            across += pair.weight * (one.x * other.y - one.y * other.x)
            // The directions count too, as if each were an arm of 20 pixels.
            let turned = turn(first.points[pair.first].angle, second.points[pair.second].angle)
            along += pair.weight * 400 * cos(turned)
            across += pair.weight * 400 * sin(turned)
        }
        rotation = atan2(across, along)
        shift = to - turned(from)
    }

    private func place(of point: MatchingPoint) -> SIMD2<Float> { SIMD2(point.x, point.y) }

    private func turned(_ place: SIMD2<Float>) -> SIMD2<Float> {
        let (cosine, sine) = (cos(rotation), sin(rotation))
        return SIMD2(cosine * place.x - sine * place.y, sine * place.x + cosine * place.y)
    }

    /// Each minutia goes along with how far its matched neighbours are off.
    private mutating func place(isStretched: Bool) {
        let (cosine, sine) = (cos(rotation), sin(rotation))
        let rigid = first.points.map { point in
            SIMD2(cosine * point.x - sine * point.y, sine * point.x + cosine * point.y) + shift
        }
        guard isStretched else {
            placed = rigid
            return
        }
        placed = rigid.map { place in
            var (sum, total) = (SIMD2<Float>.zero, Float(0.7))
            for match in matches {
                let gap = rigid[match.first] - place
                let weight = match.closeness / (1 + (gap * gap).sum() / 2500)
                sum += weight * (self.place(of: second.points[match.second]) - rigid[match.first])
                total += weight
            }
            return place + sum / total
        }
    }

    /// Each minutia gets the nearest that is left, the surest pairs first.
    private mutating func match(within tolerance: (distance: Float, turn: Float)) {
        var found: [Match] = []
        let count = second.points.count
        for i in first.points.indices {
            for j in 0..<count {
                let gap = place(of: second.points[j]) - placed[i]
                let square = (gap * gap).sum() / (tolerance.distance * tolerance.distance)
                guard square < 1 else { continue }
                let off = turn(first.points[i].angle + rotation, second.points[j].angle) / tolerance.turn
                guard off * off < 1 else { continue }
                found.append(
                    Match(
                        first: i, second: j, closeness: 1 - (square + off * off) / 2,
                        similarity: similarities[i * count + j]))
            }
        }
        found.sort {
            let (one, other) = ($0.closeness + $0.similarity, $1.closeness + $1.similarity)
            return (other, $0.first, $0.second) < (one, $1.first, $1.second)
        }
        var takenFirst = Set<Int>()
        var takenSecond = Set<Int>()
        matches = found.filter { match in
            guard !takenFirst.contains(match.first), !takenSecond.contains(match.second) else { return false }
            takenFirst.insert(match.first)
            takenSecond.insert(match.second)
            return true
        }
    }
}

extension PrintAlignment {
    /// How much speaks for both prints being of one finger: how many minutiae match and how closely, times how
    /// alike their surroundings are, times the square of the share that matches of what should.
    ///
    /// The share is squared since both prints have to account for what is missing: two fingers full of minutiae
    /// always have some that fit.
    var evidence: Float {
        guard matches.count >= Self.least else { return 0 }
        let closeness = matches.reduce(0) { $0 + $1.closeness }
        // At the rim of a print too little of a minutia's surroundings may be known to compare them.
        let compared = matches.map(\.similarity).filter { $0 > 0 }
        let similarity = compared.reduce(0, +) / Float(max(compared.count, Self.least))
        let matched = Float(2 * matches.count)
        let share = matched / (matched + missing.first + missing.second)
        return closeness * similarity * share * share
    }

    /// Unmatched minutiae where the other print shows skin, by their certainty.
    private var missing: (first: Float, second: Float) {
        let matchedFirst = Set(matches.map(\.first))
        let matchedSecond = Set(matches.map(\.second))
        var result: (first: Float, second: Float) = (0, 0)
        for i in first.points.indices where !matchedFirst.contains(i) && second.hull.distance(to: placed[i]) == 0 {
            result.first += min(1, 0.2 + 1.6 * first.points[i].certainty)
        }
        let (cosine, sine) = (cos(rotation), sin(rotation))
        for j in second.points.indices where !matchedSecond.contains(j) {
            let place = place(of: second.points[j]) - shift
            let back = SIMD2(cosine * place.x + sine * place.y, cosine * place.y - sine * place.x)
            guard first.hull.distance(to: back) == 0 else { continue }
            result.second += min(1, 0.2 + 1.6 * second.points[j].certainty)
        }
        return result
    }
}
