/// Opens an age file of either form from a stream: binary, or text in ASCII armour. The file itself
/// tells which one it is.
///
/// Like `AgeDecryptor` it releases chunks as they verify: what the sink got must be thrown away when
/// any call throws, `finish` included.
package struct AgeReader: Sendable {
    private enum Form: Sendable {
        case undecided
        case binary
        case armoured(AgeArmorReader)
    }

    /// Enough for the white space that may come before the armour, and for its first line.
    private static let largestHead = 4 << 10

    private var decryptor: AgeDecryptor
    private var form = Form.undecided
    /// What was read before the form was known.
    private var head: [UInt8] = []

    /// - Parameter identities: tried in this order.
    package init(identities: [any AgeFileKeyUnwrapping]) {
        decryptor = AgeDecryptor(identities: identities)
    }

    /// - Throws: `AgeError`, or what the sink throws. After an error the value only gives errors.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        switch form {
        case .undecided:
            head += bytes
            if try decide(isWhole: head.count >= Self.largestHead) { try updateWithHead(to: sink) }
        case .binary: try decryptor.update(bytes, to: sink)
        case .armoured(var armour):
            // Not held twice while it is changed.
            form = .undecided
            defer { form = .armoured(armour) }
            try armour.update(bytes) { try decryptor.update($0, to: sink) }
        }
    }

    /// Call it at the end of the input; only when it returns is the plaintext whole.
    package mutating func finish(to sink: ByteSink) throws {
        if case .undecided = form, try decide(isWhole: true) { try updateWithHead(to: sink) }
        if case .armoured(var armour) = form { try armour.finish { try decryptor.update($0, to: sink) } }
        try decryptor.finish(to: sink)
    }

    /// Decrypts a whole stream.
    package static func decrypt(
        _ source: ByteSource, identities: [any AgeFileKeyUnwrapping], into sink: ByteSink
    ) throws {
        var reader = AgeReader(identities: identities)
        while let bytes = try source() { try reader.update(bytes, to: sink) }
        try reader.finish(to: sink)
    }

    private mutating func updateWithHead(to sink: ByteSink) throws {
        let bytes = head
        head = []
        try update(bytes, to: sink)
    }

    /// Whether the form is known. A file that looks like neither is taken for a binary one, whose
    /// header is then refused; one with a line of PEM near its start for damaged armour.
    private mutating func decide(isWhole: Bool) throws -> Bool {
        let intro = Array("age-encryption.org/".utf8)
        if head.starts(with: intro) {
            form = .binary
        } else if !isWhole {
            return false
        } else {
            form = AgeArmor.isNear(head) ? .armoured(AgeArmorReader()) : .binary
        }
        return true
    }
}
