import EnrolmentCore
import Testing

@Suite struct GrayImageGeometryTests {
    private let numbered = GrayImage(width: 4, height: 3, pixels: (0..<12).map { UInt8($0) }, pixelsPerInch: 500)

    @Test("Inverted twice and turned around twice, a picture is itself again")
    func involutions() {
        #expect(numbered.inverted().inverted() == numbered)
        #expect(numbered.inverted()[1, 0] == 254)
        #expect(numbered.turnedAround().turnedAround() == numbered)
        #expect(numbered.turnedAround()[0, 0] == 11)
    }

    @Test("Padding puts the picture in the middle of white and never takes any of it away")
    func padding() {
        let padded = numbered.padded(toWidth: 7, height: 5)
        #expect(padded.width == 7 && padded.height == 5 && padded.pixelsPerInch == 500)
        #expect(padded.cropped(columns: 1..<5, rows: 1..<4).pixels == numbered.pixels)
        #expect(padded.pixels.count { $0 == 255 } == 35 - 12)
        #expect(numbered.padded(toWidth: 2, height: 9).width == 4)
        #expect(numbered.padded(toWidth: 4, height: 3) == numbered)
    }

    @Test("A turned picture is white outside, keeps all of itself, and comes back", arguments: [-45.0, -10, 3, 30, 45])
    func rotation(degrees: Double) {
        // A soft blot off the middle: its place tells the direction.
        let pixels = (0..<120 * 100).map { index -> UInt8 in
            let (x, y) = (index % 120 - 90, index / 120 - 50)
            return UInt8(255 - 200 / (1 + Double(x * x + y * y) / 200))
        }
        let image = GrayImage(width: 120, height: 100, pixels: pixels, pixelsPerInch: 500)
        let turned = image.rotated(byDegrees: degrees)
        #expect(turned[0, 0] == 255 && turned[turned.width - 1, turned.height - 1] == 255)
        #expect(turned.pixelsPerInch == 500)
        let back = turned.rotated(byDegrees: -degrees)
        let (left, top) = ((back.width - 120) / 2, (back.height - 100) / 2)
        let middle = back.cropped(columns: left..<left + 120, rows: top..<top + 100)
        var worst = 0
        for y in 10..<90 {
            for x in 10..<110 { worst = max(worst, abs(Int(middle[x, y]) - Int(image[x, y]))) }
        }
        #expect(worst <= 12, "\(worst)")
        let darkest = turned.pixels.enumerated().min { $0.element < $1.element }?.offset ?? 0
        // Right of the middle it goes up when turned anticlockwise.
        #expect((darkest / turned.width < turned.height / 2) == (degrees > 0))
    }

    @Test("Turning keeps an even grey inside, and an angle out of range is the nearest in it")
    func evenGrey() {
        let image = GrayImage(width: 60, height: 60, pixels: [UInt8](repeating: 90, count: 3600))
        let turned = image.rotated(byDegrees: 20)
        #expect(turned[turned.width / 2, turned.height / 2] == 90)
        #expect(image.rotated(byDegrees: 80) == image.rotated(byDegrees: 45))
        #expect(image.rotated(byDegrees: 0) == image && image.rotated(byDegrees: .nan) == image)
    }

    @Test("Only greys that five pixels have are counted, and the shares decide as the guideline says")
    func dynamicRange() {
        let ramp = GrayImage(width: 256, height: 5, pixels: (0..<256 * 5).map { UInt8($0 % 256) })
        let thin = GrayImage(width: 256, height: 4, pixels: (0..<256 * 4).map { UInt8($0 % 256) })
        let (full, none) = (DynamicRange(of: ramp), DynamicRange(of: thin))
        #expect(full.levels == 256 && none.levels == 0)
        #expect(DynamicRange.areSufficient([full, full, full, full, full]))
        let mixed = [full, full, full, full, none]
        #expect(DynamicRange.share(of: mixed, from: DynamicRange.wanted) == 0.8)
        #expect(!DynamicRange.areSufficient(mixed) && !DynamicRange.areSufficient([]))
    }
}
