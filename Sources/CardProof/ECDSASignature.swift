/// r and s of an ECDSA signature, each as long as the curve's numbers.
struct ECDSASignature: Hashable, Sendable {
    /// r, then s.
    let raw: [UInt8]

    /// Reads DER as cards have it, perhaps followed by zero bytes that fill a file of fixed length.
    ///
    /// A length may be written in its long form where the short one would do, as some signers did; apart
    /// from that nothing is forgiven: what is not r and s makes no signature, so that no bit of the file can
    /// change unseen.
    ///
    /// - Parameter numberLength: 32, 48 or 66 bytes, by the curve.
    init?(der file: [UInt8], numberLength: Int) {
        var outer = Reader(file[...])
        guard let sequence = outer.value(tag: 0x30), outer.rest.allSatisfy({ $0 == 0 }) else { return nil }
        var inner = Reader(sequence)
        guard let r = inner.value(tag: 0x02), let s = inner.value(tag: 0x02), inner.rest.isEmpty,
            let left = Self.number(r, length: numberLength), let right = Self.number(s, length: numberLength)
        else { return nil }
        raw = left + right
    }

    /// r and s as they are, as chips give them.
    init?(raw: [UInt8], numberLength: Int) {
        guard raw.count == 2 * numberLength else { return nil }
        self.raw = raw
    }

    /// An INTEGER that is positive and written without needless zero bytes, to its full length.
    private static func number(_ content: ArraySlice<UInt8>, length: Int) -> [UInt8]? {
        guard let first = content.first, first < 0x80 else { return nil }
        var digits = content
        if first == 0 {
            guard let second = content.dropFirst().first, second >= 0x80 else { return nil }
            digits = content.dropFirst()
        }
        guard digits.count <= length else { return nil }
        return [UInt8](repeating: 0, count: length - digits.count) + digits
    }

    /// Tag, length and value, where the length has at most two bytes.
    private struct Reader {
        private(set) var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        mutating func value(tag: UInt8) -> ArraySlice<UInt8>? {
            guard rest.popFirst() == tag, let first = rest.popFirst() else { return nil }
            var length = Int(first)
            if first >= 0x80 {
                guard first == 0x81 || first == 0x82 else { return nil }
                length = 0
                for _ in 0..<(first & 0x0F) {
                    guard let byte = rest.popFirst() else { return nil }
                    length = length << 8 | Int(byte)
                }
            }
            guard length <= rest.count else { return nil }
            defer { rest = rest.dropFirst(length) }
            return rest.prefix(length)
        }
    }
}
