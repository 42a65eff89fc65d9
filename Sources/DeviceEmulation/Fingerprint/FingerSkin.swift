import Foundation

/// What of a finger's skin does not touch though it is a ridge: pores, and creases across the ridges. Both
/// belong to the finger and come back with each touch.
struct FingerSkin: Hashable {
    private struct Crease: Hashable {
        /// A point on it, its direction and half its length.
        var x, y, cosine, sine, reach, depth: Float
    }

    private let pores: SmoothNoise
    private let creases: [Crease]

    init(side: Int, using random: inout EmulationSeed) {
        pores = SmoothNoise(cell: 4, side: side, using: &random)
        creases = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            let angle = Float.random(in: -0.6...0.6, using: &random)
            return Crease(
                x: Float.random(in: -90...90, using: &random), y: Float.random(in: -120...130, using: &random),
                cosine: cos(angle), sine: sin(angle), reach: Float.random(in: 15...60, using: &random),
                depth: Float.random(in: 0.7...1.6, using: &random))
        }
    }

    /// How much less the skin touches here than its ridges say, from 0.
    func lack(at place: (x: Float, y: Float)) -> Float {
        var lack = max(0, pores.value(at: place) - 0.25) * 1.4
        for crease in creases {
            let (dx, dy) = (place.x - crease.x, place.y - crease.y)
            let along = abs(dx * crease.cosine + dy * crease.sine)
            let beside = abs(dy * crease.cosine - dx * crease.sine)
            if along < crease.reach, beside < 3 {
                lack += crease.depth * (1 - along / crease.reach) * (1 - beside / 3)
            }
        }
        return lack
    }
}
