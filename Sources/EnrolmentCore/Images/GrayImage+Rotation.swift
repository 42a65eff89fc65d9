import Glibc

extension GrayImage {
    /// The picture turned anticlockwise by this angle, at most 45 degrees either way, white where it has
    /// nothing. The sides grow so that nothing is lost.
    package func rotated(byDegrees degrees: Double) -> GrayImage {
        guard degrees != 0, degrees.isFinite else { return self }
        let angle = min(45, max(-45, degrees)) * .pi / 180
        let (sine, cosine) = (sin(angle), cos(angle))
        let newWidth = Int((Double(width) * cosine + Double(height) * abs(sine)).rounded(.up))
        let newHeight = Int((Double(height) * cosine + Double(width) * abs(sine)).rounded(.up))
        var result = [UInt8](repeating: 255, count: newWidth * newHeight)
        let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
        for y in 0..<newHeight {
            let down = Double(y) - Double(newHeight - 1) / 2
            for x in 0..<newWidth {
                let right = Double(x) - Double(newWidth - 1) / 2
                let (fromX, fromY) = (right * cosine - down * sine, right * sine + down * cosine)
                result[y * newWidth + x] = sample(x: fromX + middleX, y: fromY + middleY)
            }
        }
        return GrayImage(width: newWidth, height: newHeight, pixels: result, pixelsPerInch: pixelsPerInch)
    }

    /// The grey between pixels, by Catmull-Rom interpolation of sixteen; white beyond the edge.
    private func sample(x: Double, y: Double) -> UInt8 {
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        guard left >= -2, left <= width, top >= -2, top <= height else { return 255 }
        let across = ResamplingTap.weights(at: Float(x - Double(left)))
        let down = ResamplingTap.weights(at: Float(y - Double(top)))
        var sum: Float = 0
        for row in 0..<4 {
            var line: Float = 0
            for column in 0..<4 {
                let (atX, atY) = (left - 1 + column, top - 1 + row)
                let isInside = atX >= 0 && atX < width && atY >= 0 && atY < height
                line += across[column] * (isInside ? Float(pixels[atY * width + atX]) : 255)
            }
            sum += down[row] * line
        }
        return UInt8(min(255, max(0, sum.rounded())))
    }
}
