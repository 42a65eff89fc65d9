import DeviceEmulation
import EnrolmentCore
import Foundation
import SampleQuality
import Testing

@Suite("MinutiaFinder")
struct MinutiaFinderTests {
    private let finder = MinutiaFinder()

    /// Ridges, dark on white, wherever the phase is a multiple of two pi.
    private func drawing(
        width: Int = 240, height: Int = 240, _ phase: (_ x: Float, _ y: Float) -> Float
    ) -> GrayImage {
        GrayImage(
            width: width, height: height,
            pixels: (0..<width * height).map { index in
                let (x, y) = (Float(index % width), Float(index / width))
                return UInt8(128 - 100 * cos(phase(x, y)))
            }, pixelsPerInch: 500)
    }

    /// A spiral phase adds one ridge on one side of its middle: a minutia, by Larkin and Fletcher's model.
    private func dislocation(_ x: Float, _ y: Float, at place: (x: Float, y: Float), turns: Float) -> Float {
        2 * .pi * y / 9 + turns * atan2(y - place.y, x - place.x)
    }

    @Test("A blank picture and even stripes have no minutiae")
    func nothing() {
        let blank = GrayImage(width: 300, height: 400, pixels: Array(repeating: 255, count: 120_000))
        #expect(finder.template(of: blank) == FingerTemplate(width: 300, height: 400, minutiae: []))
        #expect(finder.template(of: drawing { _, y in 2 * .pi * y / 9 }).minutiae.isEmpty)
    }

    @Test("One more ridge on the right is one minutia there, looking right; on the left, looking left")
    func places() throws {
        for (turns, angle) in [(1, Float(0)), (-1, .pi)] as [(Float, Float)] {
            let image = drawing { x, y in self.dislocation(x, y, at: (120, 117), turns: turns) }
            let minutiae = finder.template(of: image).minutiae
            let minutia = try #require(minutiae.first)
            #expect(minutiae.count == 1)
            #expect(hypot(Float(minutia.x) - 120, Float(minutia.y) - 117) < 8)
            #expect(cos(minutia.angle - angle) > cos(Float(0.12)))
        }
    }

    @Test("A ridge that stops is an ending, and a valley that stops is a fork, at the same place and angle")
    func kinds() throws {
        // Half a ridge on, ridge and valley change places.
        let kinds = try [Float(0), .pi].map { half in
            let image = drawing { x, y in half + self.dislocation(x, y, at: (120, 117), turns: -1) }
            return try #require(finder.template(of: image).minutiae.first).kind
        }
        #expect(Set(kinds) == [.ending, .bifurcation])
    }

    @Test("A picture that is turned a quarter gives minutiae a quarter further, anticlockwise")
    func quarter() throws {
        let picture = drawing { x, y in self.dislocation(x, y, at: (130, 110), turns: -1) }
        // Anticlockwise: the right column becomes the upper row.
        let turned = GrayImage(
            width: 240, height: 240,
            pixels: (0..<240 * 240).map { index in picture[239 - index / 240, index % 240] }, pixelsPerInch: 500)
        let before = try #require(finder.template(of: picture).minutiae.first)
        let after = try #require(finder.template(of: turned).minutiae.first)
        #expect(abs(after.x - before.y) <= 2 && abs(after.y - (239 - before.x)) <= 2)
        #expect(cos(after.angle - before.angle - .pi / 2) > 0.99)
    }

    @Test("Nothing is found where the print ends")
    func rim() {
        let picture = SyntheticFinger(seed: 5).picture(FingerTouch(seed: 1))
        let minutiae = finder.template(of: picture).minutiae
        #expect((20...MinutiaFinder.most).contains(minutiae.count))
        for minutia in minutiae {
            // Ink within two ridges on three of four sides at least: the print's own edge is uneven.
            let inked = [(1, 0), (-1, 0), (0, 1), (0, -1)].count { dx, dy in
                (1...18).contains { step in
                    let (x, y) = (minutia.x + dx * step, minutia.y + dy * step)
                    guard x >= 0, y >= 0, x < picture.width, y < picture.height else { return false }
                    return picture[x, y] < 200
                }
            }
            #expect(inked >= 3, "at \(minutia.x), \(minutia.y)")
        }
    }

    @Test("Angles are from 0 up to a whole turn, certainties from 0 to 1, the surest first")
    func ranges() {
        let minutiae = finder.template(of: SyntheticFinger(seed: 6).picture(.everyday(2))).minutiae
        #expect(minutiae.allSatisfy { (0..<2 * .pi).contains($0.angle) && (0...1).contains($0.certainty) })
        #expect(minutiae.map(\.certainty) == minutiae.map(\.certainty).sorted(by: >))
    }

    @Test("Noise of any size gives at most so many minutiae, quickly, and no crash")
    func noise() {
        var random = EmulationSeed(7)
        for (width, height) in [(1, 1), (1, 700), (700, 1), (31, 33), (32, 32), (33, 47), (100, 40), (700, 500)] {
            let noise = GrayImage(
                width: width, height: height,
                pixels: (0..<width * height).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            #expect(finder.template(of: noise).minutiae.count <= MinutiaFinder.most, "seed 7, \(width) x \(height)")
        }
    }
}
