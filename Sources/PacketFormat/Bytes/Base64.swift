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
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        var pending: UInt32 = 0
        var count = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] { text.append(alphabet[Int(pending >> shift & 0x3F)]) }
            (pending, count) = (0, 0)
        }
        guard count > 0 else { return text }
        pending <<= UInt32(8 * (3 - count))
        for index in 0...count { text.append(alphabet[Int(pending >> UInt32(18 - 6 * index) & 0x3F)]) }
        if isPadded { text += [UInt8](repeating: UInt8(ascii: "="), count: 3 - count) }
        return text
    }

    /// Nil unless `text` is exactly what `encode` gives for some bytes.
    func decode(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        var text = text[...]
        if isPadded {
            guard text.count % 4 == 0 else { return nil }
            var padding = 0
            while padding < 2, text.last == UInt8(ascii: "=") {
                text = text.dropLast()
                padding += 1
            }
        }
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 3)
        var pending: UInt32 = 0
        var bits = 0
        for character in text {
            let value = values[Int(character)]
            guard value != 0xFF else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            pending &= (1 << UInt32(bits)) - 1
        }
        return pending == 0 ? bytes : nil
    }
}
