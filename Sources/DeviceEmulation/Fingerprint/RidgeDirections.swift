import Foundation

/// In which direction the ridges of a pattern run at each place.
///
/// Sherlock and Monro's zero-pole model (1993): each loop point turns the ridges by half a turn around
/// itself, each delta turns them back. An arch has neither; its ridges rise and fall once.
struct RidgeDirections {
    private typealias Point = (x: Float, y: Float)

    private var loops: [Point] = []
    /// To which side each loop opens, in radians.
    private var axes: [Float] = []
    private var deltas: [Point] = []
    private var archHeight: Float = 0
    private var archMiddle: Point = (0, 0)
    /// To which side a loop opens: -1 left, 1 right, 0 for no loop.
    private var opening: Float = 0

    init(_ pattern: RidgePattern, using random: inout EmulationSeed) {
        func about(_ middle: Float, _ range: Float) -> Float {
            middle + Float.random(in: -range...range, using: &random)
        }
        let core: Point = (about(0, 14), about(14, 26))
        switch pattern {
        case .arch:
            archHeight = about(0.85, 0.3)
            archMiddle = (core.x, about(-30, 25))
        case .tentedArch:
            loops = [(core.x, core.y - 20)]
            deltas = [(core.x + about(0, 7), core.y - about(88, 22))]
        case .leftLoop, .rightLoop:
            // A loop that opens to the right has its delta on the left.
            opening = pattern == .rightLoop ? 1 : -1
            loops = [core]
            deltas = [(core.x - opening * about(104, 30), core.y - about(138, 34))]
        case .whorl:
            let half = about(17, 12)
            let lean = about(0, 10)
            loops = [(core.x + lean, core.y + half), (core.x - lean, core.y - half)]
            deltas = Self.pair(below: core, about(112, 24), about(112, 24), about(125, 30), about(125, 30))
        case .doubleLoop:
            let side: Float = Bool.random(using: &random) ? 1 : -1
            let (half, width) = (about(30, 8), side * about(26, 7))
            loops = [(core.x + width, core.y + half), (core.x - width, core.y - half)]
            deltas = Self.pair(below: core, about(120, 20), about(120, 20), about(135, 26), about(135, 26))
        }
        axes = loops.indices.map { opening(of: $0) }
    }

    /// Where the ridges at a loop run straight away from it.
    private func opening(of index: Int) -> Float {
        let loop = loops[index]
        var others: Float = 0
        for (other, point) in loops.enumerated() where other != index {
            others += atan2(loop.y - point.y, loop.x - point.x)
        }
        for delta in deltas { others -= atan2(loop.y - delta.y, loop.x - delta.x) }
        return others
    }

    private static func pair(
        below core: Point, _ left: Float, _ right: Float, _ leftDown: Float, _ rightDown: Float
    ) -> [Point] {
        [(core.x - left, core.y - leftDown), (core.x + right, core.y - rightDown)]
    }

    /// The angle in radians, from the picture's right upwards, without an end: half a turn more is the same.
    ///
    /// - Parameters: pixels of 1/500 inch from the finger's middle, y upwards.
    func angle(x: Float, y: Float) -> Float {
        if archHeight > 0 {
            // The steepest flanks lie beside the middle, a little below it.
            let width = (x - archMiddle.x) / 110
            let band = (y - archMiddle.y) / 135
            return atan(-archHeight * 2 * width * exp(-width * width) * exp(-band * band))
        }
        var sum: Float = 0
        for (loop, axis) in zip(loops, axes) {
            let (dx, dy) = (x - loop.x, y - loop.y)
            let turn = atan2(dy, dx)
            // The model's ridges fan out of a loop; real ones run side by side, until far away.
            let distance = (dx * dx + dy * dy) / 8100
            sum += turn - 0.7 * sin(turn - axis) / (1 + distance)
        }
        for delta in deltas { sum -= atan2(y - delta.y, x - delta.x) }
        // The model runs level far away; a real loop leaves its side downwards.
        return sum / 2 - 0.45 * opening * min(1, max(0, opening * x / 120))
    }
}
