/// A picture as a module sends it: a header that says how large and how fine it is, then the pixels.
package struct MorphoImage: Hashable, Sendable {
    package let columns: Int
    package let rows: Int
    package let horizontalPixelsPerInch: Int
    package let verticalPixelsPerInch: Int
    /// `columns * rows` bytes, row by row.
    package let pixels: [UInt8]

    package enum Problem: Error, Hashable, Sendable {
        /// Less than its header, or than the header promises.
        case short
        case header(length: UInt8)
        /// Compressed in the way of this number, though plain pixels were asked for.
        case compressed(UInt8)
        /// No picture has sides or a scale like that.
        case geometry
    }

    private static let uncompressed: UInt8 = 0x2C
    /// Behind the two bytes of revision and length itself.
    private static let headerLength: UInt8 = 10

    /// Reads an image block. A longer header than the known one is a later revision's, and its rest is
    /// passed over; so is whatever follows the pixels.
    package init(_ block: [UInt8]) throws(Problem) {
        guard block.count >= 2 else { throw .short }
        let length = block[1]
        guard length >= Self.headerLength else { throw .header(length: length) }
        let start = 2 + Int(length)
        guard block.count >= start else { throw .short }
        let number = { (offset: Int) in Int(block[offset]) | Int(block[offset + 1]) << 8 }
        rows = number(2)
        columns = number(4)
        verticalPixelsPerInch = number(6)
        horizontalPixelsPerInch = number(8)
        // Byte 11 is the depth, and 8 whenever byte 10 is this; the count of pixels settles it.
        guard block[10] == Self.uncompressed else { throw .compressed(block[10]) }
        let scale = 40...2000
        guard rows > 0, columns > 0, rows <= 2048, columns <= 2048, scale.contains(verticalPixelsPerInch),
            scale.contains(horizontalPixelsPerInch)
        else { throw .geometry }
        let end = start + rows * columns
        guard block.count >= end else { throw .short }
        pixels = Array(block[start..<end])
    }
}
