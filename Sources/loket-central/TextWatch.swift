/// Watches text go by, byte by byte: whether it is UTF-8, and whether all of it is seen on a screen.
///
/// Refused are the control characters (C0, DEL, C1: a terminal obeys them), and what turns the direction of text,
/// ends a line or has no width: with it a line shows something else than it says.
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
            return missing > 0 || (scalar >= least && Unicode.Scalar(scalar) != nil && !Self.isUnseen(scalar))
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

    private static func isUnseen(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x80...0x9F: true
        // No width, a mark of direction, a separator of lines, an embedding or override of direction.
        case 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        // Marks between lines, tags.
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
