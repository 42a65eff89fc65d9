import EnrolmentCore

/// The fields of the identity or address file: one byte of tag, one of length, and the value.
///
/// Tags that nobody knows are kept. Of a tag that comes twice the first counts. Where a field cannot be
/// told from what is behind it the reading ends, and what was read until there stands.
struct CardFields: Hashable, Sendable {
    private(set) var values: [UInt8: [UInt8]] = [:]
    /// Why not all of the file was read; nil when it was.
    private(set) var flaw: CardFileError?
    /// What was odd about the fields as such, in their order.
    private(set) var warnings: [CardFieldWarning] = []

    /// Reads to the end, or to zero bytes behind the last field: tag 0 is a field only at the start.
    init(_ bytes: [UInt8], of file: CardFile = .identity) {
        var offset = 0
        while offset < bytes.count {
            let tag = bytes[offset]
            if tag == 0, offset > 0 || bytes.allSatisfy({ $0 == 0 }) {
                let hasMore = bytes[offset...].contains { $0 != 0 }
                if hasMore { warnings.append(CardFieldWarning(file, tag, .contentAfterEnd)) }
                return
            }
            guard let end = end(ofFieldAt: offset, in: bytes) else {
                let isLong = if case .lengthNotSupported? = flaw { true } else { false }
                warnings.append(CardFieldWarning(file, tag, isLong ? .lengthNotSupported : .truncated))
                return
            }
            if values[tag] == nil {
                values[tag] = [UInt8](bytes[offset + 2..<end])
            } else {
                warnings.append(CardFieldWarning(file, tag, .duplicate))
            }
            offset = end
        }
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(tag: UInt8) -> [UInt8]? { values[tag] }

    /// Where the next field begins; nil, with the reason in `flaw`, when that cannot be told.
    private mutating func end(ofFieldAt offset: Int, in bytes: [UInt8]) -> Int? {
        let tag = bytes[offset]
        guard offset + 1 < bytes.count else {
            flaw = .truncated(tag: tag, offset: offset)
            return nil
        }
        let length = Int(bytes[offset + 1])
        guard length < 0x80 else {
            flaw = .lengthNotSupported(tag: tag, offset: offset)
            return nil
        }
        let end = offset + 2 + length
        guard end <= bytes.count else {
            flaw = .truncated(tag: tag, offset: offset)
            return nil
        }
        return end
    }
}
