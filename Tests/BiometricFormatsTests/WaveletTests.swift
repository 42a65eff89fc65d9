import StationTestSupport
import Testing

@testable import BiometricFormats

@Suite("The wavelet transform")
struct WaveletTests {
    @Test(
        "is undone by its inverse, for any size",
        arguments: [(1, 1), (2, 1), (3, 2), (5, 4), (16, 9), (33, 50), (101, 64)])
    func inverse(_ width: Int, _ height: Int) {
        var generator = SeededGenerator(seed: 3)
        let plane = FloatPlane(width: width, height: height)
        let values = (0..<(width * height)).map { _ in Float.random(in: -128...128, using: &generator) }
        for (index, value) in values.enumerated() { plane.base[index] = value }
        let regions = WSQLayout(width: width, height: height).regions
        WaveletAnalysis(plane, filters: .standard).run(regions)
        WaveletSynthesis(plane, filters: .standard).run(regions)
        for (index, value) in values.enumerated() {
            #expect(abs(plane.base[index] - value) < 0.01, "seed 3, index \(index)")
        }
    }

    @Test("leaves a constant in the lowest band alone")
    func constant() {
        let plane = FloatPlane(width: 64, height: 64)
        for index in 0..<4096 { plane.base[index] = 10 }
        let layout = WSQLayout(width: 64, height: 64)
        WaveletAnalysis(plane, filters: .standard).run(layout.regions)
        for (band, region) in layout.bands.enumerated() {
            let value = plane.row(region.y)[region.x]
            // Five steps, each with a gain of two.
            #expect(abs(value - (band == 0 ? 320 : 0)) < 0.01, "band \(band)")
        }
    }

    @Test("mirrors positions at both end samples")
    func mirror() {
        #expect((-4...8).map { WaveletKernels.mirrored($0, 4) } == [2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2])
        #expect(WaveletKernels.mirrored(-3, 1) == 0)
        #expect((-3...3).map { WaveletKernels.mirrored($0, 2) } == [1, 0, 1, 0, 1, 0, 1])
    }
}
