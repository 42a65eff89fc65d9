import EnrolmentCore
import Testing

@testable import DeviceEmulation

@Suite("A drawn face")
struct CameraDrawnFaceTests {
    /// Summed difference of the three channels to the ground at the top left.
    private func distance(_ image: RGBImage, _ x: Int, _ y: Int) -> Int {
        (0..<3).reduce(0) { $0 + abs(Int(image.pixels[3 * (y * image.width + x) + $1]) - Int(image.pixels[$1])) }
    }

    @Test(
        "It has a passport photo's shape: 35 by 45, the head 70 to 80 % of the height, centred",
        arguments: 0..<8 as Range<UInt64>)
    func geometry(seed: UInt64) throws {
        let image = DrawnFace.picture(seed: seed, width: 140)
        #expect((image.width, image.height) == (140, 180))
        let rows = (0..<180).filter { distance(image, 70, $0) > 60 }
        let crown = try #require(rows.first)
        let chin = Int(DrawnFace.chin * 4)
        #expect((0.70...0.80).contains(Double(chin - crown) / 180), "seed \(seed)")
        let eyes = (0..<140).filter { distance(image, $0, 85) > 60 }
        let (left, right) = (try #require(eyes.first), try #require(eyes.last))
        #expect(abs((left + right) / 2 - 70) <= 4)
        // Light grey ground on both sides above the shoulders.
        for (x, y) in [(2, 2), (137, 2), (2, 100), (137, 100)] { #expect(distance(image, x, y) < 40) }
        #expect(image.pixels[0] > 180)
    }

    @Test("A seed always draws the same face, and seeds draw different ones")
    func seeded() {
        let faces = (0..<6).map { DrawnFace.picture(seed: $0, width: 70) }
        #expect(DrawnFace.picture(seed: 3, width: 70) == faces[3])
        #expect(Set(faces).count == faces.count)
    }

    @Test("The smallest size is drawn without a crash")
    func smallest() {
        #expect(DrawnFace.picture(seed: 1, width: 0).width == 35)
    }
}
