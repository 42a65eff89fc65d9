import DeviceEmulation
import EnrolmentCore

extension DrawnFace {
    /// The same face as small and grey as a card holds it.
    static func cardPhoto(seed: UInt64) -> GrayImage {
        let colour = picture(seed: seed, width: 140)
        let pixels = colour.pixels
        // ITU-R BT.601, in 256ths.
        let gray = (0..<colour.width * colour.height).map { index in
            let (red, green, blue) = (Int(pixels[3 * index]), Int(pixels[3 * index + 1]), Int(pixels[3 * index + 2]))
            return UInt8((77 * red + 150 * green + 29 * blue) >> 8)
        }
        return GrayImage(width: colour.width, height: colour.height, pixels: gray, pixelsPerInch: 300)
    }
}
