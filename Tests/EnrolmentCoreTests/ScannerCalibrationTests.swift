import EnrolmentCore
import Foundation
import StationTestSupport
import Testing

@Suite struct ScannerCalibrationTests {
    /// A target on the glass of a scanner with these scales, in pixels an inch.
    struct Scene: Sendable {
        var horizontal = 512.0
        var vertical = 379.0
        var pitch = 1.0
        /// Anticlockwise, in degrees.
        var rotation = 0.0
        var noise = 0
        var target = Target.grid
        var seed: UInt64 = 1

        enum Target {
            case grid, ruler
        }

        /// 384 x 290 as the scanner would see it, dark lines on white, each pixel from four points.
        var picture: GrayImage {
            var generator = SeededGenerator(seed: seed)
            let (sine, cosine) = (sin(rotation * .pi / 180), cos(rotation * .pi / 180))
            let pixels = (0..<384 * 290).map { index -> UInt8 in
                var dark = 0
                for part in 0..<4 {
                    let x = (Double(index % 384) + Double(part % 2) / 2 + 0.25) / horizontal * 25.4 - 9.5
                    let y = (Double(index / 384) + Double(part / 2) / 2 + 0.25) / vertical * 25.4 - 9.7
                    // Turned anticlockwise as seen, y pointing down.
                    if isDark(x * cosine - y * sine, x * sine + y * cosine) { dark += 1 }
                }
                let grey = 225 - 45 * dark - (index / 384) / 8
                return UInt8(clamping: grey + (noise == 0 ? 0 : Int.random(in: -noise...noise, using: &generator)))
            }
            return GrayImage(width: 384, height: 290, pixels: pixels)
        }

        private func isDark(_ x: Double, _ y: Double) -> Bool {
            func isLine(_ place: Double) -> Bool {
                let distance = (place / pitch).rounded() * pitch - place
                return abs(distance) < 0.11 * pitch
            }
            guard target == .ruler else { return isLine(x) || isLine(y) }
            // Longer marks at each fifth and tenth.
            let number = Int((x / pitch).rounded())
            let length = number % 10 == 0 ? 8.0 : number % 5 == 0 ? 6.0 : 4.5
            return isLine(x) && y > -4 && y < -4 + length
        }
    }

    static let expected = (horizontal: 500.0, vertical: 400.0)

    private func measure(_ scene: Scene) throws -> ScannerCalibration {
        try ScannerCalibration.measure(
            scene.picture, pitch: (scene.pitch, scene.pitch), expecting: Self.expected)
    }

    @Test(
        "A grid gives both scales within 0.3 % and its angle, straight or aslant, clean or noisy",
        arguments: [
            Scene(rotation: -5, noise: 40), Scene(rotation: 1, noise: 10), Scene(horizontal: 505.5, vertical: 500),
            Scene(horizontal: 470, vertical: 390, pitch: 1.27, rotation: 5),
            Scene(horizontal: 560, vertical: 350, pitch: 0.5, rotation: -2.5, noise: 20),
        ])
    func grid(scene: Scene) throws {
        let found = try measure(scene)
        let across = try #require(found.horizontal)
        let down = try #require(found.vertical)
        #expect(abs(across.pixelsPerInch / scene.horizontal - 1) < 0.003, "\(across)")
        #expect(abs(down.pixelsPerInch / scene.vertical - 1) < 0.003, "\(down)")
        #expect(across.uncertainty < 0.01 && down.uncertainty < 0.01)
        #expect(abs(found.rotationDegrees - scene.rotation) < 0.2, "\(found.rotationDegrees)")
    }

    @Test("A ruler gives the scale along it and leaves the other one open", arguments: [-3.0, 4])
    func ruler(rotation: Double) throws {
        let scene = Scene(rotation: rotation, noise: 20, target: .ruler)
        let found = try measure(scene)
        let across = try #require(found.horizontal)
        #expect(abs(across.pixelsPerInch / scene.horizontal - 1) < 0.004, "\(across)")
        #expect(found.vertical == nil)
        #expect(abs(found.rotationDegrees - rotation) < 0.6, "\(found.rotationDegrees)")
        let lying = try ScannerCalibration.measure(
            turned(Scene(horizontal: 379, vertical: 512, rotation: rotation, noise: 20, target: .ruler).picture),
            pitch: (1, 1), expecting: (500, 400))
        #expect(lying.horizontal == nil)
        #expect(abs(try #require(lying.vertical).pixelsPerInch / 379 - 1) < 0.004)
    }

    @Test("What is no target is refused: grey, noise, one line, and a grid at another pitch")
    func refused() {
        var generator = SeededGenerator(seed: 9)
        let noise = (0..<384 * 290).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let line = (0..<384 * 290).map { UInt8($0 % 384 == 190 ? 0 : 220) }
        for pixels in [[UInt8](repeating: 200, count: 384 * 290), noise, line] {
            let picture = GrayImage(width: 384, height: 290, pixels: pixels)
            #expect(throws: ScannerCalibration.Refusal.noClearPeriod) {
                try ScannerCalibration.measure(picture, pitch: (1, 1), expecting: Self.expected)
            }
        }
        #expect(throws: ScannerCalibration.Refusal.noClearPeriod) {
            try ScannerCalibration.measure(Scene().picture, pitch: (2, 2), expecting: Self.expected)
        }
    }

    @Test("A finger has ridges and no period, whatever pitch is claimed")
    func finger() {
        for pitch in [0.45, 0.55] {
            #expect(throws: ScannerCalibration.Refusal.noClearPeriod) {
                try ScannerCalibration.measure(loop(), pitch: (pitch, pitch), expecting: Self.expected)
            }
        }
    }

    @Test("A pitch that the glass cannot show is refused by its own name")
    func unfitPitch() {
        let picture = GrayImage(width: 384, height: 290, pixels: [UInt8](repeating: 200, count: 384 * 290))
        for pitch in [0.01, 0.15, 10, 1000, -1, 0, .nan, .infinity] {
            #expect(throws: ScannerCalibration.Refusal.unfitPitch) {
                try ScannerCalibration.measure(picture, pitch: (pitch, pitch), expecting: Self.expected)
            }
        }
    }

    /// Ridges half a millimetre apart around a core, as a loop has them.
    private func loop() -> GrayImage {
        let pixels = (0..<384 * 290).map { index -> UInt8 in
            let x = Double(index % 384) / 512 * 25.4 - 9.5
            let y = Double(index / 384) / 379 * 25.4 - 7
            let bent = y < 0 ? (x * x + 1.4 * y * y).squareRoot() : abs(x) + 0.25 * y
            return UInt8(clamping: Int(128 + 100 * sin(2 * .pi * (bent + 0.1 * sin(3 * x + 2 * y)) / 0.48)))
        }
        return GrayImage(width: 384, height: 290, pixels: pixels)
    }

    /// Rows for columns, and back to the sensor's sides.
    private func turned(_ picture: GrayImage) -> GrayImage {
        let pixels = (0..<384 * 290).map { index -> UInt8 in
            let (x, y) = (index % 384, index / 384)
            return x < 290 && y < 384 ? picture[min(383, y), min(289, x)] : 225
        }
        return GrayImage(width: 384, height: 290, pixels: pixels)
    }
}
