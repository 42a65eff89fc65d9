/// Whether a stream of bytes is shaped like one JSON object, without holding it: braces, brackets and
/// strings are balanced, and there is no control character that could steer a terminal.
///
/// It does not replace a parser: what stands between the brackets is not looked at.
struct JSONObjectShape {
    /// The brackets that are open, innermost last.
    private var open: [UInt8] = []
    private var isInString = false
    private var isEscaped = false
    private var hasBegun = false
    private var isBroken = false

    /// Deeper than any document of ours; it bounds the memory.
    private static let deepest = 512

    /// True once all of an object went by, and nothing else.
    var isWhole: Bool { hasBegun && !isBroken && open.isEmpty && !isInString }

    mutating func update(_ bytes: [UInt8]) {
        for byte in bytes where !isBroken { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        if isInString {
            if byte < 0x20 || byte == 0x7F { isBroken = true }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20: return
        case UInt8(ascii: "{"): push(byte)
        case _ where open.isEmpty: isBroken = true
        case UInt8(ascii: "["): push(byte)
        case UInt8(ascii: "}"): pop(UInt8(ascii: "{"))
        case UInt8(ascii: "]"): pop(UInt8(ascii: "["))
        case UInt8(ascii: "\""): isInString = true
        case 0x21...0x7E: return
        default: isBroken = true
        }
    }

    private mutating func push(_ bracket: UInt8) {
        if open.isEmpty, hasBegun { isBroken = true }
        hasBegun = true
        open.append(bracket)
        if open.count > Self.deepest { isBroken = true }
    }

    private mutating func pop(_ bracket: UInt8) {
        if open.popLast() != bracket { isBroken = true }
    }
}
