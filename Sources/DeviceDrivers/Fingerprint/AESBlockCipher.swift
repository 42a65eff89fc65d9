/// AES-128 on one block (FIPS 197), only in the direction that the Microsoft reader's question needs.
///
/// Sixteen bytes a session do not justify a crypto library in the driver layer. It has no tables: the
/// substitution is computed, so that no memory access depends on the key.
struct AESBlockCipher {
    private let roundKeys: [[UInt8]]

    /// - Parameter key: 16 bytes; nil for another length.
    init?(key: [UInt8]) {
        guard key.count == 16 else { return nil }
        var words = stride(from: 0, to: 16, by: 4).map { Array(key[$0..<$0 + 4]) }
        var constant: UInt8 = 1
        for index in 4..<44 {
            var word = words[index - 1]
            if index % 4 == 0 {
                word = (Array(word[1...]) + [word[0]]).map(Self.substitute)
                word[0] ^= constant
                constant = Self.doubled(constant)
            }
            words.append(zip(words[index - 4], word).map { $0 ^ $1 })
        }
        roundKeys = stride(from: 0, to: 44, by: 4).map { Array(words[$0..<$0 + 4].joined()) }
    }

    /// - Parameter block: 16 bytes; nil for another length.
    func encrypt(_ block: [UInt8]) -> [UInt8]? {
        guard block.count == 16 else { return nil }
        var state = Self.mix(block, roundKeys[0])
        for round in 1...10 {
            state = state.map(Self.substitute)
            // Column by column: the byte of row r comes from r columns further.
            state = (0..<16).map { state[($0 + 4 * ($0 % 4)) % 16] }
            if round < 10 { state = Self.mixedColumns(state) }
            state = Self.mix(state, roundKeys[round])
        }
        return state
    }

    private static func mix(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        zip(left, right).map { $0 ^ $1 }
    }

    private static func mixedColumns(_ state: [UInt8]) -> [UInt8] {
        (0..<16).map { place in
            let column = place / 4 * 4
            let at = { (row: Int) in state[column + (place + row) % 4] }
            return doubled(at(0)) ^ doubled(at(1)) ^ at(1) ^ at(2) ^ at(3)
        }
    }

    /// Times x in GF(2^8), without a branch.
    private static func doubled(_ value: UInt8) -> UInt8 {
        value << 1 ^ (0 &- (value >> 7)) & 0x1B
    }

    private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (left, result) = (left, UInt8(0))
        for bit in 0..<8 {
            result ^= (0 &- (right >> bit & 1)) & left
            left = doubled(left)
        }
        return result
    }

    /// The inverse in GF(2^8), which is the 254th power, then the affine map of FIPS 197 5.1.1.
    private static func substitute(_ value: UInt8) -> UInt8 {
        var (inverse, power) = (UInt8(1), value)
        for _ in 0..<7 {
            power = product(power, power)
            inverse = product(inverse, power)
        }
        let rotated = { (count: UInt8) in inverse << count | inverse >> (8 - count) }
        return inverse ^ rotated(1) ^ rotated(2) ^ rotated(3) ^ rotated(4) ^ 0x63
    }
}
