extension GrayImage {
    /// The picture on another grid, by Catmull-Rom interpolation along rows and then along columns.
    /// That keeps ridges sharper than a linear one, and the factors are near 1, so nothing aliases.
    package func scaled(
        horizontallyBy horizontal: Double, verticallyBy vertical: Double, pixelsPerInch: Int
    ) -> GrayImage {
        let newWidth = max(1, Int((Double(width) * horizontal).rounded()))
        let newHeight = max(1, Int((Double(height) * vertical).rounded()))
        let across = ResamplingTap.taps(from: width, to: newWidth)
        let down = ResamplingTap.taps(from: height, to: newHeight)
        var narrow = [Float](repeating: 0, count: newWidth * height)
        for y in 0..<height {
            for x in 0..<newWidth {
                let (first, second, third, fourth) = across[x].places
                let row = y * width
                narrow[y * newWidth + x] = across[x].mix(
                    Float(pixels[row + first]), Float(pixels[row + second]), Float(pixels[row + third]),
                    Float(pixels[row + fourth]))
            }
        }
        var result = [UInt8](repeating: 0, count: newWidth * newHeight)
        for y in 0..<newHeight {
            let (first, second, third, fourth) = down[y].places
            for x in 0..<newWidth {
                let value = down[y].mix(
                    narrow[first * newWidth + x], narrow[second * newWidth + x], narrow[third * newWidth + x],
                    narrow[fourth * newWidth + x])
                result[y * newWidth + x] = UInt8(min(255, max(0, value.rounded())))
            }
        }
        return GrayImage(width: newWidth, height: newHeight, pixels: result, pixelsPerInch: pixelsPerInch)
    }
}

/// Which four neighbours make one new pixel, and with which weights.
struct ResamplingTap {
    var places: (Int, Int, Int, Int)
    var weights: SIMD4<Float>

    func mix(_ first: Float, _ second: Float, _ third: Float, _ fourth: Float) -> Float {
        weights[0] * first + weights[1] * second + weights[2] * third + weights[3] * fourth
    }

    /// Centres of pixels correspond; beyond the edge the last pixel goes on.
    static func taps(from old: Int, to new: Int) -> [ResamplingTap] {
        (0..<new).map { index in
            let centre = (Float(index) + 0.5) * Float(old) / Float(new) - 0.5
            let first = centre.rounded(.down)
            let place = { (offset: Int) in min(old - 1, max(0, Int(first) + offset)) }
            return ResamplingTap(
                places: (place(-1), place(0), place(1), place(2)), weights: weights(at: centre - first))
        }
    }

    /// Of the pixel before, at, behind and one further, for a place that is `t` from a pixel to the next.
    static func weights(at t: Float) -> SIMD4<Float> {
        SIMD4(
            ((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2,
            (t - 1) * t * t / 2)
    }
}
