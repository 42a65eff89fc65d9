import BiometricFormats
import DeviceEmulation
import EnrolmentCore

extension DrawnFace {
    /// The same face as small and grey as a card holds it.
    ///
    /// - Parameter isRecent: 150 by 195, as on cards of applet 1.8; 140 by 200 on older ones.
    static func cardPhoto(seed: UInt64, isRecent: Bool) -> GrayImage {
        let (width, height) = isRecent ? (150, 195) : (140, 200)
        // Drawn a little wider than it is tall enough for, and cut on both sides.
        let colour = picture(seed: seed, width: isRecent ? 152 : 156)
        let pixels = colour.pixels
        let left = (colour.width - width) / 2
        // ITU-R BT.601, in 256ths.
        let gray = (0..<width * height).map { index in
            let place = 3 * (index / width * colour.width + left + index % width)
            let (red, green, blue) = (Int(pixels[place]), Int(pixels[place + 1]), Int(pixels[place + 2]))
            return UInt8((77 * red + 150 * green + 29 * blue) >> 8)
        }
        return GrayImage(width: width, height: height, pixels: gray, pixelsPerInch: 300)
    }
}

extension TrainingPerson {
    /// The face as a JPEG file, in the shape that cards of the applet have.
    func cardPhoto(on applet: CardApplet) throws -> [UInt8] {
        try JPEGCodec().encode(DrawnFace.cardPhoto(seed: number, isRecent: applet == .v18), quality: 70)
    }
}
