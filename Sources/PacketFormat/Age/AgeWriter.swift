/// Makes an age file of either form from a stream, in pieces: binary, or text in ASCII armour.
package struct AgeWriter: Sendable {
    private(set) var encryptor: AgeEncryptor
    private var armour: AgeArmorWriter?

    /// - Parameters:
    ///   - recipients: as for `AgeEncryptor`.
    ///   - armoured: whether the file is text; packets are binary.
    package init(to recipients: [any AgeFileKeyWrapping], armoured: Bool = false) throws(AgeError) {
        encryptor = try AgeEncryptor(to: recipients)
        armour = armoured ? AgeArmorWriter() : nil
    }

    /// Takes the next plaintext.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        guard var armour else { return try encryptor.update(bytes, to: sink) }
        defer { self.armour = armour }
        try encryptor.update(bytes) { try armour.update($0, to: sink) }
    }

    /// Writes the final chunk; without it the file opens for nobody.
    package mutating func finish(to sink: ByteSink) throws {
        guard var armour else { return try encryptor.finish(to: sink) }
        defer { self.armour = armour }
        try encryptor.finish { try armour.update($0, to: sink) }
        try armour.finish(to: sink)
    }

    /// Encrypts a whole stream.
    package static func encrypt(
        _ source: ByteSource, to recipients: [any AgeFileKeyWrapping], armoured: Bool = false, into sink: ByteSink
    ) throws {
        var writer = try AgeWriter(to: recipients, armoured: armoured)
        while let bytes = try source() { try writer.update(bytes, to: sink) }
        try writer.finish(to: sink)
    }
}
