/// How a stored picture must be turned to stand upright, numbered as EXIF 2.3 does (tag 0x0112).
package enum PictureOrientation: Int, Sendable {
    case upright = 1
    case mirrored, turnedHalf, mirroredVertically, transposed, turnedLeft, transversed, turnedRight

    /// Whether width and height change places.
    package var swapsSides: Bool { rawValue >= 5 }

    /// The pixels turned upright, row by row.
    func upright(_ pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8] {
        guard self != .upright else { return pixels }
        let (columns, rows) = swapsSides ? (height, width) : (width, height)
        return [UInt8](unsafeUninitializedCapacity: pixels.count) { output, count in
            var target = 0
            for y in 0..<rows {
                for x in 0..<columns {
                    let (column, row) = source(x, y, width, height)
                    let start = (row * width + column) * channels
                    for channel in 0..<channels {
                        output.initializeElement(at: target, to: pixels[start + channel])
                        target += 1
                    }
                }
            }
            count = target
        }
    }

    /// Where in the stored picture a pixel of the upright one lies.
    private func source(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> (column: Int, row: Int) {
        switch self {
        case .upright: (x, y)
        case .mirrored: (width - 1 - x, y)
        case .turnedHalf: (width - 1 - x, height - 1 - y)
        case .mirroredVertically: (x, height - 1 - y)
        case .transposed: (y, x)
        case .turnedLeft: (y, height - 1 - x)
        case .transversed: (width - 1 - y, height - 1 - x)
        case .turnedRight: (width - 1 - y, x)
        }
    }

    /// Reads the orientation from the body of an EXIF segment; nil if it is none or says nothing.
    init?(exif body: [UInt8]) {
        guard body.count >= 14, body.starts(with: Array("Exif\0\0".utf8)) else { return nil }
        let tiff = Array(body[6...])
        let isLittle = tiff[0] == 0x49
        guard tiff[0] == tiff[1], isLittle || tiff[0] == 0x4D else { return nil }
        func number(_ offset: Int, _ byteCount: Int) -> Int? {
            var reader = ByteReader(tiff)
            guard reader.skip(offset), let bytes = reader.take(byteCount) else { return nil }
            return (isLittle ? bytes.reversed() : bytes).reduce(0) { $0 << 8 | Int($1) }
        }
        guard number(2, 2) == 42, let directory = number(4, 4), let entries = number(directory, 2) else { return nil }
        for entry in 0..<entries {
            let offset = directory + 2 + 12 * entry
            guard let tag = number(offset, 2) else { return nil }
            guard tag == 0x0112 else { continue }
            guard number(offset + 2, 2) == 3, let value = number(offset + 8, 2) else { return nil }
            self.init(rawValue: value)
            return
        }
        return nil
    }
}
