import Foundation

/// Measures how far ridges are apart: along a line across them, contrast looks most like itself when it is
/// shifted by one period.
struct RidgePeriod {
    let plane: RidgePlane
    let field: RidgeField

    /// Fingers of a child and of a large adult at 500 pixels an inch.
    static let shortest = 4
    static let longest = 18
    private static let reach = 24

    /// Where no period shows, that of the surroundings, and else `usual`.
    func periods() -> BlockGrid<Float> {
        var sums = BlockGrid<Float>(columns: field.columns, rows: field.rows, repeating: 0)
        var weights = sums
        for row in stride(from: 0, to: field.rows, by: 2) {
            for column in stride(from: 0, to: field.columns, by: 2) where field.foreground[column, row] {
                guard let found = measure(column: column, row: row) else { continue }
                sums[column, row] = found.period * found.weight
                weights[column, row] = found.weight
            }
        }
        let total = weights.values.reduce(0, +)
        let usual = total > 0 ? sums.values.reduce(0, +) / total : 9
        sums = sums.blurred(by: 4)
        weights = weights.blurred(by: 4)
        for index in sums.values.indices {
            let little: Float = 0.01
            sums.values[index] = (sums.values[index] + little * usual) / (weights.values[index] + little)
        }
        return sums
    }

    private func measure(column: Int, row: Int) -> (period: Float, weight: Float)? {
        let middle = (x: (Float(column) + 0.5) * Float(blockSide), y: (Float(row) + 0.5) * Float(blockSide))
        let direction = field.direction(atX: middle.x, y: middle.y)
        let profile = profile(at: middle, direction: direction)
        return Self.period(of: profile)
    }

    /// Contrast across the ridges, averaged over 17 pixels along them.
    private func profile(at middle: (x: Float, y: Float), direction: Float) -> [Float] {
        let (cosine, sine) = (cos(direction), sin(direction))
        let bounds = (x: Float(plane.width + RidgePlane.margin - 1), y: Float(plane.height + RidgePlane.margin - 1))
        let least = -Float(RidgePlane.margin)
        return (-Self.reach...Self.reach).map { across in
            var sum: Float = 0
            for along in stride(from: -8, through: 8, by: 2) {
                let x = middle.x + Float(along) * cosine - Float(across) * sine
                let y = middle.y + Float(along) * sine + Float(across) * cosine
                sum +=
                    plane.values[
                        plane.index(Int(min(bounds.x, max(least, x))), Int(min(bounds.y, max(least, y))))]
            }
            return sum / 9
        }
    }

    /// The first shift at which the profile agrees with itself nearly as well as at the best one.
    private static func period(of profile: [Float]) -> (period: Float, weight: Float)? {
        let mean = profile.reduce(0, +) / Float(profile.count)
        let centred = profile.map { $0 - mean }
        let agreement = (0...longest + 1).map { shift -> Float in
            var sum: Float = 0
            for index in 0..<centred.count - shift { sum += centred[index] * centred[index + shift] }
            return sum / Float(centred.count - shift)
        }
        guard agreement[0] > 0.02 else { return nil }
        let peaks = (shortest...longest).filter {
            agreement[$0] > agreement[$0 - 1] && agreement[$0] >= agreement[$0 + 1]
        }
        guard let best = peaks.map({ agreement[$0] }).max(), best > 0.2 * agreement[0],
            let peak = peaks.first(where: { agreement[$0] > 0.75 * best })
        else { return nil }
        let (before, here, after) = (agreement[peak - 1], agreement[peak], agreement[peak + 1])
        let bend = before - 2 * here + after
        let shift = bend < 0 ? 0.5 * (before - after) / bend : 0
        return (Float(peak) + min(0.5, max(-0.5, shift)), here / agreement[0])
    }
}
