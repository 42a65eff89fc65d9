import DeviceEmulation
import EnrolmentCore
import Testing

@Suite struct FingerprintSyntheticTests {
    static let one = SyntheticFinger(seed: 11)
    static let other = SyntheticFinger(seed: 12)

    @Test("The same finger at the same touch is the same picture, in every run")
    func deterministic() {
        #expect(Self.one.picture() == SyntheticFinger(seed: 11).picture())
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
        #expect((7.0...11.5).contains(period), "period \(period)")
    }

    @Test("Pressing harder darkens more of the glass; a corner stays white")
    func pressure() {
        let light = mean(Self.one.picture(FingerTouch(pressure: 0.6)))
        let right = mean(Self.one.picture())
        let hard = mean(Self.one.picture(FingerTouch(pressure: 1.5)))
        #expect(light > right && right > hard)
        #expect(Self.one.picture()[2, 2] > 235)
    }

    @Test("Both fingers of two people all differ, and loops open towards the little finger")
    func variety() {
        let fingers = (1...2).flatMap { person in
            [FingerPosition.rightIndex, .leftIndex].map { SyntheticFinger(person: person, position: $0) }
        }
        #expect(Set(fingers).count == 4)
        let right = (0..<200).map { RidgePattern.random(for: .right, seed: $0) }
        #expect(right.count { $0 == .rightLoop } > 5 * right.count { $0 == .leftLoop })
        #expect(Set(right) == Set(RidgePattern.allCases))
    }

    private func mean(_ image: GrayImage) -> Int {
        image.pixels.reduce(0) { $0 + Int($1) } / image.pixels.count
    }

    /// The best correlation of the middles over shifts of some pixels.
    private func best(_ left: GrayImage, _ right: GrayImage) -> Double {
        var best = 0.0
        for dy in stride(from: -18, through: 18, by: 2) {
            for dx in stride(from: -18, through: 18, by: 2) { best = max(best, correlation(left, right, dx, dy)) }
        }
        return best
    }

    private func correlation(_ left: GrayImage, _ right: GrayImage, _ dx: Int, _ dy: Int) -> Double {
        var (sumL, sumR, squareL, squareR, product, count) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for y in stride(from: 150, to: 250, by: 3) {
            for x in stride(from: 134, to: 234, by: 3) {
                let (l, r) = (Double(left[x, y]), Double(right[x + dx, y + dy]))
                sumL += l
                sumR += r
                squareL += l * l
                squareR += r * r
                product += l * r
                count += 1
            }
        }
        let spread = ((squareL - sumL * sumL / count) * (squareR - sumR * sumR / count)).squareRoot()
        return spread > 0 ? (product - sumL * sumR / count) / spread : 0
    }
}
