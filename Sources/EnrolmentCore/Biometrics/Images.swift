import FoundationEssentials

/// An 8-bit grey picture, row by row from the top left; 0 is black.
package struct GrayImage: Hashable, Sendable, Codable {
    package let width: Int
    package let height: Int
    /// `width * height` bytes.
    package let pixels: [UInt8]
    /// Pixels an inch in both directions, when known.
    package let pixelsPerInch: Int?

    /// - Precondition: `pixels.count == width * height` and both sides are at least 1.
    package init(width: Int, height: Int, pixels: [UInt8], pixelsPerInch: Int? = nil) {
        precondition(width > 0 && height > 0 && pixels.count == width * height)
        self.width = width
        self.height = height
        self.pixels = pixels
        self.pixelsPerInch = pixelsPerInch
    }

    package subscript(x: Int, y: Int) -> UInt8 { pixels[y * width + x] }

    private enum CodingKeys: String, CodingKey {
        case width, height, pixels, pixelsPerInch
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        width = try container.decode(Int.self, forKey: .width)
        height = try container.decode(Int.self, forKey: .height)
        pixels = [UInt8](try container.decode(Data.self, forKey: .pixels))
        pixelsPerInch = try container.decodeIfPresent(Int.self, forKey: .pixelsPerInch)
        guard width > 0, height > 0, pixels.count == width * height else {
            throw DecodingError.dataCorruptedError(
                forKey: .pixels, in: container, debugDescription: "sides and pixels disagree")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        // Data, since encoders write it as one string and an array as a number a pixel.
        try container.encode(Data(pixels), forKey: .pixels)
        try container.encodeIfPresent(pixelsPerInch, forKey: .pixelsPerInch)
    }
}

/// An 8-bit colour picture, red, green, blue, row by row from the top left.
package struct RGBImage: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// `3 * width * height` bytes.
    package let pixels: [UInt8]

    /// - Precondition: `pixels.count == 3 * width * height` and both sides are at least 1.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == 3 * width * height)
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}
