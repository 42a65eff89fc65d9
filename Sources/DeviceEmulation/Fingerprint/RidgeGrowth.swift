import Foundation

/// Makes ridges by filtering noise again and again along the flow, until it has arranged itself.
///
/// The filter is a Gabor filter taken apart: a wave across the ridges, then a bell along them, each over
/// a line of pixels. That is 34 products a pixel where the square filter needs over 200.
struct RidgeGrowth {
    private static let rounds = 5
    /// Half lengths of the two lines.
    private static let acrossReach = 9
    private static let alongReach = 7

    /// One line of the filter: which pixels relative to the middle, and how much of each.
    private struct Line {
        var offsets: [Int] = []
        var weights: [Float] = []
    }

    let flow: RidgeFlow

    func ridges(using random: inout EmulationSeed) -> [Float] {
        let side = flow.side
        var map = (0..<side * side).map { _ in Float(Int64(random.next() & 0xFFFF) - 0x8000) / 0x8000 }
        let across = lines(reach: Self.acrossReach, isAcross: true)
        let along = lines(reach: Self.alongReach, isAcross: false)
        for _ in 0..<Self.rounds {
            map = filtered(filtered(map, by: across, gain: 1), by: along, gain: 1)
            let energy = map.reduce(0) { $0 + $1 * $1 } / Float(map.count)
            let gain = 1.4 / max(energy.squareRoot(), 1e-6)
            map = map.map { min(1, max(-1, $0 * gain)) }
        }
        return softened(filtered(map, by: along, gain: 1.1))
    }

    /// Takes out the pixel-wide chequers that lines of whole pixels leave behind.
    private func softened(_ map: [Float]) -> [Float] {
        let side = flow.side
        var result = map
        for row in 1..<side - 1 {
            for index in row * side + 1..<row * side + side - 1 {
                let straight = map[index - 1] + map[index + 1] + map[index - side] + map[index + side]
                let corners =
                    map[index - side - 1] + map[index - side + 1] + map[index + side - 1] + map[index + side + 1]
                result[index] = (4 * map[index] + 2 * straight + corners) / 16
            }
        }
        return result
    }

    /// A line for each direction and spacing, in the flow's order.
    private func lines(reach: Int, isAcross: Bool) -> [Line] {
        (0..<RidgeFlow.directions * RidgeFlow.spacings).map { kind in
            let direction = Float(kind / RidgeFlow.spacings) / Float(RidgeFlow.directions) * .pi
            let period = flow.periods[kind % RidgeFlow.spacings]
            // Rows run downwards, angles upwards.
            let (dx, dy) = isAcross ? (sin(direction), cos(direction)) : (cos(direction), -sin(direction))
            var line = Line()
            for step in -reach...reach {
                let distance = Float(step)
                line.offsets.append(
                    Int((distance * dy).rounded()) * flow.side + Int((distance * dx).rounded()))
                line.weights.append(
                    isAcross
                        ? cos(2 * .pi * distance / period) * exp(-distance * distance / 32)
                        : exp(-distance * distance / 24))
            }
            if isAcross {
                // No answer to an even grey.
                let mean = line.weights.reduce(0, +) / Float(line.weights.count)
                line.weights = line.weights.map { $0 - mean }
            }
            let sum = line.weights.reduce(0) { $0 + abs($1) }
            line.weights = line.weights.map { $0 / sum }
            return line
        }
    }

    /// The edge, as wide as the filter reaches, stays as it is; no touch of the glass shows it.
    private func filtered(_ map: [Float], by lines: [Line], gain: Float) -> [Float] {
        let side = flow.side
        let edge = max(Self.acrossReach, Self.alongReach)
        let length = lines[0].offsets.count
        let offsets = lines.flatMap(\.offsets)
        let weights = lines.flatMap(\.weights)
        var result = map
        // Buffers without bounds checks: 34 products for each of 160 000 pixels, five times over.
        result.withUnsafeMutableBufferPointer { result in
            map.withUnsafeBufferPointer { map in
                offsets.withUnsafeBufferPointer { offsets in
                    weights.withUnsafeBufferPointer { weights in
                        flow.kinds.withUnsafeBufferPointer { kinds in
                            for row in edge..<side - edge {
                                for index in row * side + edge..<row * side + side - edge {
                                    let start = Int(kinds[index]) * length
                                    var sum: Float = 0
                                    for tap in start..<start + length {
                                        sum += weights[tap] * map[index + offsets[tap]]
                                    }
                                    result[index] = sum * gain
                                }
                            }
                        }
                    }
                }
            }
        }
        return result
    }
}
