import CPNG
package import EnrolmentCore

/// Reads and writes PNG files with libpng's simplified interface, in which its longjmp never leaves C.
///
/// Transparent parts are read on white. The density of a grey image travels in a `pHYs` chunk, which
/// the simplified interface does not know and which is therefore handled here.
package struct PNGCodec: Sendable {
    /// The most pixels that a file may ask for.
    package let maximumPixelCount: Int

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Signature and header chunk.
    private static let headEnd = 33
    private static let grayFormat: UInt32 = 0
    private static let colourFlag: UInt32 = 2

    package init(maximumPixelCount: Int = 60_000_000) {
        self.maximumPixelCount = maximumPixelCount
    }

    package func encode(_ image: GrayImage) throws(PNGError) -> [UInt8] {
        let file = try encode(image.pixels, image.width, image.height, Self.grayFormat)
        guard let pixelsPerInch = image.pixelsPerInch, file.count > Self.headEnd else { return file }
        return file[..<Self.headEnd] + Self.densityChunk(pixelsPerInch) + file[Self.headEnd...]
    }

    package func encode(_ image: RGBImage) throws(PNGError) -> [UInt8] {
        try encode(image.pixels, image.width, image.height, Self.colourFlag)
    }

    package func decodeRGB(_ bytes: [UInt8]) throws(PNGError) -> RGBImage {
        let picture = try decode(bytes) { _ in Self.colourFlag }
        return RGBImage(width: picture.width, height: picture.height, pixels: picture.pixels)
    }

    /// A grey image as it is; of a colour image its luma (ITU-R BT.601), so that equal red, green and
    /// blue keep their value.
    package func decodeGray(_ bytes: [UInt8]) throws(PNGError) -> GrayImage {
        let picture = try decode(bytes) { $0 & Self.colourFlag }
        let pixels = picture.format == Self.grayFormat ? picture.pixels : Self.luma(picture.pixels)
        return GrayImage(
            width: picture.width, height: picture.height, pixels: pixels,
            pixelsPerInch: Self.pixelsPerInch(bytes))
    }

    private struct Picture {
        let width: Int
        let height: Int
        let format: UInt32
        let pixels: [UInt8]
    }

    private func decode(_ bytes: [UInt8], format choose: (UInt32) -> UInt32) throws(PNGError) -> Picture {
        guard bytes.starts(with: Self.signature) else { throw .notPNG }
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        // The bytes must stay in place until the second call: the first keeps their address.
        return try bytes.withUnsafeBufferPointer { (memory) throws(PNGError) -> Picture in
            guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
                throw Self.error(image)
            }
            let width = Int(image.width)
            let height = Int(image.height)
            guard width > 0, height > 0, width <= maximumPixelCount / height else {
                throw .tooLarge(width: width, height: height)
            }
            // Deflate makes at most 1032 bytes of one, and a pixel takes at least a bit: less is no whole file.
            guard width * height / 8 <= 1040 * memory.count else { throw .damaged("too few bytes for the size") }
            image.format = choose(image.format)
            let format = image.format
            // White, since transparent pixels are laid over what is there.
            var pixels = [UInt8](repeating: 255, count: width * height * (format == Self.grayFormat ? 1 : 3))
            guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { throw Self.error(image) }
            return Picture(width: width, height: height, format: format, pixels: pixels)
        }
    }

    private func encode(
        _ pixels: [UInt8], _ width: Int, _ height: Int, _ format: UInt32
    ) throws(PNGError) -> [UInt8] {
        guard width <= 0x7FFF_FFFF / 4, height <= 0x7FFF_FFFF / 4 else {
            throw .tooLarge(width: width, height: height)
        }
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(width)
        image.height = UInt32(height)
        image.format = format
        defer { png_image_free(&image) }
        // Above what deflate can add to incompressible rows, each with its filter byte, plus the fixed chunks.
        let raw = pixels.count + height
        var length = UInt(raw + raw / 1000 * 2 + raw / 8192 * 16 + 4096)
        var done: Int32 = 0
        let file = [UInt8](unsafeUninitializedCapacity: Int(length)) { output, initialised in
            done = png_image_write_to_memory(&image, output.baseAddress, &length, 0, pixels, 0, nil)
            initialised = done != 0 ? Int(length) : 0
        }
        guard done != 0 else { throw Self.error(image) }
        return file.trimmed
    }

    private static func luma(_ colours: [UInt8]) -> [UInt8] {
        stride(from: 0, to: colours.count, by: 3).map { index in
            let sum = 299 * Int(colours[index]) + 587 * Int(colours[index + 1]) + 114 * Int(colours[index + 2])
            return UInt8(truncatingIfNeeded: (sum + 500) / 1000)
        }
    }

    private static func error(_ image: png_image) -> PNGError {
        let detail = withUnsafeBytes(of: image.message) { message in
            String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .damaged(detail)
    }
}
