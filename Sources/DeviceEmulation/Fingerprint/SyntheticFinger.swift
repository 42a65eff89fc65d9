package import EnrolmentCore
import Foundation

/// A finger that belongs to nobody: ridges that grow out of noise along a flow with the whorls, loops
/// and arches of real fingers.
///
/// It is made once, at 500 pixels an inch, and then shown as often as wanted: each `picture` lays it on
/// the glass a little differently. The same person and position give the same finger in every run.
///
/// The flow is Sherlock and Monro's zero-pole model (1993); growing ridges by repeated filtering along
/// it follows Cappelli, Maio and Maltoni (SFinGe, 2000).
package struct SyntheticFinger: Hashable, Sendable {
    package let pattern: RidgePattern
    /// `side * side` values, -1 in a valley to 1 on a ridge.
    let ridges: [Float]
    private let skin: FingerSkin
    private let seed: UInt64

    /// Sides of the ridge map in pixels, about 20 mm.
    static let side = 400
    /// How far from its middle the ridges are well grown.
    static let reach: Float = 184

    /// - Parameter person: any number that stands for one synthetic person.
    package init(person: UInt64, position: FingerPosition) {
        self.init(seed: person &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(position.rawValue), hand: position.hand)
    }

    /// - Parameter hand: loops open towards the little finger, so most loops of a right hand open to the
    ///   right in the picture and those of a left hand to the left.
    package init(seed: UInt64, hand: FingerPosition.Hand = .right) {
        var random = EmulationSeed(seed)
        self.seed = seed
        pattern = RidgePattern.random(for: hand, using: &random)
        let flow = RidgeFlow(pattern: pattern, side: Self.side, using: &random)
        ridges = RidgeGrowth(flow: flow).ridges(using: &random)
        skin = FingerSkin(side: Self.side, using: &random)
    }

    /// The finger on the glass.
    package func picture(_ touch: FingerTouch = FingerTouch(), on glass: FingerGlass = .plain) -> GrayImage {
        var random = EmulationSeed(seed ^ touch.seed &* 0xD1B5_4A32_D192_ED03 &+ 1)
        let placing = FingerPlacing(touch, using: &random)
        let patches = SmoothNoise(cell: 30, side: Self.side + 200, using: &random)
        var pixels = [UInt8](repeating: 255, count: glass.width * glass.height)
        for y in glass.rows {
            for x in glass.columns {
                // Along the finger in pixels of 1/500 inch, from the middle of the glass.
                let across = (Float(x) - glass.centreX) * glass.horizontalScale
                let down = (Float(y) - glass.centreY) * glass.verticalScale
                let place = placing.place(across: across, down: down)
                let patch = patches.value(at: place)
                let contact = placing.contact(across: place.x, down: place.y, patch: patch)
                let grain = Float(random.next() & 0xFF) / 255 - 0.5
                let ridge = ridge(at: place) - skin.lack(at: place)
                pixels[y * glass.width + x] = Self.grey(
                    ridge: ridge, contact: contact, pressure: touch.pressure, patch: patch, grain: grain)
            }
        }
        return GrayImage(
            width: glass.width, height: glass.height, pixels: pixels, pixelsPerInch: glass.pixelsPerInch)
    }

    /// A ridge darkens where it touches; pressing makes it broader, a dry patch lighter.
    private static func grey(ridge: Float, contact: Float, pressure: Float, patch: Float, grain: Float) -> UInt8 {
        let width = ridge + (pressure - 1) * 0.6 + patch * 0.2 + 0.05
        let ink = 1 / (1 + exp(-5 * width))
        let darkness = contact * (ink * (155 + 20 * patch) + 18) + grain * (4 + 14 * contact)
        return UInt8(min(255, max(0, 246 - darkness)))
    }

    /// Between the four nearest values.
    private func ridge(at place: (x: Float, y: Float)) -> Float {
        let x = place.x + Float(Self.side) / 2
        let y = place.y + Float(Self.side) / 2
        guard x >= 0, y >= 0, x < Float(Self.side - 1), y < Float(Self.side - 1) else { return -1 }
        let (column, row) = (Int(x), Int(y))
        let (right, low) = (x - Float(column), y - Float(row))
        let index = row * Self.side + column
        let upper = ridges[index] * (1 - right) + ridges[index + 1] * right
        let lower = ridges[index + Self.side] * (1 - right) + ridges[index + Self.side + 1] * right
        return upper * (1 - low) + lower * low
    }
}
