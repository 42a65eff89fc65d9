/// Base64 (RFC 4648) in the strict forms that age and JOSE ask for: canonical, and with padding
/// either required or forbidden.
///
/// Foundation's decoder accepts endings whose unused bits are set, so two texts would stand for
/// the same bytes: that would let a header or a signature be changed without notice.
struct Base64: Sendable {
    /// Section 4 of the RFC, no `=`: age headers.
    static let unpadded = Base64(alphabet: plain, isPadded: false)
    /// Section 4 with `=`: JSON members and ASCII armour.
    static let padded = Base64(alphabet: plain, isPadded: true)
    /// Section 5 without `=`: JOSE.
    static let url = Base64(alphabet: shared + Array("-_".utf8), isPadded: false)

    private static let shared = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    private static let plain = shared + Array("+/".utf8)

    private let alphabet: [UInt8]
    /// Value by character, 0xFF for what is no character of the alphabet.
    private let values: [UInt8]
    private let isPadded: Bool

    private init(alphabet: [UInt8], isPadded: Bool) {
        self.alphabet = alphabet
        self.isPadded = isPadded
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable { encode($0) } ?? Array(bytes).withUnsafeBufferPointer { encode($0) }
    }

    /// Nil unless `text` is exactly what `encode` gives for some bytes.
    func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        text.withContiguousStorageIfAvailable { decode($0) } ?? Array(text).withUnsafeBufferPointer { decode($0) }
    }

    private func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let (whole, rest) = bytes.count.quotientAndRemainder(dividingBy: 3)
        let count = whole * 4 + (rest == 0 ? 0 : isPadded ? 4 : rest + 1)
        return [UInt8](unsafeUninitializedCapacity: count) { text, filled in
            alphabet.withUnsafeBufferPointer { alphabet in
                for group in 0..<whole {
                    let (source, target) = (group * 3, group * 4)
                    let three =
                        UInt32(bytes[source]) << 16 | UInt32(bytes[source + 1]) << 8 | UInt32(bytes[source + 2])
                    text[target] = alphabet[Int(three >> 18)]
                    text[target + 1] = alphabet[Int(three >> 12 & 0x3F)]
                    text[target + 2] = alphabet[Int(three >> 6 & 0x3F)]
                    text[target + 3] = alphabet[Int(three & 0x3F)]
                }
            }
            filled = whole * 4
            guard rest > 0 else { return }
            let last = UInt32(bytes[whole * 3]) << 16 | (rest == 2 ? UInt32(bytes[whole * 3 + 1]) << 8 : 0)
            for index in 0...rest { text[filled + index] = alphabet[Int(last >> UInt32(18 - 6 * index) & 0x3F)] }
            if isPadded { for index in (rest + 1)..<4 { text[filled + index] = UInt8(ascii: "=") } }
            filled = count
        }
    }

    private func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var length = text.count
        if isPadded {
            guard length % 4 == 0 else { return nil }
            var padding = 0
            while padding < 2, length > 0, text[length - 1] == UInt8(ascii: "=") {
                length -= 1
                padding += 1
            }
        }
        guard length % 4 != 1 else { return nil }
        var (pending, bits, isGood) = (UInt32(0), 0, true)
        let bytes = [UInt8](unsafeUninitializedCapacity: length * 3 / 4) { bytes, filled in
            values.withUnsafeBufferPointer { values in
                for index in 0..<length {
                    let value = values[Int(text[index])]
                    guard value != 0xFF else {
                        isGood = false
                        return
                    }
                    pending = pending << 6 | UInt32(value)
                    bits += 6
                    guard bits >= 8 else { continue }
                    bits -= 8
                    bytes[filled] = UInt8(truncatingIfNeeded: pending >> UInt32(bits))
                    filled += 1
                    pending &= (1 << UInt32(bits)) - 1
                }
            }
        }
        return isGood && pending == 0 ? bytes : nil
    }
}
