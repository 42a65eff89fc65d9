extension [UInt8] {
    /// Appends the low `byteCount` bytes of `value`, most significant first.
    mutating func appendBigEndian(_ value: Int, byteCount: Int) {
        for index in (0..<byteCount).reversed() { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    /// A copy that takes no more memory than its bytes: codecs ask for room for the worst case.
    var trimmed: [UInt8] { withUnsafeBufferPointer { Array($0) } }
}
