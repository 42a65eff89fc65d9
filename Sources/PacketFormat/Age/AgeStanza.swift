/// One wrapping of the file key: what a recipient adds to the header of an age file.
package struct AgeStanza: Hashable, Sendable {
    package let type: String
    /// After the type; none is empty.
    package let arguments: [String]
    package let body: [UInt8]

    package init(type: String, arguments: [String], body: [UInt8]) {
        self.type = type
        self.arguments = arguments
        self.body = body
    }

    /// The lines of the header, with the short last line that the grammar demands.
    var encoded: [UInt8] {
        var text = Array("-> \(([type] + arguments).joined(separator: " "))\n".utf8)
        let body = Base64.unpadded.encode(body)
        for start in stride(from: 0, through: body.count, by: AgeHeader.columns) {
            text += body[start..<min(start + AgeHeader.columns, body.count)]
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}

/// Something that a file key can be wrapped for.
package protocol AgeFileKeyWrapping: Sendable {
    /// Whether a quantum computer could not unwrap it; all recipients of one file must agree.
    var isPostQuantum: Bool { get }
    /// - Throws: `AgeError` with `.key` when the recipient turns out to be no usable key.
    func wrap(_ fileKey: AgeFileKey) throws(AgeError) -> AgeStanza
}

/// Something that can unwrap a file key.
package protocol AgeFileKeyUnwrapping: Sendable {
    /// Nil when the stanza is of another type or was made for another key.
    ///
    /// - Throws: `AgeError` with `.header` when the stanza is of the own type and malformed, so that
    ///   no later stanza is tried.
    func unwrap(_ stanza: AgeStanza) throws(AgeError) -> AgeFileKey?
}
