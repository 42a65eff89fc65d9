/// The text form of an age file: strict PEM (RFC 7468 figure 3) around the binary form. Packets are
/// binary; key backups may be armoured.
enum AgeArmor {
    static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
    static let end = "-----END AGE ENCRYPTED FILE-----"
    static let columns = 64
    static let bytesPerLine = 48
    /// Around the block; more is taken for another kind of file.
    static let largestBlankCount = 1024
}

/// Takes the armour off, in pieces of any length, and gives the binary file line by line.
package struct AgeArmorReader: Sendable {
    private enum Place: Sendable {
        case before, inside
        /// The last line of base64 was short: only the end line may follow.
        case closing
        case after
    }

    private var place = Place.before
    private var line: [UInt8] = []
    private var blankCount = 0

    package init() {}

    /// - Throws: `AgeError` with `.armor`, or what the sink throws.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                try endLine(to: sink)
            } else {
                line.append(byte)
                guard line.count <= AgeArmor.largestBlankCount else { throw refused("a line is too long") }
            }
        }
    }

    /// Call it at the end of the input; the last line feed may be missing.
    package mutating func finish(to sink: ByteSink) throws {
        if !line.isEmpty { try endLine(to: sink) }
        guard case .after = place else { throw refused("it ends within the armour") }
    }

    private mutating func endLine(to sink: ByteSink) throws {
        let length = line.count + 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        defer { line.removeAll(keepingCapacity: true) }
        switch place {
        case .before:
            if isBlank { return try countBlank(length) }
            guard line.elementsEqual(AgeArmor.begin.utf8) else { throw refused("not its first line") }
            place = .inside
        case .inside:
            if line.elementsEqual(AgeArmor.end.utf8) {
                place = .after
                return
            }
            guard !line.isEmpty, line.count <= AgeArmor.columns, let bytes = Base64.padded.decode(line) else {
                throw refused("a line is not base64")
            }
            if bytes.count < AgeArmor.bytesPerLine { place = .closing }
            try sink(bytes)
        case .closing:
            guard line.elementsEqual(AgeArmor.end.utf8) else { throw refused("data after a short line") }
            place = .after
        case .after:
            guard isBlank else { throw refused("data after the armour") }
            try countBlank(length)
        }
    }

    private var isBlank: Bool { line.allSatisfy { [0x20, 0x09, 0x0B, 0x0C, 0x0D].contains($0) } }

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
        var text: [UInt8] = []
        for start in stride(from: 0, to: whole, by: AgeArmor.bytesPerLine) {
            text += Base64.padded.encode(held[start..<(start + AgeArmor.bytesPerLine)]) + [UInt8(ascii: "\n")]
        }
        held.removeFirst(whole)
        if !text.isEmpty { try sink(text) }
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
