package import EnrolmentCore

/// Reads and writes binary portable grey maps (`P5`), the plainest picture file there is.
package struct PGMCodec: Sendable {
    /// Why a grey map cannot be read.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case notPGM
        case truncated
        /// A header number that is missing, zero or out of range.
        case invalidHeader
        /// More than 255 grey levels.
        case unsupportedDepth
        case tooLarge(width: Int, height: Int)

        package var description: String {
            switch self {
            case .notPGM: "not a binary PGM file"
            case .truncated: "PGM file is cut short"
            case .invalidHeader: "invalid PGM header"
            case .unsupportedDepth: "PGM file with more than 8 bits a pixel"
            case .tooLarge(let width, let height): "PGM picture of \(width) x \(height) pixels is too large"
            }
        }
    }

    package let maximumPixelCount: Int

    package init(maximumPixelCount: Int = 60_000_000) {
        self.maximumPixelCount = maximumPixelCount
    }

    package func encode(_ image: GrayImage) -> [UInt8] {
        Array("P5\n\(image.width) \(image.height)\n255\n".utf8) + image.pixels
    }

    /// Grey levels are spread to 0 to 255 where the file has fewer; bytes after the picture are ignored.
    package func decode(_ bytes: [UInt8]) throws(Failure) -> GrayImage {
        var reader = ByteReader(bytes)
        guard reader.take(2) == Array("P5".utf8) else { throw .notPGM }
        let width = try Self.number(&reader)
        let height = try Self.number(&reader)
        let greatest = try Self.number(&reader)
        guard width > 0, height > 0, greatest > 0, greatest <= 65535 else { throw .invalidHeader }
        guard greatest <= 255 else { throw .unsupportedDepth }
        guard width <= maximumPixelCount / height else { throw .tooLarge(width: width, height: height) }
        guard var pixels = reader.take(width * height) else { throw .truncated }
        if greatest < 255 {
            pixels = pixels.map { UInt8((min(Int($0), greatest) * 255 + greatest / 2) / greatest) }
        }
        return GrayImage(width: width, height: height, pixels: pixels)
    }

    /// The next number of the header and the one white space after it.
    private static func number(_ reader: inout ByteReader) throws(Failure) -> Int {
        var value: Int?
        var isComment = false
        while let byte = reader.uint8() {
            switch byte {
            case 0x0A where isComment: isComment = false
            case _ where isComment: continue
            case UInt8(ascii: "#") where value == nil: isComment = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let next = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
                guard next <= 1_000_000_000 else { throw .invalidHeader }
                value = next
            case 0x09...0x0D, 0x20:
                if let value { return value }
            default: throw .invalidHeader
            }
        }
        throw .truncated
    }
}
