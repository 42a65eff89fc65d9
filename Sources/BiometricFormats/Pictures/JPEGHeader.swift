/// What a JPEG file says about its picture, found without decoding it.
package struct JPEGHeader: Hashable, Sendable {
    /// As stored: a camera held upright stores its pictures lying, see `orientation`.
    package let width: Int
    package let height: Int
    /// How the picture must be turned; upright unless the EXIF segment says otherwise.
    package let orientation: PictureOrientation
    /// 1 for grey, 3 for colour, 4 for CMYK.
    package let componentCount: Int
    package let isProgressive: Bool
    /// Passes over the picture; 1 for most baseline files.
    package let scanCount: Int
    /// Pixels an inch both ways, when the file says so.
    package let pixelsPerInch: Int?

    /// Walks through the segments of the file.
    ///
    /// - Throws: `.notJPEG`, `.truncated`, `.damaged`, or `.unsupported` for 12 bits, lossless or arithmetic coding.
    init(_ bytes: [UInt8]) throws(JPEGError) {
        guard bytes.count >= 2, bytes[0] == 0xFF, bytes[1] == 0xD8 else { throw .notJPEG }
        var findings = Findings()
        var reader = ByteReader(bytes, from: 2)
        var isEnded = false
        while !isEnded, let marker = Self.nextMarker(&reader) {
            isEnded = marker == 0xD9
            if !isEnded { try findings.read(marker, &reader) }
        }
        // A picture whose end marker is missing may still be whole; the decoder will tell.
        guard let frame = findings.frame, findings.scanCount > 0 else {
            throw isEnded ? .damaged("no picture") : .truncated
        }
        width = frame.width
        height = frame.height
        orientation = findings.orientation ?? .upright
        componentCount = frame.componentCount
        isProgressive = frame.isProgressive
        scanCount = findings.scanCount
        pixelsPerInch = findings.pixelsPerInch
    }

    /// What the segments so far have told.
    private struct Findings {
        var frame: Frame?
        var scanCount = 0
        var pixelsPerInch: Int?
        var orientation: PictureOrientation?

        mutating func read(_ marker: UInt8, _ reader: inout ByteReader) throws(JPEGError) {
            switch marker {
            case 0x01, 0xD0...0xD7: return
            case 0xD8: throw .damaged("second start of image")
            default: break
            }
            guard let length = reader.uint16() else { throw .truncated }
            guard length >= 2 else { throw .damaged("segment length") }
            guard let body = reader.take(Int(length) - 2) else { throw .truncated }
            switch marker {
            case 0xC0, 0xC1, 0xC2:
                guard frame == nil else { throw .damaged("second frame") }
                frame = try Frame(body, isProgressive: marker == 0xC2)
            case 0xC3, 0xC5...0xC7: throw .unsupported("lossless or hierarchical")
            case 0xC9...0xCB, 0xCD...0xCF: throw .unsupported("arithmetic coding")
            case 0xDA: scanCount += 1
            case 0xE0: pixelsPerInch = pixelsPerInch ?? JPEGHeader.density(body)
            case 0xE1: orientation = orientation ?? PictureOrientation(exif: body)
            default: break
            }
        }
    }

    private struct Frame {
        let width: Int
        let height: Int
        let componentCount: Int
        let isProgressive: Bool

        init(_ body: [UInt8], isProgressive: Bool) throws(JPEGError) {
            var reader = ByteReader(body)
            guard let precision = reader.uint8(), let height = reader.uint16(), let width = reader.uint16(),
                let components = reader.uint8()
            else { throw .damaged("frame") }
            guard precision == 8 else { throw .unsupported("\(precision) bits a sample") }
            guard width > 0, height > 0, components > 0 else { throw .damaged("frame") }
            self.width = Int(width)
            self.height = Int(height)
            componentCount = Int(components)
            self.isProgressive = isProgressive
        }
    }

    /// The next marker, over filling and entropy data.
    private static func nextMarker(_ reader: inout ByteReader) -> UInt8? {
        while reader.skip(past: 0xFF) {
            var byte = reader.uint8()
            while byte == 0xFF { byte = reader.uint8() }
            guard let byte else { return nil }
            if byte != 0 { return byte }
        }
        return nil
    }

    private static func density(_ body: [UInt8]) -> Int? {
        guard body.count >= 12, body.starts(with: Array("JFIF\0".utf8)) else { return nil }
        let horizontal = Int(body[8]) << 8 | Int(body[9])
        let vertical = Int(body[10]) << 8 | Int(body[11])
        guard horizontal == vertical, horizontal > 0 else { return nil }
        switch body[7] {
        case 1: return horizontal
        case 2: return (horizontal * 254 + 50) / 100
        default: return nil
        }
    }
}
