/// A number of JSON, byte by byte: `-` or not, digits without a leading nought, a fraction, an exponent.
struct JSONNumberShape {
    private enum State {
        case minus, nought, digits, point, fraction, exponent, exponentSign, exponentDigits
    }

    private var state: State

    /// - Parameter byte: the first; nil when no number begins with it.
    init?(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "-"): state = .minus
        case UInt8(ascii: "0"): state = .nought
        case UInt8(ascii: "1")...UInt8(ascii: "9"): state = .digits
        default: return nil
        }
    }

    /// Whether it is a number when nothing follows.
    var mayEnd: Bool {
        switch state {
        case .nought, .digits, .fraction, .exponentDigits: true
        case .minus, .point, .exponent, .exponentSign: false
        }
    }

    /// - Returns: false when the byte does not belong to it.
    mutating func take(_ byte: UInt8) -> Bool {
        guard let next = next(byte) else { return false }
        state = next
        return true
    }

    private func next(_ byte: UInt8) -> State? {
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        let isExponent = byte | 0x20 == UInt8(ascii: "e")
        return switch state {
        case .minus: isDigit ? byte == UInt8(ascii: "0") ? .nought : .digits : nil
        case .nought: byte == UInt8(ascii: ".") ? .point : isExponent ? .exponent : nil
        case .digits: isDigit ? .digits : byte == UInt8(ascii: ".") ? .point : isExponent ? .exponent : nil
        case .point: isDigit ? .fraction : nil
        case .fraction: isDigit ? .fraction : isExponent ? .exponent : nil
        case .exponent:
            isDigit ? .exponentDigits : [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte) ? .exponentSign : nil
        case .exponentSign, .exponentDigits: isDigit ? .exponentDigits : nil
        }
    }
}
