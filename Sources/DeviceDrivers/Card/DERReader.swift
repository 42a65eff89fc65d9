/// Goes through the values of DER one after the other, without looking into them.
struct DERReader: Sendable {
    struct Value: Hashable, Sendable {
        let tag: UInt8
        let content: ArraySlice<UInt8>
        /// With tag and length.
        let whole: ArraySlice<UInt8>

        /// The content as an object identifier, X.690 8.19: seven bits a byte, and two numbers in the
        /// first. Empty when a number is too large for any that is in use.
        var dottedIdentifier: String {
            var numbers: [UInt64] = []
            var number: UInt64 = 0
            for byte in content {
                guard number < 1 << 56 else { return "" }
                number = number << 7 | UInt64(byte & 0x7F)
                guard byte & 0x80 == 0 else { continue }
                let first = min(number / 40, 2)
                numbers += numbers.isEmpty ? [first, number - first * 40] : [number]
                number = 0
            }
            return numbers.map { String($0) }.joined(separator: ".")
        }
    }

    static let integer: UInt8 = 0x02
    static let objectIdentifier: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// Nil at the end, and where no value is whole. Lengths of more than 65,535 are not taken.
    mutating func next() -> Value? {
        let start = rest.startIndex
        guard rest.count >= 2 else { return nil }
        let tag = rest[start]
        var (length, header) = (Int(rest[start + 1]), 2)
        if length >= 0x80 {
            let width = length - 0x80
            guard (1...2).contains(width), rest.count >= 2 + width else { return nil }
            header += width
            length = rest[start + 2..<start + header].reduce(0) { $0 << 8 | Int($1) }
        }
        guard rest.count - header >= length else { return nil }
        let end = start + header + length
        let value = Value(tag: tag, content: rest[start + header..<end], whole: rest[start..<end])
        rest = rest[end...]
        return value
    }

    /// The next value, when it has this tag.
    mutating func next(_ tag: UInt8) -> Value? {
        var ahead = self
        guard let value = ahead.next(), value.tag == tag else { return nil }
        self = ahead
        return value
    }

    /// Two lower-case digits a byte.
    static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 0x0F, radix: 16) }.joined()
    }
}
