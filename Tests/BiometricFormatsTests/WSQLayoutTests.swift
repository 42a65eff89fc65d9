import Testing

@testable import BiometricFormats

@Suite("The wavelet tree of WSQ")
struct WSQLayoutTests {
    @Test("gives the published regions and bands for 500 x 500")
    func publishedGeometry() {
        let layout = WSQLayout(width: 500, height: 500)
        #expect(layout.regions.count == 20)
        #expect(layout.bands.count == 60)
        func box(_ band: Int) -> [Int] {
            let region = layout.bands[band]
            return [region.x, region.y, region.width, region.height]
        }
        #expect(box(0) == [0, 0, 16, 16])
        #expect(box(6) == [32, 32, 31, 31])
        #expect(box(10) == [94, 32, 31, 31])
        #expect(box(24) == [218, 0, 32, 32])
        #expect(box(50) == [94, 218, 31, 32])
        #expect(box(51) == [125, 125, 125, 125])
        #expect(box(55) == [375, 125, 125, 125])
        #expect(box(56) == [0, 250, 125, 125])
    }

    @Test("covers all but the highest quarter exactly once", arguments: [(1, 1), (2, 3), (17, 31), (389, 375)])
    func bandsTile(_ width: Int, _ height: Int) {
        var covered = [Int](repeating: 0, count: width * height)
        for band in WSQLayout(width: width, height: height).bands {
            for y in band.y..<(band.y + band.height) {
                for x in band.x..<(band.x + band.width) { covered[y * width + x] += 1 }
            }
        }
        for y in 0..<height {
            for x in 0..<width {
                let isHighest = x >= width - width / 2 && y >= height - height / 2
                #expect(covered[y * width + x] == (isHighest ? 0 : 1))
            }
        }
    }
}
