import Foundation

/// What of a finger's skin does not touch though it is a ridge: pores along the ridges, creases and scars
/// across them, and shallow ridges. All belong to the finger and come back with each touch.
struct FingerSkin: Hashable, Sendable {
    /// How much less the skin touches at each pixel than its ridges say, 128 for half a ridge's height.
    let lack: [UInt8]
    /// How high the ridges are, 1 for young skin.
    let depth: Float
    /// How ragged its ridges are, as a share of their height.
    let roughness: Float

    init(on ridges: [Int8], width: Int, height: Int, wear: Float, using random: inout EmulationSeed) {
        depth = 1 - 0.45 * wear
        roughness = Float.random(in: 0.45...0.85, using: &random) + 0.2 * wear
        var canvas = Canvas(width: width, height: height)
        canvas.addPores(on: ridges, using: &random)
        let creases = Int.random(in: 0...4, using: &random) + Int((wear * 26).rounded())
        for _ in 0..<creases {
            let thickness = Float.random(in: 0.6...1.5, using: &random)
            canvas.addLine(
                length: Float.random(in: 25...110, using: &random), thickness: thickness,
                tilt: Float.random(in: -0.7...0.7, using: &random), using: &random)
        }
        // One finger in ten has a scar, at any angle.
        if Int.random(in: 0..<10, using: &random) == 0 {
            canvas.addLine(
                length: Float.random(in: 50...140, using: &random), thickness: 2.6,
                tilt: Float.random(in: -1.6...1.6, using: &random), using: &random)
        }
        lack = canvas.lack
    }

    /// A map of the finger on which soft points are set.
    private struct Canvas {
        let width: Int
        let height: Int
        var lack: [UInt8]

        init(width: Int, height: Int) {
            self.width = width
            self.height = height
            lack = [UInt8](repeating: 0, count: width * height)
        }

        /// One pore in each square of nine pixels, on the highest of a few places, as sweat glands open on
        /// the ridges.
        mutating func addPores(on ridges: [Int8], using random: inout EmulationSeed) {
            for top in stride(from: 9, to: height - 18, by: 9) {
                for left in stride(from: 9, to: width - 18, by: 9) {
                    var best = (x: 0, y: 0, height: Int8.min)
                    for _ in 0..<4 {
                        let (x, y) = (left + Int(random.next() % 9), top + Int(random.next() % 9))
                        let height = ridges[y * width + x]
                        if height > best.height { best = (x, y, height) }
                    }
                    guard best.height > 60 else { continue }
                    let strength = Float.random(in: 30...150, using: &random)
                    add(x: Float(best.x), y: Float(best.y), radius: 1.1, strength: strength)
                }
            }
        }

        /// A line that bends a little and fades out at its ends.
        mutating func addLine(length: Float, thickness: Float, tilt: Float, using random: inout EmulationSeed) {
            var x = Float.random(in: 40...Float(width) - 40, using: &random)
            var y = Float.random(in: 60...Float(height) - 60, using: &random)
            var angle = tilt
            let bend = Float.random(in: -0.006...0.006, using: &random)
            for step in 0..<Int(length) {
                let end = min(Float(step), length - Float(step))
                let raggedness = Float.random(in: 0.6...1.2, using: &random)
                add(x: x, y: y, radius: thickness, strength: min(1, end / 12) * 150 * raggedness)
                x += cos(angle)
                y += sin(angle)
                angle += bend + Float.random(in: -0.03...0.03, using: &random)
            }
        }

        private mutating func add(x: Float, y: Float, radius: Float, strength: Float) {
            let reach = Int(radius * 2 + 1)
            let (middleX, middleY) = (Int(x), Int(y))
            guard middleX >= reach, middleY >= reach, middleX < width - reach, middleY < height - reach else { return }
            for row in middleY - reach...middleY + reach {
                for column in middleX - reach...middleX + reach {
                    let (dx, dy) = (Float(column) - x, Float(row) - y)
                    let value = strength * exp(-(dx * dx + dy * dy) / (radius * radius))
                    let index = row * width + column
                    lack[index] = max(lack[index], UInt8(min(255, value)))
                }
            }
        }
    }
}
