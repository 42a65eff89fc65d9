/// Reads the header of an age file from pieces of any length, line by line, and stops at its end.
///
/// It accepts exactly the grammar of the C2SP specification: one form for each header, so that
/// nothing can be changed in it that the key holder would not notice.
struct AgeHeaderParser: Sendable {
    private enum Expected {
        case version
        case stanzaOrEnd
        case body(type: String, arguments: [String], bytes: [UInt8])
    }

    private var expected = Expected.version
    private var stanzas: [AgeStanza] = []
    /// Everything read so far.
    private var text: [UInt8] = []
    private var lineStart = 0

    /// Takes bytes off the front of `input` up to the end of the header; nil while there is more.
    mutating func consume(_ input: inout ArraySlice<UInt8>) throws(AgeError) -> AgeHeader? {
        while let byte = input.popFirst() {
            text.append(byte)
            guard text.count <= AgeHeader.largestByteCount else { throw refused("longer than 64 KiB") }
            guard byte == UInt8(ascii: "\n") else { continue }
            let line = text[lineStart..<(text.count - 1)]
            if let header = try take(line) { return header }
            lineStart = text.count
        }
        return nil
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(AgeError) -> AgeHeader? {
        switch expected {
        case .version:
            guard line.elementsEqual(AgeHeader.versionLine.utf8) else {
                throw refused("another version, or no age file")
            }
            expected = .stanzaOrEnd
        case .stanzaOrEnd:
            if line.starts(with: Array("---".utf8)) { return try end(line) }
            let words = try stanzaWords(line)
            expected = .body(type: words[0], arguments: Array(words.dropFirst()), bytes: [])
        case .body(let type, let arguments, let bytes):
            guard line.count <= AgeHeader.columns else { throw refused("a body line is too long") }
            guard let decoded = Base64.unpadded.decode(line) else { throw refused("a body is not base64") }
            let body = bytes + decoded
            if line.count == AgeHeader.columns {
                expected = .body(type: type, arguments: arguments, bytes: body)
            } else {
                stanzas.append(AgeStanza(type: type, arguments: arguments, body: body))
                expected = .stanzaOrEnd
            }
        }
        return nil
    }

    /// At least one word, the type.
    private func stanzaWords(_ line: ArraySlice<UInt8>) throws(AgeError) -> [String] {
        guard line.starts(with: Array("-> ".utf8)) else { throw refused("neither a stanza nor the end") }
        let words = line.dropFirst(3).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        for word in words {
            guard !word.isEmpty else { throw refused("an empty argument") }
            guard word.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw refused("an argument is not text") }
        }
        return words.map { String(decoding: $0, as: UTF8.self) }
    }

    private func end(_ line: ArraySlice<UInt8>) throws(AgeError) -> AgeHeader {
        guard !stanzas.isEmpty else { throw refused("no stanza") }
        guard line.count == 47, line.starts(with: Array("--- ".utf8)),
            let mac = Base64.unpadded.decode(line.dropFirst(4)), mac.count == 32
        else { throw refused("the end line is malformed") }
        return AgeHeader(stanzas: stanzas, mac: mac, authenticated: Array(text[..<(lineStart + 3)]))
    }

    private func refused(_ reason: String) -> AgeError { AgeError(.header, reason) }
}
