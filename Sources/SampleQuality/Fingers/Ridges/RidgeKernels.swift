import Foundation

/// Gabor filters: a wave across the ridges under a bell, one for each direction and period.
struct RidgeKernels: Sendable {
    static let shared = RidgeKernels()

    static let reach = 9
    static let side = 2 * reach + 1
    private static let directions = 48
    private static let shortest: Float = 5
    private static let longest: Float = 14
    /// Each period is this much longer than the one before.
    private static let step: Float = 1.09
    private static let periods = 1 + Int((log(longest / shortest) / log(step)).rounded())

    /// Kernel after kernel, each row by row. An even wave of amplitude 1 in step with it answers 1, an even
    /// grey 0.
    let weights: [Float]

    private init() {
        var weights: [Float] = []
        weights.reserveCapacity(Self.directions * Self.periods * Self.side * Self.side)
        for direction in 0..<Self.directions {
            for period in 0..<Self.periods {
                weights += Self.kernel(
                    direction: Float(direction) / Float(Self.directions) * .pi,
                    period: Self.shortest * pow(Self.step, Float(period)))
            }
        }
        self.weights = weights
    }

    /// Where the kernel for this direction (radians, rows run downwards) and period starts in `weights`.
    func start(direction: Float, period: Float) -> Int {
        let turn = direction / .pi
        let nearest = Int(((turn - turn.rounded(.down)) * Float(Self.directions)).rounded()) % Self.directions
        let ratio = log(max(Self.shortest, period) / Self.shortest) / log(Self.step)
        let length = min(Self.periods - 1, Int(ratio.rounded()))
        return (nearest * Self.periods + length) * Self.side * Self.side
    }

    private static func kernel(direction: Float, period: Float) -> [Float] {
        let (cosine, sine) = (cos(direction), sin(direction))
        // A little less than half a period across tells neighbours apart; along, breaks and pores close.
        let across = min(4, 0.42 * period)
        let along: Float = 4.5
        var waves: [Float] = []
        var bells: [Float] = []
        for y in -reach...reach {
            for x in -reach...reach {
                let u = Float(y) * cosine - Float(x) * sine
                let v = Float(x) * cosine + Float(y) * sine
                bells.append(exp(-u * u / (2 * across * across) - v * v / (2 * along * along)))
                waves.append(cos(2 * .pi * u / period))
            }
        }
        var products: Float = 0
        for index in bells.indices { products += bells[index] * waves[index] }
        let mean = products / bells.reduce(0, +)
        let weights = bells.indices.map { bells[$0] * (waves[$0] - mean) }
        var answer: Float = 0
        for index in weights.indices { answer += weights[index] * waves[index] }
        return weights.map { $0 / answer }
    }
}
