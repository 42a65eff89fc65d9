/// Tags, lengths and values as ISO/IEC 7816-4 annex E (BER) writes them.
enum TaggedData {
    /// Why bytes are no tagged data.
    enum Failure: Error {
        case truncated, malformed
    }

    /// Reads one object after the other.
    struct Reader {
        private var reader: ByteReader

        init(_ bytes: [UInt8]) { reader = ByteReader(bytes) }

        private init(_ reader: ByteReader) { self.reader = reader }

        var isAtEnd: Bool { reader.remaining == 0 }

        /// The tag of the next object, of one byte or two; nil at the end or for a longer one.
        var nextTag: Int? {
            var ahead = self
            return try? ahead.tag()
        }

        /// The next object: its tag, and its value to be read on its own.
        mutating func next() throws(Failure) -> (tag: Int, value: Reader) {
            let tag = try tag()
            let length = try length()
            let start = reader.offset
            guard reader.skip(length) else { throw .truncated }
            return (tag, Reader(ByteReader(reader.bytes, from: start, to: reader.offset)))
        }

        /// All bytes that are left.
        var rest: [UInt8] { Array(reader.bytes[reader.offset..<reader.end]) }

        private mutating func tag() throws(Failure) -> Int {
            guard let first = reader.uint8() else { throw .truncated }
            guard first & 0x1F == 0x1F else { return Int(first) }
            guard let second = reader.uint8() else { throw .truncated }
            // A set top bit announces a third byte, which no tag of biometric data has.
            guard second & 0x80 == 0, second >= 0x1F else { throw .malformed }
            return Int(first) << 8 | Int(second)
        }

        /// The length in the short form or with up to four bytes; cards do not know the indefinite form.
        private mutating func length() throws(Failure) -> Int {
            guard let first = reader.uint8() else { throw .truncated }
            guard first >= 0x80 else { return Int(first) }
            guard (0x81...0x84).contains(first) else { throw .malformed }
            guard let length = reader.integer(byteCount: Int(first & 0x7F)) else { throw .truncated }
            return length
        }
    }

    /// An object with the shortest form of its length.
    static func object(_ tag: Int, _ value: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count + 8)
        bytes.appendBigEndian(tag, byteCount: tag > 0xFF ? 2 : 1)
        if value.count < 0x80 {
            bytes.append(UInt8(value.count))
        } else {
            let byteCount = (Int.bitWidth - value.count.leadingZeroBitCount + 7) / 8
            bytes.append(0x80 | UInt8(byteCount))
            bytes.appendBigEndian(value.count, byteCount: byteCount)
        }
        return bytes + value
    }
}
