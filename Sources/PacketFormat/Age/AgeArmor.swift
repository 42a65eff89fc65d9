/// The text form of an age file: strict PEM (RFC 7468 figure 3) around the binary form. Packets are
/// binary; key backups may be armoured.
enum AgeArmor {
    static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
    static let end = "-----END AGE ENCRYPTED FILE-----"
    static let columns = 64
    static let bytesPerLine = 48
    /// On either side of the block; more is taken for another kind of file.
    static let largestBlankCount = 1024

    /// Whether the start of a file holds a line of PEM, or the first line of an armoured header.
    static func isNear(_ head: [UInt8]) -> Bool {
        let dashes = Array("-----".utf8)
        // A multiple of three bytes, so that its base64 does not depend on what follows.
        let header = Base64.padded.encode(Array("age-encryption.".utf8))
        return head.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.contains {
            let line = $0.drop(while: isBlank)
            return line.starts(with: dashes) || line.starts(with: header)
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Takes the armour off, in pieces of any length, and gives the binary file piece by piece.
package struct AgeArmorReader: Sendable {
    private enum Place: Sendable {
        case before, inside
        /// The last line of base64 was short: only the end line may follow.
        case closing
        case after
    }

    private var place = Place.before
    /// The start of a line whose end was not read yet.
    private var held: [UInt8] = []
    private var blankCount = 0
    /// What came off since the sink got something.
    private var decoded: [UInt8] = []

    package init() {}

    /// - Throws: `AgeError` with `.armor`, or what the sink throws. The sink gets what came before a
    ///   damaged line first.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        do {
            try takeLines(of: bytes)
        } catch {
            try release(to: sink)
            throw error
        }
        try release(to: sink)
    }

    /// Call it at the end of the input; the last line feed may be missing.
    package mutating func finish(to sink: ByteSink) throws {
        if !held.isEmpty { try take(held[...], length: held.count) }
        try release(to: sink)
        guard case .after = place else { throw refused("it ends within the armour") }
    }

    private mutating func release(to sink: ByteSink) throws {
        guard !decoded.isEmpty else { return }
        defer { decoded.removeAll(keepingCapacity: true) }
        try sink(decoded)
    }

    private mutating func takeLines(of bytes: [UInt8]) throws(AgeError) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = held.isEmpty ? rest[..<end] : held + rest[..<end]
            held.removeAll(keepingCapacity: true)
            try take(line, length: line.count + 1)
            rest = rest[(end + 1)...]
        }
        held += rest
        guard held.count <= AgeArmor.largestBlankCount else { throw refused("a line is too long") }
    }

    /// - Parameter length: of the line with its end.
    private mutating func take(_ line: ArraySlice<UInt8>, length: Int) throws(AgeError) {
        let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        switch place {
        case .before:
            if line.allSatisfy(AgeArmor.isBlank) { return try countBlank(length) }
            guard line.elementsEqual(AgeArmor.begin.utf8) else { throw refused("not its first line") }
            place = .inside
        case .inside:
            if line.elementsEqual(AgeArmor.end.utf8) { return endBlock() }
            guard !line.isEmpty, line.count <= AgeArmor.columns, let bytes = Base64.padded.decode(line) else {
                throw refused("a line is not base64")
            }
            if bytes.count < AgeArmor.bytesPerLine { place = .closing }
            decoded += bytes
        case .closing:
            guard line.elementsEqual(AgeArmor.end.utf8) else { throw refused("data after a short line") }
            endBlock()
        case .after:
            guard line.allSatisfy(AgeArmor.isBlank) else { throw refused("data after the armour") }
            try countBlank(length)
        }
    }

    private mutating func endBlock() {
        place = .after
        blankCount = 0
    }

    private mutating func countBlank(_ count: Int) throws(AgeError) {
        blankCount += count
        guard blankCount <= AgeArmor.largestBlankCount else { throw refused("too much white space") }
    }

    private func refused(_ reason: String) -> AgeError { AgeError(.armor, reason) }
}

/// Puts the armour on, in pieces of any length.
package struct AgeArmorWriter: Sendable {
    private var held: [UInt8] = []
    private var hasStarted = false

    package init() {}

    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        try start(to: sink)
        held += bytes
        let whole = held.count / AgeArmor.bytesPerLine * AgeArmor.bytesPerLine
        guard whole > 0 else { return }
        let base64 = Base64.padded.encode(held[..<whole])
        held.removeFirst(whole)
        var text: [UInt8] = []
        text.reserveCapacity(base64.count / AgeArmor.columns * (AgeArmor.columns + 1))
        for start in stride(from: 0, to: base64.count, by: AgeArmor.columns) {
            text += base64[start..<(start + AgeArmor.columns)]
            text.append(UInt8(ascii: "\n"))
        }
        try sink(text)
    }

    package mutating func finish(to sink: ByteSink) throws {
        try start(to: sink)
        let rest = held.isEmpty ? [] : Base64.padded.encode(held) + [UInt8(ascii: "\n")]
        try sink(rest + Array("\(AgeArmor.end)\n".utf8))
    }

    private mutating func start(to sink: ByteSink) throws {
        guard !hasStarted else { return }
        hasStarted = true
        try sink(Array("\(AgeArmor.begin)\n".utf8))
    }
}
