/// Takes bits, most significant first, from entropy data up to the next marker or the end.
struct WSQBitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next byte is read; at the end of the data, the place of the marker.
    private(set) var offset: Int
    /// The bits to come, from the top; below them zeros.
    private(set) var window: UInt64 = 0
    private(set) var available = 0
    private(set) var isExhausted = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// Fills the window to at least 57 bits, or to the end of the data.
    @inline(__always)
    mutating func refill() {
        while available <= 56 {
            guard offset < bytes.count else {
                isExhausted = true
                return
            }
            let byte = bytes[offset]
            if byte == 0xFF {
                guard offset &+ 1 < bytes.count, bytes[offset &+ 1] == 0 else {
                    isExhausted = true
                    return
                }
                offset &+= 1
            }
            offset &+= 1
            window |= UInt64(byte) << UInt64(56 &- available)
            available &+= 8
        }
    }

    /// - Parameter count: at most `available`, and below 64.
    @inline(__always)
    mutating func drop(_ count: Int) {
        window <<= UInt64(count)
        available &-= count
    }

    /// Whether what is left is less than a byte of ones, the filling at the end of a block.
    var holdsOnlyFilling: Bool {
        available < 8 && window.leadingOnes >= available
    }

    /// The place of the first marker at or after the reading position.
    func nextMarker() -> Int {
        var index = offset
        while index < bytes.count {
            if bytes[index] == 0xFF, index + 1 < bytes.count, bytes[index + 1] != 0 { return index }
            index += bytes[index] == 0xFF ? 2 : 1
        }
        return bytes.count
    }
}

extension UInt64 {
    fileprivate var leadingOnes: Int { (~self).leadingZeroBitCount }
}
