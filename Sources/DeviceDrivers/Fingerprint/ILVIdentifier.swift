/// What an ILV element is about: one byte, or one of two ways to have more of them.
package enum ILVIdentifier: Hashable, Sendable {
    case plain(UInt8)
    /// FF first, then this byte.
    case escaped(UInt8)
    /// FE first; these two bytes, low first, stand after the length, which counts them.
    case extended(UInt16)

    static let escapeMark: UInt8 = 0xFF
    static let extensionMark: UInt8 = 0xFE
}
