import EnrolmentCore
import Testing

@Suite struct GrayImageScalingTests {
    @Test("An even grey stays that grey at any size", arguments: [(0.5, 2.0), (1.0, 1.0), (0.977, 1.319)])
    func evenGrey(factors: (Double, Double)) {
        let image = GrayImage(width: 40, height: 30, pixels: [UInt8](repeating: 137, count: 1200))
        let scaled = image.scaled(horizontallyBy: factors.0, verticallyBy: factors.1, pixelsPerInch: 500)
        #expect(scaled.pixels.allSatisfy { $0 == 137 })
        #expect(scaled.width == Int((40 * factors.0).rounded()) && scaled.height == Int((30 * factors.1).rounded()))
    }

    @Test("A factor of 1 changes nothing")
    func identity() {
        let image = GrayImage(width: 16, height: 16, pixels: (0..<256).map { UInt8($0) })
        #expect(image.scaled(horizontallyBy: 1, verticallyBy: 1, pixelsPerInch: 500).pixels == image.pixels)
    }

    @Test("A slope stays a slope when it is stretched")
    func slope() {
        let image = GrayImage(width: 4, height: 20, pixels: (0..<80).map { UInt8($0 / 4 * 10) })
        let scaled = image.scaled(horizontallyBy: 1, verticallyBy: 2, pixelsPerInch: 500)
        let column = (0..<40).map { Int(scaled[1, $0]) }
        #expect(zip(column, column.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(column[20] == 98 || column[20] == 97)
    }

    @Test("A crop takes just its part, and never more than there is")
    func crop() {
        let image = GrayImage(width: 4, height: 3, pixels: (0..<12).map { UInt8($0) })
        #expect(image.cropped(columns: 1..<3, rows: 1..<3).pixels == [5, 6, 9, 10])
        #expect(image.cropped(columns: 2..<90, rows: 0..<1).pixels == [2, 3])
    }
}
