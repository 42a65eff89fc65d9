/// One way of putting a finger on the glass.
package struct FingerTouch: Hashable, Sendable {
    /// Shifts and turns the finger a little; the same seed lies in the same place.
    package var seed: UInt64
    /// 1 is right; 0.6 is a finger that hardly touches, 1.4 one that is pressed too hard.
    package var pressure: Float

    package init(seed: UInt64 = 0, pressure: Float = 1) {
        self.seed = seed
        self.pressure = min(2, max(0.2, pressure))
    }
}

/// Where a touch puts the finger's ridge map, and where it makes contact.
struct FingerPlacing {
    private let shift: (x: Float, y: Float)
    private let cosine: Float
    private let sine: Float
    private let radii: (x: Float, y: Float)

    init(_ touch: FingerTouch, using random: inout EmulationSeed) {
        shift = (Float.random(in: -8...8, using: &random), Float.random(in: -8...8, using: &random))
        let angle = Float.random(in: -0.09...0.09, using: &random)
        // The series suffices for a few degrees.
        sine = angle - angle * angle * angle / 6
        cosine = 1 - angle * angle / 2
        let growth = (touch.pressure - 1) * 0.5 + 1
        radii = (146 * growth, 186 * growth)
    }

    /// From the glass to the ridge map, both from their middles.
    func place(across: Float, down: Float) -> (x: Float, y: Float) {
        (cosine * across - sine * down + shift.x, sine * across + cosine * down + shift.y)
    }

    /// How firmly it touches here: 1 within an oval, 0 outside, with an uneven edge.
    func contact(across: Float, down: Float, patch: Float) -> Float {
        let distance = (across / radii.x) * (across / radii.x) + (down / radii.y) * (down / radii.y)
        // However hard it is pressed, a finger ends somewhere.
        let end = (SyntheticFinger.reach - max(abs(across), abs(down)) + 6 * patch) / 8
        let edge = min((1 - distance) * 5 + patch * 0.5, end)
        return min(1, max(0, edge))
    }
}

/// The picture that a sensor makes of its glass.
package struct FingerGlass: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// The part of the picture that shows the glass; the rest is white.
    let columns: Range<Int>
    let rows: Range<Int>
    private let horizontalPixelsPerInch: Float
    private let verticalPixelsPerInch: Float

    /// 368 x 400 pixels at 500 an inch.
    package static let plain = FingerGlass(
        width: 368, height: 400, columns: 0..<368, rows: 0..<400, horizontalPixelsPerInch: 500,
        verticalPixelsPerInch: 500)
    /// A U.are.U scanner's own picture, upright, its scale as the profile has it.
    package static let uareU = FingerGlass(
        width: 384, height: 290, columns: 15..<372, rows: 0..<289, horizontalPixelsPerInch: 512,
        verticalPixelsPerInch: 379)

    /// The scale, when it is the same both ways.
    var pixelsPerInch: Int? {
        horizontalPixelsPerInch == verticalPixelsPerInch ? Int(horizontalPixelsPerInch) : nil
    }

    var centreX: Float { Float(columns.lowerBound + columns.upperBound) / 2 }
    var centreY: Float { Float(rows.lowerBound + rows.upperBound) / 2 }
    var horizontalScale: Float { 500 / horizontalPixelsPerInch }
    var verticalScale: Float { 500 / verticalPixelsPerInch }
}
