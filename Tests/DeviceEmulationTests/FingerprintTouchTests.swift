import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

/// Each value of a touch does to the picture what it says, and nothing draws outside the numbers.
@Suite struct FingerprintTouchTests {
    static let finger = SyntheticFinger(seed: 21)

    /// A touch that lies exactly where it is put.
    private func still(_ change: (inout FingerTouch) -> Void = { _ in }) -> FingerTouch {
        var touch = FingerTouch(seed: 5, stretch: 0, sway: 0)
        change(&touch)
        return touch
    }

    private func measures(_ change: (inout FingerTouch) -> Void = { _ in }) -> FingerMeasures {
        FingerMeasures(Self.finger.picture(still(change)))
    }

    @Test("More of the finger touches, and darker, the harder it is pressed")
    func pressure() {
        let steps = [0.3, 0.6, 1, 1.5].map { pressure in measures { $0.pressure = Float(pressure) } }
        for (lighter, harder) in zip(steps, steps.dropFirst()) {
            #expect(lighter.touchedBlocks < harder.touchedBlocks)
            #expect(lighter.darkShare < harder.darkShare)
        }
        #expect(Double(steps[0].touchedBlocks) < 0.6 * Double(steps[2].touchedBlocks))
    }

    @Test("Water fills the valleys; dry ridges break up")
    func moisture() {
        let (dry, right, wet) = (measures { $0.moisture = -0.9 }, measures(), measures { $0.moisture = 0.9 })
        #expect(wet.lightShare < 0.5 * right.lightShare)
        #expect(dry.darkShare < 0.6 * right.darkShare)
        #expect(wet.sharpness < right.sharpness)
    }

    @Test("Turning the finger turns its ridges by as much, up to 45° either way", arguments: [-45.0, -20, 25, 45])
    func rotation(degrees: Double) {
        let straight = Self.finger.picture(still())
        let turned = Self.finger.picture(still { $0.rotation = Float(degrees) })
        var differences: [Double] = []
        for (dx, dy) in [(0.0, -90.0), (60, 60), (-60, 60), (70, -40), (-70, -40), (0, 110)] {
            let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
            let before = FingerMeasures.direction(straight, x: 184 + Int(dx), y: 200 + Int(dy))
            let after = FingerMeasures.direction(
                turned, x: 184 + Int((cosine * dx - sine * dy).rounded()),
                y: 200 + Int((sine * dx + cosine * dy).rounded()))
            // Clockwise in the picture is against the sense of the angles.
            var difference = (before - after - degrees).truncatingRemainder(dividingBy: 180)
            if difference > 90 { difference -= 180 }
            if difference < -90 { difference += 180 }
            differences.append(abs(difference))
        }
        #expect(differences.sorted()[3] < 5, "off by \(differences)")
    }

    @Test("Shifting the finger shifts its picture by as much")
    func shift() {
        let middle = Self.finger.picture(still())
        let pixel = Float(25.4 / 500)
        let moved = Self.finger.picture(
            still { $0.shift = FingerTouch.Shift(right: 40 * pixel, down: -30 * pixel) })
        #expect(FingerMeasures.correlation(middle, moved, right: 40, down: -30) > 0.95)
        #expect(FingerMeasures.correlation(middle, moved, right: 0, down: 0) < 0.5)
    }

    @Test("A part of the finger touches less of the glass")
    func coverage() {
        let (all, half, little) = (measures(), measures { $0.coverage = 0.5 }, measures { $0.coverage = 0.3 })
        #expect(half.touchedBlocks * 10 < all.touchedBlocks * 7)
        #expect(little.touchedBlocks < half.touchedBlocks)
        #expect(little.touchedBlocks > 0)
    }

    @Test("The skin gives way differently at each touch")
    func stretch() {
        let straight = Self.finger.picture(still())
        let pulled = Self.finger.picture(still { $0.stretch = 2 })
        #expect(FingerMeasures.correlation(straight, pulled, right: 0, down: 0) < 0.9)
    }

    @Test("Sliding blurs; noise reaches the empty glass")
    func disturbances() {
        let right = measures()
        #expect(measures { $0.slide = 0.6 }.sharpness < 0.7 * right.sharpness)
        let noisy = Self.finger.picture(still { $0.noise = 0.5 })
        #expect((0..<20).contains { noisy[$0, 2] < 240 })
        let clean = Self.finger.picture(still())
        #expect((0..<20).allSatisfy { clean[$0, 2] > 240 })
    }

    @Test("A finger that lies still gives the same picture again and again, with other noise")
    func frames() {
        let (first, second) = (Self.finger.picture(still()), Self.finger.picture(still(), frame: 1))
        #expect(first != second)
        let differences = zip(first.pixels, second.pixels).map { abs(Int($0) - Int($1)) }
        #expect(differences.reduce(0, +) < 3 * differences.count)
    }

    @Test("Values beyond all bounds, and no numbers at all, are drawn as the nearest that can be")
    func bounds() {
        for value in [Float.nan, .infinity, -.infinity, 1e30] {
            let touch = FingerTouch(
                pressure: value, moisture: value, rotation: value, shift: FingerTouch.Shift(right: value, down: value),
                coverage: value, stretch: value, slide: value, noise: value, sway: value)
            let image = Self.finger.picture(touch)
            #expect(image.width == 368)
        }
    }

    @Test("A flaw of no severity is none, and each flaw changes the picture", arguments: FingerFlaw.allCases)
    func flaws(flaw: FingerFlaw) {
        let none = FingerTouch(seed: 4)
        #expect(none.with(flaw, severity: 0) == none)
        #expect(Self.finger.picture(none.with(flaw, severity: 0.8)) != Self.finger.picture(none))
    }

    @Test("Everyday touches stay within 4 mm, 25° and what can be read, and the graded ones have every flaw")
    func series() {
        let touches = (0..<500).map(FingerTouch.everyday)
        #expect(Set(touches).count == 500)
        for touch in touches {
            #expect(abs(touch.shift.right) <= 4 && abs(touch.shift.down) <= 4 && abs(touch.rotation) <= 25)
            #expect((0.5...1.5).contains(touch.pressure) && abs(touch.moisture) <= 0.8)
        }
        #expect(touches.contains { abs($0.rotation) > 15 } && touches.contains { $0.shift.right > 2 })
        let graded = (0..<168).map(FingerTouch.graded)
        #expect(graded.contains { $0.pressure < 0.25 } && graded.contains { $0.pressure > 1.9 })
        #expect(graded.contains { $0.moisture == 1 } && graded.contains { $0.moisture == -1 })
        #expect(graded.contains { $0.noise == 1 } && graded.contains { $0.slide > 0.5 })
        #expect(graded.contains { $0.coverage < 0.45 })
    }
}
