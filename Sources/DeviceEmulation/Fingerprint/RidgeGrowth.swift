import Foundation

/// Makes ridges by filtering noise again and again along the flow, until it has arranged itself.
///
/// Where the ridges' distance or the flow does not let them go on evenly, one ends or splits: minutiae
/// come about by themselves, as in Cappelli, Maio and Maltoni (SFinGe, 2000). The filter is a Gabor filter,
/// one for each kind of ridge; the cells are twice as wide as the pixels of the finger, which is a quarter
/// of the work for the same ridges.
struct RidgeGrowth {
    private static let rounds = 6
    private static let reach = 6
    /// A filter's rows are padded to whole vectors.
    private static let stride = 16

    let flow: RidgeFlow

    /// Heights of `width * height` cells, about -1 in a valley to 1 on a ridge; 0 at the margin, where no
    /// filter fits.
    func ridges(using random: inout EmulationSeed) -> [Float] {
        let filters = filters()
        var map = (0..<flow.width * flow.height).map { _ in
            Float(Int64(random.next() & 0xFFFF) - 0x8000) / 0x8000
        }
        for round in 1...Self.rounds {
            map = filtered(map, by: filters)
            let energy = map.reduce(0) { $0 + $1 * $1 } / Float(map.count)
            let gain = (round == Self.rounds ? 0.75 : 1.4) / max(energy.squareRoot(), 1e-6)
            for index in map.indices { map[index] = min(1, max(-1, map[index] * gain)) }
        }
        return map
    }

    private func filters() -> [SIMD4<Float>] {
        let (reach, stride) = (Self.reach, Self.stride)
        var weights: [Float] = []
        weights.reserveCapacity(RidgeFlow.directions * RidgeFlow.spacings * (2 * reach + 1) * stride)
        for direction in 0..<RidgeFlow.directions {
            let angle = Float(direction) / Float(RidgeFlow.directions) * .pi
            for period in flow.periods { weights += filter(angle: angle, period: period) }
        }
        return Swift.stride(from: 0, to: weights.count, by: 4).map {
            SIMD4(weights[$0], weights[$0 + 1], weights[$0 + 2], weights[$0 + 3])
        }
    }

    private func filter(angle: Float, period: Float) -> [Float] {
        let reach = Self.reach
        let (sine, cosine) = (sin(angle), cos(angle))
        var bells = [Float](repeating: 0, count: (2 * reach + 1) * Self.stride)
        var waves = bells
        for row in -reach...reach {
            for column in -reach...reach {
                // Rows run downwards, angles upwards.
                let (x, y) = (Float(column), -Float(row))
                let (along, across) = (x * cosine + y * sine, y * cosine - x * sine)
                let index = (row + reach) * Self.stride + column + reach
                bells[index] = exp(-across * across / 6.5 - along * along / 9)
                waves[index] = bells[index] * cos(2 * .pi * across / period)
            }
        }
        // No answer to an even grey.
        let mean = waves.reduce(0, +) / bells.reduce(0, +)
        return zip(waves, bells).map { $0 - mean * $1 }
    }

    private func filtered(_ map: [Float], by filters: [SIMD4<Float>]) -> [Float] {
        let (width, reach) = (flow.width, Self.reach)
        let vectors = Self.stride / 4
        let rows = 2 * reach + 1
        var result = [Float](repeating: 0, count: map.count)
        // Raw reads of four values at once: 52 products of vectors for each of 50 000 cells, six times over.
        // The margin of `reach` + 3 keeps the padding inside the map.
        map.withUnsafeBytes { map in
            filters.withUnsafeBufferPointer { filters in
                for row in reach..<flow.height - reach - 1 {
                    for column in reach..<width - reach - 3 {
                        let index = row * width + column
                        var filter = Int(flow.kinds[index]) * rows * vectors
                        var sum = SIMD4<Float>.zero
                        for line in 0..<rows {
                            let first = (row + line - reach) * width + column - reach
                            for vector in 0..<vectors {
                                let values = map.loadUnaligned(
                                    fromByteOffset: (first + 4 * vector) * 4, as: SIMD4<Float>.self)
                                sum += values * filters[filter]
                                filter += 1
                            }
                        }
                        result[index] = sum.sum()
                    }
                }
            }
        }
        return result
    }
}
