/// Watches text go by, byte by byte: whether it is UTF-8, and whether all of it is seen on a screen.
///
/// Refused are the control characters (C0, DEL, C1: a terminal obeys them), and what turns the direction of text,
/// ends a line, has no picture or one of somebody's own: with it a line shows something else than it says. By Unicode's
/// words: the general categories Cc, Cf, Co, Cs, Zl and Zp, and whatever is `Default_Ignorable_Code_Point` (UAX #44),
/// such as variation selectors and the Hangul fillers.
struct TextWatch {
    /// Bytes that are missing of a character.
    private var missing = 0
    private var scalar: UInt32 = 0
    /// The least that so many bytes are for.
    private var least: UInt32 = 0

    /// Whether a character has just ended.
    var isBetween: Bool { missing == 0 }

    /// - Returns: false when the byte makes the text one that is refused.
    mutating func take(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard byte & 0xC0 == 0x80 else { return false }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
            missing -= 1
            guard missing == 0 else { return true }
            return scalar >= least && Unicode.Scalar(scalar).map { !Self.isUnseen($0) } ?? false
        }
        switch byte {
        case 0x20...0x7E: return true
        case 0xC2...0xDF: (missing, scalar, least) = (1, UInt32(byte & 0x1F), 0x80)
        case 0xE0...0xEF: (missing, scalar, least) = (2, UInt32(byte & 0x0F), 0x800)
        case 0xF0...0xF4: (missing, scalar, least) = (3, UInt32(byte & 0x07), 0x10000)
        default: return false
        }
        return true
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isDefaultIgnorableCodePoint { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
