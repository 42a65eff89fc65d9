/// How a PIN travels: a digit for its kind, the number of digits, the digits, then F, in eight bytes.
enum CardPINBlock {
    /// - Parameter digits: of the PIN, or all twelve of both PUKs.
    static func block(_ digits: String) -> [UInt8] {
        var nibbles: [UInt8] = [0x2, UInt8(truncatingIfNeeded: digits.utf8.count)] + digits.utf8.map { $0 & 0x0F }
        nibbles += Array(repeating: 0x0F, count: max(0, 16 - nibbles.count))
        return stride(from: 0, to: 16, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// Whether a card takes this as a new PIN: four to twelve digits.
    static func isWellFormed(_ block: [UInt8]) -> Bool {
        guard block.count == 8 else { return false }
        let nibbles = block.flatMap { [$0 >> 4, $0 & 0x0F] }
        let count = Int(nibbles[1])
        return nibbles[0] == 0x2 && (4...12).contains(count) && nibbles[2..<2 + count].allSatisfy { $0 < 10 }
            && nibbles[(2 + count)...].allSatisfy { $0 == 0x0F }
    }
}
