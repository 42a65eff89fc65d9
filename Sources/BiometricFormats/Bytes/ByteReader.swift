import Glibc

/// Reads big-endian numbers from a byte array; each read past the end gives nil.
struct ByteReader {
    let bytes: [UInt8]
    private(set) var offset: Int
    let end: Int

    init(_ bytes: [UInt8], from offset: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.offset = offset
        self.end = min(end ?? bytes.count, bytes.count)
    }

    var remaining: Int { end - offset }

    mutating func uint8() -> UInt8? {
        guard remaining >= 1 else { return nil }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func uint16() -> UInt16? { integer(byteCount: 2).map(UInt16.init(truncatingIfNeeded:)) }

    mutating func uint32() -> UInt32? { integer(byteCount: 4).map(UInt32.init(truncatingIfNeeded:)) }

    /// An unsigned number of up to seven bytes.
    mutating func integer(byteCount: Int) -> Int? {
        guard byteCount <= 7, remaining >= byteCount else { return nil }
        var value = 0
        for index in offset..<(offset + byteCount) { value = value << 8 | Int(bytes[index]) }
        offset += byteCount
        return value
    }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, remaining >= count else { return nil }
        defer { offset += count }
        return Array(bytes[offset..<(offset + count)])
    }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, remaining >= count else { return false }
        offset += count
        return true
    }

    /// Goes to behind the next such byte; false, at the end, if there is none.
    ///
    /// With memchr, since entropy data are long and are searched for every picture.
    mutating func skip(past byte: UInt8) -> Bool {
        let count = remaining
        let distance = bytes.withUnsafeBytes { memory -> Int? in
            guard count > 0, let start = memory.baseAddress else { return nil }
            return memchr(start + offset, Int32(byte), count).map {
                $0 - UnsafeMutableRawPointer(mutating: start + offset)
            }
        }
        offset = distance.map { offset + $0 + 1 } ?? end
        return distance != nil
    }
}
