package import EnrolmentCore

/// A finger that belongs to nobody: ridges that grow out of noise along a flow with the whorls, loops
/// and arches of real fingers.
///
/// It is made once, at 500 pixels an inch, and then shown as often as wanted: each `picture` lays it on
/// the glass as a `FingerTouch` says. The same person and position give the same finger in every run.
package struct SyntheticFinger: Hashable, Sendable {
    package let pattern: RidgePattern
    /// Heights of `width * height` pixels, -100 in a valley to 100 on a ridge.
    let ridges: [Int8]
    let skin: FingerSkin
    /// How wide its pad is, 1 for an index finger.
    let size: Float
    let seed: UInt64

    /// The sides of the ridge map in pixels, 20 mm by 25 mm.
    static let width = 400
    static let height = 500

    /// - Parameters:
    ///   - person: any number that stands for one synthetic person.
    ///   - wear: 0 for young skin to 1 for the shallow ridges and many creases of old or worked skin.
    package init(person: UInt64, position: FingerPosition, wear: Float = 0) {
        let sizes: [FingerPosition.Digit: Float] = [.thumb: 1.2, .middle: 1.03, .little: 0.84]
        // Drawn, since seeds that lie a multiple of the generator's step apart give the same numbers, shifted.
        var random = EmulationSeed(person)
        self.init(
            seed: random.next() &+ UInt64(position.rawValue), hand: position.hand,
            size: sizes[position.digit] ?? 1, wear: wear)
    }

    /// - Parameter hand: loops open towards the little finger, so most loops of a right hand open to the
    ///   right in the picture and those of a left hand to the left.
    package init(seed: UInt64, hand: FingerPosition.Hand = .right) {
        self.init(seed: seed, hand: hand, size: 1, wear: 0)
    }

    private init(seed: UInt64, hand: FingerPosition.Hand, size: Float, wear: Float) {
        var random = EmulationSeed(seed)
        self.seed = seed
        pattern = RidgePattern.random(for: hand, using: &random)
        let flow = RidgeFlow(
            pattern: pattern, width: Self.width / RidgeFlow.cell, height: Self.height / RidgeFlow.cell,
            using: &random)
        let cells = RidgeGrowth(flow: flow).ridges(using: &random)
        ridges = Self.doubled(cells, width: flow.width, height: flow.height)
        self.size = size * Float.random(in: 0.92...1.08, using: &random)
        skin = FingerSkin(
            on: ridges, width: Self.width, height: Self.height, wear: min(1, max(0, wear)), using: &random)
    }

    /// The finger on the glass.
    ///
    /// - Parameter frame: a scanner that takes picture after picture of a finger that lies still gets the
    ///   same picture with other noise.
    package func picture(
        _ touch: FingerTouch = FingerTouch(), on glass: FingerGlass = .plain, frame: Int = 0
    ) -> GrayImage {
        FingerImpression(of: self, touch: touch, on: glass).picture(frame: frame)
    }

    /// Twice as wide and high; the values between come from the three nearest on each side, as a wave of
    /// four cells needs.
    private static func doubled(_ cells: [Float], width: Int, height: Int) -> [Int8] {
        let reach = 2
        let between = { (cells: [Float], index: Int, step: Int) -> Float in
            (150 * (cells[index] + cells[index + step]) - 25 * (cells[index - step] + cells[index + 2 * step])
                + 3 * (cells[index - 2 * step] + cells[index + 3 * step])) / 256
        }
        var wide = [Float](repeating: 0, count: 2 * width * height)
        for row in 0..<height {
            for column in reach..<width - reach - 1 {
                let index = row * width + column
                wide[2 * index] = cells[index]
                wide[2 * index + 1] = between(cells, index, 1)
            }
        }
        let side = 2 * width
        var map = [Int8](repeating: 0, count: 2 * side * height)
        for row in reach..<height - reach - 1 {
            for column in 0..<side {
                let index = row * side + column
                let low = 2 * row * side + column
                map[low] = Int8(max(-100, min(100, 100 * wide[index])))
                map[low + side] = Int8(max(-100, min(100, 100 * between(wide, index, side))))
            }
        }
        return map
    }
}
