import EnrolmentCore
import Foundation

/// One finger on one glass: what the sensor sees of it.
///
/// Skin touches where its height lies above a limit. Pressure and water move the limit, pores and creases
/// lower the skin, roughness makes the border ragged; the lens blurs what comes of it and the sensor adds
/// its noise.
struct FingerImpression {
    private let finger: SyntheticFinger
    private let touch: FingerTouch
    private let glass: FingerGlass
    private let placing: FingerPlacing
    /// Where the skin is better or worse than elsewhere, in drops, and grain by grain.
    private let patches: SmoothNoise
    private let drops: SmoothNoise
    private let grain: FingerGrain
    private let slideAngle: Float

    /// Pixels from knot to knot.
    private static let step = 8

    private var wet: Float { max(0, touch.moisture) }
    private var dry: Float { max(0, -touch.moisture) }

    init(of finger: SyntheticFinger, touch: FingerTouch, on glass: FingerGlass) {
        self.finger = finger
        let touch = touch.bounded
        self.touch = touch
        self.glass = glass
        var random = EmulationSeed(finger.seed ^ touch.seed &* 0xD1B5_4A32_D192_ED03 &+ 1)
        placing = FingerPlacing(touch, size: finger.size, using: &random)
        patches = SmoothNoise(cell: 40, side: 600, using: &random)
        drops = SmoothNoise(cell: 13, side: 600, using: &random)
        grain = FingerGrain(using: &random)
        slideAngle = Float.random(in: 0...2 * .pi, using: &random)
    }

    func picture(frame: Int) -> GrayImage {
        var plane = darkness()
        plane.blur(times: 1 + Int(3 * wet))
        if touch.slide > 0 {
            let length = touch.slide * 500 / 25.4
            plane.slide(
                across: length * cos(slideAngle) / glass.horizontalScale,
                down: length * sin(slideAngle) / glass.verticalScale)
        }
        var random = EmulationSeed(finger.seed &+ touch.seed &* 31 &+ UInt64(truncatingIfNeeded: frame) &* 0x9E37_79B9)
        let strength = 5 + 400 * touch.noise
        var pixels = [UInt8](repeating: 255, count: glass.width * glass.height)
        for y in glass.rows {
            for x in glass.columns {
                let index = y * glass.width + x
                let bits = random.next()
                // The sum of four even numbers lies nearly on a bell.
                let sum = (bits & 0xFF) + (bits >> 8 & 0xFF) + (bits >> 16 & 0xFF) + (bits >> 24 & 0xFF)
                let noise = (Float(sum) / 510 - 1) * strength
                pixels[index] = UInt8(min(255, max(0, 255 - plane.values[index] - noise)))
            }
        }
        return GrayImage(
            width: glass.width, height: glass.height, pixels: pixels, pixelsPerInch: glass.pixelsPerInch)
    }

    /// How much darker than the empty glass each pixel is.
    private func darkness() -> FingerPlane {
        var values = [Float](repeating: 0, count: glass.width * glass.height)
        let step = Self.step
        finger.ridges.withUnsafeBufferPointer { ridges in
            finger.skin.lack.withUnsafeBufferPointer { lack in
                for top in stride(from: glass.rows.lowerBound, to: glass.rows.upperBound, by: step) {
                    let knots = [knots(row: top), knots(row: top + step)]
                    for y in top..<min(top + step, glass.rows.upperBound) {
                        let share = Float(y - top) / Float(step)
                        for (index, x) in glass.columns.enumerated() {
                            let (knot, part) = (index / step, Float(index % step) / Float(step))
                            let left = knots[0][knot] + (knots[1][knot] - knots[0][knot]) * share
                            let right = knots[0][knot + 1] + (knots[1][knot + 1] - knots[0][knot + 1]) * share
                            let spot = left + (right - left) * part
                            if spot[2] > 0 { values[y * glass.width + x] = darkness(at: spot, ridges, lack) }
                        }
                    }
                }
            }
        }
        return FingerPlane(width: glass.width, height: glass.height, values: values)
    }

    /// What changes slowly, at every eighth pixel of a row: place on the finger (x, y), firmness, patch, drop.
    private func knots(row: Int) -> [SIMD8<Float>] {
        let down = (Float(row) - glass.centreY) * glass.verticalScale
        return stride(from: glass.columns.lowerBound, through: glass.columns.upperBound + Self.step, by: Self.step).map
        {
            let place = placing.place(across: (Float($0) - glass.centreX) * glass.horizontalScale, down: down)
            let patch = patches.value(at: place)
            return SIMD8(
                place.x, place.y, placing.firmness(at: place) + 0.06 * patch, patch, drops.value(at: place), 0, 0, 0)
        }
    }

    private func darkness(
        at spot: SIMD8<Float>, _ ridges: UnsafeBufferPointer<Int8>, _ lack: UnsafeBufferPointer<UInt8>
    ) -> Float {
        let place = (x: spot[0], y: spot[1])
        let (firmness, patch, drop) = (spot[2], spot[3], spot[4])
        let rough = grain.value(at: place)
        let (height, missing) = Self.sample(ridges, lack, at: place)
        // Towards the edge only the highest touch.
        let edge = min(1, firmness * 9)
        var limit = (touch.pressure - 1) * 0.75 + 0.3 * min(1, firmness) - 0.1 - (1 - edge) * 1.1
        limit += 0.22 * patch + wet * (0.4 + 2.2 * max(0, drop + 0.5 * patch))
        limit -= dry * (0.5 + 1.4 * max(0, drop))
        let fill = max(0, 1 - 0.6 * wet - 0.3 * max(0, touch.pressure - 1))
        let skin =
            height * finger.skin.depth - missing * fill * (1 + 0.6 * dry) + rough * (finger.skin.roughness + 0.9 * dry)
        let ink = 1 / (1 + exp(-7 * (skin + limit)))
        let background = edge * (5 + 45 * wet + 25 * max(0, touch.pressure - 1))
        let full = 210 - 45 * dry - 40 * max(0, 1 - touch.pressure) + 14 * patch
        return background + ink * (full - background)
    }

    /// Between the four nearest values: how high the skin is, and how much of it does not touch.
    private static func sample(
        _ ridges: UnsafeBufferPointer<Int8>, _ lack: UnsafeBufferPointer<UInt8>, at place: FingerPlacing.Place
    ) -> (height: Float, missing: Float) {
        let width = SyntheticFinger.width
        let x = place.x + Float(width) / 2
        let y = place.y + Float(SyntheticFinger.height) / 2
        guard x >= 0, y >= 0, x < Float(width - 1), y < Float(SyntheticFinger.height - 1) else { return (-1, 0) }
        let (column, row) = (Int(x), Int(y))
        let (right, low) = (x - Float(column), y - Float(row))
        let index = row * width + column
        let weights = (
            (1 - right) * (1 - low), right * (1 - low), (1 - right) * low, right * low
        )
        let height =
            Float(ridges[index]) * weights.0 + Float(ridges[index + 1]) * weights.1
            + Float(ridges[index + width]) * weights.2 + Float(ridges[index + width + 1]) * weights.3
        let missing =
            Float(lack[index]) * weights.0 + Float(lack[index + 1]) * weights.1
            + Float(lack[index + width]) * weights.2 + Float(lack[index + width + 1]) * weights.3
        return (height / 100, missing / 128)
    }
}
