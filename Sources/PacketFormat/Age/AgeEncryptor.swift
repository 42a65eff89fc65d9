import Crypto

/// Makes an age v1 file from a stream, in pieces.
///
/// It holds a chunk of 64 KiB and a block of 512 KiB of the file, however long the stream is. Keys and nonces come
/// from the system's generator and are new in each value; a value makes one file.
package struct AgeEncryptor: Sendable {
    package let header: AgeHeader
    /// What the file starts with: the header, and the nonce of the payload.
    let start: [UInt8]
    private let payloadKey: SymmetricKey
    private var sealer: AgePayloadSealer

    /// - Parameter recipients: at least one; any of them opens the file. Hybrid and X25519 recipients
    ///   are not mixed, since the weaker one would decide; a passphrase stands alone.
    /// - Throws: `AgeError` with `.key`.
    package init(to recipients: [any AgeFileKeyWrapping]) throws(AgeError) {
        guard let first = recipients.first else { throw AgeError(.key, "no recipient") }
        guard recipients.allSatisfy({ $0.isPostQuantum == first.isPostQuantum }) else {
            throw AgeError(.key, "hybrid and X25519 recipients together")
        }
        guard recipients.count == 1 || !recipients.contains(where: { $0 is AgePassphrase }) else {
            throw AgeError(.key, "a passphrase beside another recipient")
        }
        try self.init(fileKey: AgeFileKey(), recipients: recipients)
    }

    /// Without the rules for recipients, so that tests can make what a foreign tool may make.
    init(fileKey: AgeFileKey, recipients: [any AgeFileKeyWrapping]) throws(AgeError) {
        var stanzas: [AgeStanza] = []
        for recipient in recipients { stanzas.append(try recipient.wrap(fileKey)) }
        header = AgeHeader(stanzas: stanzas, fileKey: fileKey)
        guard header.byteCount <= AgeHeader.largestByteCount else { throw AgeError(.key, "too many recipients") }
        let nonce = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        start = header.encoded + nonce
        payloadKey = fileKey.payloadKey(nonce: nonce)
        sealer = AgePayloadSealer(key: payloadKey, after: start)
    }

    /// Opens what follows `start` in this file: only for reading back what was just written.
    var opener: AgePayloadOpener { AgePayloadOpener(key: payloadKey) }

    /// Takes the next plaintext. The sink gets the file in blocks, whose end `finish` gives.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws { try sealer.update(bytes, to: sink) }

    /// Writes the final chunk; without it the file opens for nobody.
    package mutating func finish(to sink: ByteSink) throws { try sealer.finish(to: sink) }
}
