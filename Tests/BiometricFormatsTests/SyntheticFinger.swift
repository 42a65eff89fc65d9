import EnrolmentCore
import Foundation
import StationTestSupport

/// A picture with the frequencies of a fingerprint: rings of ridges with noise, light around them.
enum SyntheticFinger {
    static func image(width: Int, height: Int, seed: UInt64 = 1) -> GrayImage {
        var generator = SeededGenerator(seed: seed)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let dx = Double(x) - 0.5 * Double(width)
                let dy = Double(y) - 0.45 * Double(height)
                let radius = (1.21 * dx * dx + 0.81 * dy * dy).squareRoot()
                let ridge = 128 + 90 * sin(2 * .pi * radius / 9 + atan2(dy, dx))
                let noise = Double(Int.random(in: -10...10, using: &generator))
                let u = dx / (0.45 * Double(width))
                let v = dy / (0.48 * Double(height))
                pixels.append(UInt8(min(max(u * u + v * v > 1 ? 250 : ridge + noise, 0), 255)))
            }
        }
        return GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
    }

    static func constant(_ value: UInt8, width: Int, height: Int) -> GrayImage {
        GrayImage(
            width: width, height: height, pixels: [UInt8](repeating: value, count: width * height), pixelsPerInch: 500)
    }
}

extension GrayImage {
    /// The largest difference between pixels of two images of one size.
    func greatestDifference(from other: GrayImage) -> Int {
        zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
    }

    /// Peak signal to noise in decibels; 99 for equal images.
    func likeness(to other: GrayImage) -> Double {
        let sum = zip(pixels, other.pixels).reduce(0.0) { total, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return total + difference * difference
        }
        return sum == 0 ? 99 : 10 * log10(255 * 255 * Double(pixels.count) / sum)
    }
}
