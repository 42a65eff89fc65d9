/// Why a file of the card cannot be taken apart. Holds places and tags, never content.
package enum CardFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No byte, or no field at all.
    case empty
    /// A field reaches beyond the end of the file.
    case truncated(tag: UInt8, offset: Int)
    /// A length of 128 or more: the documents disagree on how it is written, and no field is that long.
    case lengthNotSupported(tag: UInt8, offset: Int)
    /// A field without which the file is of no use.
    case missing(tag: UInt8)

    package var description: String {
        switch self {
        case .empty: "the file is empty"
        case .truncated(let tag, let offset): "field \(tag) at byte \(offset) reaches beyond the end"
        case .lengthNotSupported(let tag, let offset): "field \(tag) at byte \(offset) has an unsupported length"
        case .missing(let tag): "field \(tag) is missing"
        }
    }
}
