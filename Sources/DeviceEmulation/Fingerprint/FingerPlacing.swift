import Foundation

/// Where a touch puts the finger's ridge map, and where it makes contact.
struct FingerPlacing {
    typealias Place = (x: Float, y: Float)

    private static let pixelsPerMillimetre: Float = 500 / 25.4

    private let shift: Place
    private let cosine: Float
    private let sine: Float
    /// The middle of the contact on the finger, and half its width and height.
    private let middle: Place
    private let radii: Place
    /// How far the outer skin is turned and pulled against the middle.
    private let torsion: Float
    private let traction: Place
    private let warp: (x: SmoothNoise, y: SmoothNoise)
    private let warpReach: Float
    /// A line on the finger beyond which it does not touch: its normal and distance.
    private let limit: (x: Float, y: Float, distance: Float)

    init(_ touch: FingerTouch, size: Float, using random: inout EmulationSeed) {
        func chance(_ range: Float) -> Float { Float.random(in: -range...range, using: &random) }
        let scale = Self.pixelsPerMillimetre
        shift = (
            chance(8) * touch.sway + touch.shift.right * scale, chance(8) * touch.sway + touch.shift.down * scale
        )
        let angle = chance(0.09) * touch.sway + touch.rotation * .pi / 180
        (sine, cosine) = (sin(angle), cos(angle))
        middle = (chance(7) * touch.sway, 8 + chance(10) * touch.sway)
        // A soft pad: its area grows with about the 0.7th power of the pressure.
        let growth = size * pow(touch.pressure, 0.35)
        radii = (
            132 * growth * (1 + chance(0.05) * touch.sway), min(218, 186 * growth * (1 + chance(0.05) * touch.sway))
        )
        torsion = chance(0.1) * touch.stretch
        traction = (chance(9) * touch.stretch, chance(11) * touch.stretch)
        warp = (
            SmoothNoise(cell: 95, side: SyntheticFinger.height, using: &random),
            SmoothNoise(cell: 95, side: SyntheticFinger.height, using: &random)
        )
        warpReach = 5 * touch.stretch
        // From the tip down, or from one side.
        let direction = Float([0.5, 0.5, 0, 1][Int(random.next() % 4)]) * .pi + chance(0.5)
        let normal = (x: cos(direction), y: sin(direction))
        let (reachX, reachY) = (radii.x * normal.x, radii.y * normal.y)
        let reach = (reachX * reachX + reachY * reachY).squareRoot()
        let centre = middle.x * normal.x + middle.y * normal.y
        limit = (normal.x, normal.y, touch.coverage < 1 ? centre + reach * (2 * touch.coverage - 1) : .infinity)
    }

    /// From the glass to the ridge map, both from their middles in pixels of 1/500 inch.
    func place(across: Float, down: Float) -> Place {
        let (dx, dy) = (across - shift.x, down - shift.y)
        let x = cosine * dx + sine * dy
        let y = cosine * dy - sine * dx
        // The middle of the pad sticks to the glass, the skin around it gives way.
        let (fromX, fromY) = (x - middle.x, y - middle.y)
        let distance = (fromX * fromX + fromY * fromY) / (radii.x * radii.y)
        let give = distance / (0.6 + distance)
        let turn = torsion * give
        let place = (
            x: x - turn * fromY + traction.x * give, y: y + turn * fromX + traction.y * give
        )
        guard warpReach > 0 else { return place }
        return (place.x + warpReach * warp.x.value(at: place), place.y + warpReach * warp.y.value(at: place))
    }

    /// How firmly it touches here: 1 at the middle, 0 at the edge, negative beyond.
    ///
    /// A fingertip is round above; below it goes on towards the next joint.
    func firmness(at place: Place) -> Float {
        let x = (place.x - middle.x) / radii.x
        let y = (place.y - middle.y) / radii.y
        let along = y > 0 ? y * y * y * y : y * y
        // Beyond a line that bows a little, as the edge of soft skin does.
        let beside = place.y * limit.x - place.x * limit.y
        let beyond = place.x * limit.x + place.y * limit.y - limit.distance + beside * beside / 900
        let cut = limit.distance.isFinite ? 1 - max(0, beyond / 12 + 1) : 1
        // However hard it is pressed, the ridge map ends somewhere.
        let end = min(
            Float(SyntheticFinger.width) / 2 - 16 - abs(place.x), Float(SyntheticFinger.height) / 2 - 16 - abs(place.y))
        return min(1 - x * x - along, cut, end / 12)
    }
}
