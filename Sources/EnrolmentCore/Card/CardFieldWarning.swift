/// What was odd about a file of the card. It is shown, and never keeps the card from being used; it
/// holds places and kinds, never content.
package struct CardFieldWarning: Hashable, Sendable, Codable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// The file has no such field, and every card should.
        case missing
        /// The field comes once more; the first one counts.
        case duplicate
        /// The field reaches beyond the end; neither it nor anything behind it could be read.
        case truncated
        /// A length of 128 or more, on which the documents disagree; neither the field nor anything
        /// behind it was read.
        case lengthNotSupported
        /// Behind the zero bytes that end a file there is something.
        case contentAfterEnd
        /// Not UTF-8; what is not is shown as U+FFFD.
        case notText
        /// Characters that a screen would obey rather than show; they are shown as U+FFFD.
        case controlCharacters
        /// A date of which something is there and cannot be read.
        case unreadableDate
        /// A code, or a length, that nobody documents.
        case unknownValue
    }

    /// The identity or the address.
    package let file: CardFile
    package let tag: UInt8
    package let kind: Kind

    package init(_ file: CardFile, _ tag: UInt8, _ kind: Kind) {
        self.file = file
        self.tag = tag
        self.kind = kind
    }

    package var description: String { "\(file.rawValue) field \(tag): \(kind.rawValue)" }
}
