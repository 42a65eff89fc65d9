/// The shift register that a U.are.U scanner scrambles its picture with.
///
/// 32 bits; the parity of the taps comes in at bit 31. Eight of its bits make the mask for a byte, and a
/// byte hides in the place after its own.
package struct UareUStreamCipher: Hashable, Sendable {
    package private(set) var key: UInt32

    package init(key: UInt32) {
        self.key = key
    }

    package mutating func step() {
        let parity = UInt32(truncatingIfNeeded: (key & 0x9248_144D).nonzeroBitCount & 1)
        key = parity << 31 | key >> 1
    }

    package mutating func step(_ count: Int) {
        for _ in 0..<count { step() }
    }

    /// Bits 4, 8, 11, 14, 18, 21, 24 and 29 of the key, lowest first.
    package var mask: UInt8 {
        let low = key >> 4 & 0x01 | key >> 7 & 0x02 | key >> 9 & 0x04 | key >> 11 & 0x08
        let high = key >> 14 & 0x10 | key >> 16 & 0x20 | key >> 18 & 0x40 | key >> 22 & 0x80
        return UInt8(truncatingIfNeeded: low | high)
    }

    /// Decodes one block in place. Its last byte cannot be known and becomes 0; the register ends a
    /// step further for each byte.
    package mutating func decode(_ bytes: inout [UInt8], in block: Range<Int>) {
        guard !block.isEmpty else { return }
        for index in block.dropLast() {
            bytes[index] = bytes[index + 1] ^ mask
            step()
        }
        bytes[block.upperBound - 1] = 0
        step()
    }
}
