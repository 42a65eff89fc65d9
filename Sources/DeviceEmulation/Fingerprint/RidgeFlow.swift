import Foundation

/// In which direction the ridges run at each place, and how far they are apart.
struct RidgeFlow {
    /// Directions are rounded to this many over half a turn.
    static let directions = 64
    /// Distances are rounded to this many.
    static let spacings = 5

    let side: Int
    /// For each pixel: direction times `spacings` plus spacing.
    let kinds: [UInt16]
    /// Distance from ridge to ridge in pixels, for each spacing.
    let periods: [Float]

    init(pattern: RidgePattern, side: Int, using random: inout EmulationSeed) {
        self.side = side
        let shape = Shape(pattern, using: &random)
        let base = Float.random(in: 8.3...9.6, using: &random)
        periods = (0..<Self.spacings).map { base * (0.88 + 0.06 * Float($0)) }
        let wobble = SmoothNoise(cell: 90, side: side, using: &random)
        let stretch = SmoothNoise(cell: 70, side: side, using: &random)
        var kinds = [UInt16](repeating: 0, count: side * side)
        for row in 0..<side {
            for column in 0..<side {
                let place = (x: Float(column - side / 2), y: Float(row - side / 2))
                let angle = shape.angle(x: place.x, y: -place.y) + 0.16 * wobble.value(at: place)
                let turn = angle / .pi
                let direction = Int(((turn - turn.rounded(.down)) * Float(Self.directions)).rounded()) % Self.directions
                // Ridges lie further apart below the core.
                let spread = 2 + 1.6 * stretch.value(at: place) + 1.2 * place.y / Float(side)
                let spacing = min(Self.spacings - 1, max(0, Int(spread.rounded())))
                kinds[row * side + column] = UInt16(direction * Self.spacings + spacing)
            }
        }
        self.kinds = kinds
    }

    /// Angles over the finger, y upwards, from the singular points.
    private struct Shape {
        private var loops: [(x: Float, y: Float)] = []
        private var deltas: [(x: Float, y: Float)] = []
        private var archHeight: Float = 0
        /// To which side a loop opens: -1 left, 1 right, 0 for no loop.
        private var opening: Float = 0

        init(_ pattern: RidgePattern, using random: inout EmulationSeed) {
            let jitter = { (range: Float, random: inout EmulationSeed) in
                Float.random(in: -range...range, using: &random)
            }
            let core = (x: jitter(14, &random), y: 30 + jitter(18, &random))
            switch pattern {
            case .arch:
                archHeight = 0.8 + jitter(0.25, &random)
            case .leftLoop, .rightLoop:
                // A loop that opens to the right has its delta on the left.
                let sign: Float = pattern == .rightLoop ? -1 : 1
                opening = -sign
                loops = [core]
                deltas = [(core.x + sign * (128 + jitter(20, &random)), core.y - 165 + jitter(20, &random))]
            case .whorl:
                let half = 16 + jitter(9, &random)
                loops = [(core.x, core.y + half), (core.x + jitter(8, &random), core.y - half)]
                deltas = [
                    (core.x - 120 + jitter(15, &random), core.y - 130 + jitter(15, &random)),
                    (core.x + 120 + jitter(15, &random), core.y - 130 + jitter(15, &random)),
                ]
            }
        }

        func angle(x: Float, y: Float) -> Float {
            if archHeight > 0 {
                // The steepest flanks lie beside the middle, a little below it.
                let width = x / 110
                let band = (y + 20) / 130
                return atan(-archHeight * 2 * width * exp(-width * width) * exp(-band * band))
            }
            var sum: Float = 0
            for loop in loops { sum += atan2(y - loop.y, x - loop.x) }
            for delta in deltas { sum -= atan2(y - delta.y, x - delta.x) }
            // The model runs level far away; a real loop leaves its side downwards.
            return sum / 2 - 0.45 * opening * min(1, max(0, opening * x / 120))
        }
    }
}
