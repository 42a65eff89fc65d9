extension PNGCodec {
    /// A `pHYs` chunk: pixels a metre, both ways.
    static func densityChunk(_ pixelsPerInch: Int) -> [UInt8] {
        let perMetre = Int((Double(pixelsPerInch) / 0.0254).rounded())
        var chunk = Array("pHYs".utf8)
        chunk.appendBigEndian(perMetre, byteCount: 4)
        chunk.appendBigEndian(perMetre, byteCount: 4)
        chunk.append(1)
        var bytes: [UInt8] = [0, 0, 0, 9]
        bytes += chunk
        bytes.appendBigEndian(Int(checksum(chunk)), byteCount: 4)
        return bytes
    }

    /// The density of a file, if it has one and that is the same both ways.
    static func pixelsPerInch(_ bytes: [UInt8]) -> Int? {
        var reader = ByteReader(bytes, from: 8)
        while let length = reader.uint32(), let name = reader.take(4) {
            if name.elementsEqual("IDAT".utf8) { return nil }
            guard name.elementsEqual("pHYs".utf8) else {
                guard reader.skip(Int(length) + 4) else { return nil }
                continue
            }
            guard length == 9, let horizontal = reader.uint32(), let vertical = reader.uint32(),
                reader.uint8() == 1, horizontal == vertical, horizontal > 0
            else { return nil }
            return Int((Double(horizontal) * 0.0254).rounded())
        }
        return nil
    }

    /// CRC-32 as PNG and zlib compute it.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 0 ? register >> 1 : register >> 1 ^ 0xEDB8_8320 }
        }
        return ~register
    }
}
