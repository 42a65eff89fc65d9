/// The fields of the identity or address file: one byte of tag, one of length, and the value.
///
/// Tags that nobody knows are kept. Of a tag that comes twice the first counts.
struct CardFields: Hashable, Sendable {
    private(set) var values: [UInt8: [UInt8]] = [:]

    /// Reads to the end, or to zero bytes behind the last field: tag 0 is a field only at the start.
    init(_ bytes: [UInt8]) throws(CardFileError) {
        var offset = 0
        while offset < bytes.count {
            let tag = bytes[offset]
            if tag == 0, offset > 0 || bytes.allSatisfy({ $0 == 0 }) { return }
            guard offset + 1 < bytes.count else { throw .truncated(tag: tag, offset: offset) }
            let length = Int(bytes[offset + 1])
            guard length < 0x80 else { throw .lengthNotSupported(tag: tag, offset: offset) }
            let start = offset + 2
            guard start + length <= bytes.count else { throw .truncated(tag: tag, offset: offset) }
            if values[tag] == nil { values[tag] = [UInt8](bytes[start..<start + length]) }
            offset = start + length
        }
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(tag: UInt8) -> [UInt8]? { values[tag] }

    /// A field as text without the spaces that fill it up; empty when the field is absent.
    ///
    /// What is not UTF-8, and control characters, which a forged card could use against a terminal,
    /// become U+FFFD. The file itself is kept as it came.
    func text(_ tag: UInt8) -> String {
        guard let value = values[tag] else { return "" }
        var scalars = Array(String(decoding: value, as: UTF8.self).unicodeScalars)
        while let last = scalars.last, last == " " || last == "\0" { scalars.removeLast() }
        let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start...].map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
        return String(text)
    }
}
