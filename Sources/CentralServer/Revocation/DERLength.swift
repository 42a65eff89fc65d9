/// The outermost frame of a DER value: enough to tell an answer from a page of HTML or half a list.
enum DERLength {
    /// Whether `bytes` are one SEQUENCE that is exactly as long as it says (X.690 8.1.3, 10.1).
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2, bytes[0] == 0x30 else { return false }
        guard bytes[1] >= 0x80 else { return bytes.count == 2 + Int(bytes[1]) }
        let count = Int(bytes[1] & 0x7F)
        guard (1...4).contains(count), bytes.count >= 2 + count, bytes[2] != 0 else { return false }
        let length = bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
        return length >= 0x80 && bytes.count == 2 + count + length
    }
}
