/// Puts stanzas together from their lines, as they stand in a header and as age and its plugins talk.
struct AgeStanzaParser: Sendable {
    /// Of the stanza whose body is being read.
    private var words: [String]?
    private var body: [UInt8] = []

    /// Whether the next line belongs to a stanza that has begun.
    var isInside: Bool { words != nil }

    /// Takes a line without its line feed; gives the stanza when this line ends it.
    mutating func take(_ line: ArraySlice<UInt8>) throws(AgeError) -> AgeStanza? {
        guard let words else {
            words = try Self.words(of: line)
            body = []
            return nil
        }
        guard line.count <= AgeHeader.columns else { throw Self.refused("a body line is too long") }
        guard let decoded = Base64.unpadded.decode(line) else { throw Self.refused("a body is not base64") }
        body += decoded
        guard body.count <= AgeHeader.largestByteCount else { throw Self.refused("a body is too long") }
        guard line.count < AgeHeader.columns else { return nil }
        self.words = nil
        return AgeStanza(type: words[0], arguments: Array(words.dropFirst()), body: body)
    }

    /// At least one word, the type.
    private static func words(of line: ArraySlice<UInt8>) throws(AgeError) -> [String] {
        guard line.starts(with: Array("-> ".utf8)) else { throw refused("neither a stanza nor the end") }
        let words = line.dropFirst(3).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        for word in words {
            guard !word.isEmpty else { throw refused("an empty argument") }
            guard word.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw refused("an argument is not text") }
        }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func refused(_ reason: String) -> AgeError { AgeError(.header, reason) }
}
