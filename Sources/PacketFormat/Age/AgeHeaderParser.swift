/// Reads the header of an age file from pieces of any length, line by line, and stops at its end.
///
/// It accepts exactly the grammar of the C2SP specification: one form for each header, so that
/// nothing can be changed in it that the key holder would not notice.
struct AgeHeaderParser: Sendable {
    private var hasVersion = false
    private var stanza = AgeStanzaParser()
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
        if !hasVersion {
            guard line.elementsEqual(AgeHeader.versionLine.utf8) else {
                throw refused("another version, or no age file")
            }
            hasVersion = true
        } else if !stanza.isInside, line.starts(with: Array("---".utf8)) {
            return try end(line)
        } else if let stanza = try stanza.take(line) {
            stanzas.append(stanza)
        }
        return nil
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
