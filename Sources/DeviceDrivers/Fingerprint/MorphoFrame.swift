/// How one ILV element travels: "SYNC", its length, the length's complement, the element, "EN".
enum MorphoFrame {
    static let start = [UInt8]("SYNC".utf8)
    static let end = [UInt8]("EN".utf8)
    /// Up to and with the complement.
    static let headerLength = 12
    /// More than the largest picture of the family; no module claims more in earnest.
    static let longestContent = 1_000_000

    static func bytes(of content: [UInt8]) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: content.count)
        return start + length.littleEndianBytes + (~length).littleEndianBytes + content + end
    }
}
