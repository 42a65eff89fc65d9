import EnrolmentCore

/// What goes over a MorphoSmart module's wire, from the module's side.
enum MorphoWire {
    /// An element with a one-byte identifier.
    static func element(_ identifier: UInt8, _ value: [UInt8]) -> [UInt8] {
        if value.count < 0xFFFF { return [identifier] + little(UInt16(value.count)) + value }
        return [identifier, 0xFF, 0xFF] + little(UInt32(truncatingIfNeeded: value.count)) + value
    }

    static func frame(_ content: [UInt8]) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: content.count)
        return [0x53, 0x59, 0x4E, 0x43] + little(length) + little(~length) + content + [0x45, 0x4E]
    }

    static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// The elements that fill these bytes, nil when they do not fill them exactly.
    static func elements(_ bytes: ArraySlice<UInt8>) -> [(identifier: UInt8, value: ArraySlice<UInt8>)]? {
        var rest = bytes
        var elements: [(identifier: UInt8, value: ArraySlice<UInt8>)] = []
        while let identifier = rest.popFirst() {
            guard identifier < 0xFE, rest.count >= 2 else { return nil }
            var length = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
            if length == 0xFFFF {
                guard rest.count >= 4 else { return nil }
                length = (0..<4).reduce(0) { sum, place in sum | Int(rest.removeFirst()) << (8 * place) }
            }
            guard rest.count >= length else { return nil }
            elements.append((identifier, rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return elements
    }

    /// The content of the first whole frame, which is taken out with all that stands before it.
    static func takeFrame(from bytes: inout [UInt8]) -> [UInt8]? {
        while let start = bytes.indices.first(where: { bytes[$0...].starts(with: [0x53, 0x59, 0x4E, 0x43]) }) {
            bytes.removeFirst(start)
            guard bytes.count >= 12 else { return nil }
            let length = bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            let complement = bytes[8..<12].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length ^ complement == 0xFFFF_FFFF, length <= 65_536 else {
                bytes.removeFirst(4)
                continue
            }
            guard bytes.count >= length + 14 else { return nil }
            guard bytes[length + 12] == 0x45, bytes[length + 13] == 0x4E else {
                bytes.removeFirst(4)
                continue
            }
            defer { bytes.removeFirst(length + 14) }
            return Array(bytes[12..<length + 12])
        }
        return nil
    }
}

/// A picture as the module puts it on the wire.
struct MorphoPictureBlock {
    let bytes: [UInt8]

    /// - Parameter divisor: sends every so many-th pixel of every so many-th line, as previews are.
    init(_ picture: GrayImage, model: MorphoModel, every divisor: Int = 1) {
        let columns = picture.width / divisor
        let rows = picture.height / divisor
        var pixels: [UInt8] = []
        pixels.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns { pixels.append(picture[column * divisor, row * divisor]) }
        }
        let vertical = model.verticalPixelsPerInch / UInt16(divisor)
        let horizontal = model.horizontalPixelsPerInch / UInt16(divisor)
        let sides = [UInt16(rows), UInt16(columns), vertical, horizontal].flatMap { MorphoWire.little($0) }
        bytes = [0x01, 0x0A] + sides + [model.compression, 8] + pixels
    }
}
