import Crypto

/// Opens an age v1 file from a stream, in pieces of any length.
///
/// The header is parsed whole, then a file key is unwrapped, then the header is authenticated; only
/// then is the payload touched. Chunks are released as they verify, so what the sink got must be
/// thrown away when any call throws, `finish` included. It holds one chunk of 64 KiB.
package struct AgeDecryptor: Sendable {
    private let identities: [any AgeFileKeyUnwrapping]
    private var parser = AgeHeaderParser()
    /// There once the header is read and authenticated.
    private var fileKey: AgeFileKey?
    private var nonce: [UInt8] = []
    /// There once the nonce is read.
    private var opener: AgePayloadOpener?
    private var isOver = false

    /// - Parameter identities: tried in this order.
    package init(identities: [any AgeFileKeyUnwrapping]) {
        self.identities = identities
    }

    /// Takes the next bytes of the file and releases what has verified.
    ///
    /// - Throws: `AgeError`, or what the sink throws. After an error the value only gives errors.
    package mutating func update(_ bytes: [UInt8], to sink: ByteSink) throws {
        try failWhenOver()
        isOver = true
        var rest = bytes[...]
        while !rest.isEmpty { try step(&rest, to: sink) }
        isOver = false
    }

    /// Call it at the end of the input; only when it returns is the plaintext whole.
    package mutating func finish(to sink: ByteSink) throws {
        try failWhenOver()
        isOver = true
        guard fileKey != nil else { throw AgeError(.header, "it ends within the header") }
        guard opener != nil else { throw AgeError(.header, "it ends within the nonce") }
        try opener?.finish(to: sink)
    }

    /// Decrypts a whole stream.
    package static func decrypt(
        _ source: ByteSource, identities: [any AgeFileKeyUnwrapping], into sink: ByteSink
    ) throws {
        var decryptor = AgeDecryptor(identities: identities)
        while let bytes = try source() { try decryptor.update(bytes, to: sink) }
        try decryptor.finish(to: sink)
    }

    private mutating func step(_ rest: inout ArraySlice<UInt8>, to sink: ByteSink) throws {
        if opener != nil {
            try opener?.update(rest, to: sink)
            rest = []
        } else if let fileKey {
            let room = AgePayload.nonceByteCount - nonce.count
            nonce += rest.prefix(room)
            rest = rest.dropFirst(room)
            if nonce.count == AgePayload.nonceByteCount {
                opener = AgePayloadOpener(key: fileKey.payloadKey(nonce: nonce))
            }
        } else if let header = try parser.consume(&rest) {
            fileKey = try header.fileKey(for: identities)
        }
    }

    private func failWhenOver() throws(AgeError) {
        guard !isOver else { throw AgeError(.payload, "already failed or finished") }
    }
}
