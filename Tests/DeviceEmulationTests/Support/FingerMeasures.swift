import EnrolmentCore
import Foundation

/// What the tests measure on a finger's picture, by the plainest means.
struct FingerMeasures {
    /// Blocks of 10 by 10 pixels that are not empty.
    let touchedBlocks: Int
    /// Of the pixels in them, how many are dark, and how many light.
    let darkShare: Double
    let lightShare: Double
    /// Mean difference of neighbours in them.
    let sharpness: Double

    init(_ image: GrayImage) {
        var (blocks, dark, light, steps) = (0, 0, 0, 0)
        let pixels = image.pixels
        for top in stride(from: 0, to: image.height - 10, by: 10) {
            for left in stride(from: 0, to: image.width - 10, by: 10) {
                var (sum, darkHere, lightHere, stepsHere) = (0, 0, 0, 0)
                for y in top..<top + 10 {
                    var last = Int(pixels[y * image.width + left])
                    for index in y * image.width + left..<y * image.width + left + 10 {
                        let value = Int(pixels[index])
                        sum += value
                        if value < 100 { darkHere += 1 }
                        if value > 220 { lightHere += 1 }
                        stepsHere += abs(value - last)
                        last = value
                    }
                }
                guard sum < 235 * 100 else { continue }
                blocks += 1
                dark += darkHere
                light += lightHere
                steps += stepsHere
            }
        }
        touchedBlocks = blocks
        let count = Double(max(1, blocks) * 100)
        darkShare = Double(dark) / count
        lightShare = Double(light) / count
        sharpness = Double(steps) / count
    }

    /// How alike the middle of one picture and a shifted part of the other are, -1 to 1.
    static func correlation(_ one: GrayImage, _ other: GrayImage, right: Int, down: Int) -> Double {
        var (sumL, sumR, squareL, squareR, product, count) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        let (middleX, middleY) = (one.width / 2, one.height / 2)
        for y in stride(from: middleY - 50, to: middleY + 50, by: 3) {
            for x in stride(from: middleX - 50, to: middleX + 50, by: 3) {
                let (l, r) = (Double(one[x, y]), Double(other[x + right, y + down]))
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

    /// In which direction the ridges run around a pixel, in degrees from the right upwards, 0 to 180.
    static func direction(_ image: GrayImage, x: Int, y: Int, reach: Int = 14) -> Double {
        var (sine, cosine) = (0.0, 0.0)
        for row in y - reach...y + reach {
            for column in x - reach...x + reach {
                let dx = Double(image[column + 1, row]) - Double(image[column - 1, row])
                let dy = Double(image[column, row - 1]) - Double(image[column, row + 1])
                sine += 2 * dx * dy
                cosine += dx * dx - dy * dy
            }
        }
        let across = atan2(sine, cosine) / 2 * 180 / .pi
        return (across + 270).truncatingRemainder(dividingBy: 180)
    }
}
