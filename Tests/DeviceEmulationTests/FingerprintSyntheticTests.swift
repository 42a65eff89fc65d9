import DeviceEmulation
import EnrolmentCore
import Testing

@Suite struct FingerprintSyntheticTests {
    static let one = SyntheticFinger(seed: 11)
    static let other = SyntheticFinger(seed: 12)

    @Test("The same finger at the same touch is the same picture, in every run")
    func deterministic() {
        #expect(Self.one == SyntheticFinger(seed: 11))
        #expect(Self.one.picture(.everyday(3)) == SyntheticFinger(seed: 11).picture(.everyday(3)))
    }

    @Test("A finger laid down again resembles itself more than another finger")
    func resemblance() {
        let first = Self.one.picture(FingerTouch(seed: 1))
        let again = best(first, Self.one.picture(FingerTouch(seed: 2)))
        let stranger = best(first, Self.other.picture(FingerTouch(seed: 2)))
        #expect(again > 0.35)
        #expect(stranger < 0.3)
    }

    @Test("Ridges lie about nine pixels apart at 500 pixels an inch")
    func period() {
        // Dark runs across the middle of the finger, in both directions.
        let image = Self.one.picture()
        var crossings = 0
        var length = 0
        for y in stride(from: 140, to: 260, by: 4) {
            for x in 110..<250 {
                if (image[x, y] < 128) != (image[x + 1, y] < 128) { crossings += 1 }
                length += 1
            }
        }
        for x in stride(from: 120, to: 240, by: 4) {
            for y in 130..<270 {
                if (image[x, y] < 128) != (image[x, y + 1] < 128) { crossings += 1 }
                length += 1
            }
        }
        // Lines across ridges at all angles meet 2/π as many; two changes make one period.
        let period = Double(length) / Double(crossings) * 2 * 2 / Double.pi
        #expect((6.5...11.5).contains(period), "period \(period)")
    }

    @Test("People in a row have fingers of their own, and each hand has another")
    func people() {
        let fingers = (1...4).flatMap { person in
            [FingerPosition.rightIndex, .leftIndex].map { SyntheticFinger(person: person, position: $0) }
        }
        #expect(Set(fingers).count == 8)
        // Neighbours once grew out of the same noise, a little shifted: their minutiae matched.
        let pictures = fingers.map { $0.picture(FingerTouch(stretch: 0, sway: 0)) }
        for (one, other) in zip(pictures, pictures.dropFirst(2)) { #expect(best(one, other) < 0.35) }
    }

    @Test("Patterns come as often as in people, and loops open towards the little finger")
    func patterns() {
        let right = (0..<4000).map { RidgePattern.random(for: .right, seed: $0) }
        func share(_ pattern: RidgePattern) -> Double { Double(right.count { $0 == pattern }) / 4000 }
        #expect((0.59...0.65).contains(share(.rightLoop)))
        #expect((0.025...0.045).contains(share(.leftLoop)))
        #expect((0.2...0.27).contains(share(.whorl)))
        #expect((0.03...0.06).contains(share(.doubleLoop)))
        #expect((0.02...0.04).contains(share(.tentedArch)))
        #expect((0.025...0.05).contains(share(.arch)))
        let left = (0..<4000).map { RidgePattern.random(for: .left, seed: $0) }
        #expect(left.count { $0 == .leftLoop } > 5 * left.count { $0 == .rightLoop })
    }

    @Test("Worn skin has shallower ridges and so a paler print")
    func wear() {
        let young = FingerMeasures(SyntheticFinger(person: 3, position: .rightIndex).picture())
        let old = FingerMeasures(SyntheticFinger(person: 3, position: .rightIndex, wear: 1).picture())
        #expect(old.darkShare < 0.9 * young.darkShare)
    }

    @Test("A sensor's picture has its own size, and is white where it has no glass")
    func glasses() {
        let touch = FingerTouch(seed: 1, noise: 0.2)
        for (glass, width, height, margin) in [
            (FingerGlass.plain, 368, 400, 0), (.uareU, 384, 290, 15), (.morpho, 416, 416, 70),
            (FingerGlass(width: 300, height: 200), 300, 200, 0),
        ] {
            let image = Self.one.picture(touch, on: glass)
            #expect(image.width == width && image.height == height)
            #expect((0..<height).allSatisfy { y in (0..<margin).allSatisfy { image[$0, y] == 255 } })
            #expect(FingerMeasures(image).darkShare > 0.1)
        }
        #expect(Self.one.picture(on: .uareU).pixelsPerInch == nil)
        #expect(Self.one.picture(on: .morpho).pixelsPerInch == 500)
    }

    /// The best correlation of the middles over shifts of some pixels.
    private func best(_ left: GrayImage, _ right: GrayImage) -> Double {
        var best = 0.0
        for dy in stride(from: -18, through: 18, by: 3) {
            for dx in stride(from: -18, through: 18, by: 3) {
                best = max(best, FingerMeasures.correlation(left, right, right: dx, down: dy))
            }
        }
        return best
    }
}
