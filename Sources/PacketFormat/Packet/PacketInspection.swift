package import FoundationEssentials

/// What a packet shows to someone without any key: sizes, digest, for which kind of key it is sealed,
/// and what the manifest beside it claims. It holds no personal datum.
package struct PacketInspection: Hashable, Sendable, Codable {
    package struct Stanza: Hashable, Sendable, Codable {
        package let type: String
        /// Of its lines in the header.
        package let byteCount: Int
    }

    /// A manifest that lay beside the file; its signature was not checked.
    package struct ClaimedManifest: Hashable, Sendable, Codable {
        package let manifest: Manifest
        package let signingKeyID: String
        /// Whether size and digest are those of the file.
        package let matchesFile: Bool
    }

    package let fileSize: Int
    /// Lower-case hex SHA-256.
    package let fileDigest: String
    package let headerSize: Int
    package let stanzas: [Stanza]
    package let chunkCount: Int
    /// As its size tells, nil when no content can have this size.
    package let contentSize: Int?
    package let claimedManifest: ClaimedManifest?

    /// - Throws: `AgeError` when it is no age file, `PacketError` when it cannot be read.
    package init(of file: URL, files: DurableFiles = DurableFiles()) throws {
        do {
            let measure = try FileMeasure.of(file, files, as: .named)
            let header = try Self.header(of: file, files)
            fileSize = measure.size
            fileDigest = measure.digest
            headerSize = header.byteCount
            stanzas = header.stanzas.map { Stanza(type: $0.type, byteCount: $0.encoded.count) }
            let sealed = measure.size - header.byteCount - AgePayload.nonceByteCount
            (chunkCount, contentSize) = Self.content(of: sealed)
            claimedManifest = Self.manifest(beside: file, files).map { manifest, keyID in
                ClaimedManifest(
                    manifest: manifest, signingKeyID: keyID,
                    matchesFile: manifest.fileSize == measure.size && manifest.fileDigest == measure.digest)
            }
        } catch let failure as FileFailure {
            throw PacketError(failure)
        }
    }

    private static func header(of file: URL, _ files: DurableFiles) throws -> AgeHeader {
        var parser = AgeHeaderParser()
        var header: AgeHeader?
        try files.read(file, as: .named) { source in
            while header == nil, let bytes = try source() {
                var rest = bytes[...]
                header = try parser.consume(&rest)
            }
        }
        guard let header else { throw AgeError(.header, "it ends within the header") }
        return header
    }

    /// How many chunks, and bytes of content, `sealed` bytes of payload hold.
    private static func content(of sealed: Int) -> (chunks: Int, bytes: Int?) {
        guard sealed >= AgePayload.tagByteCount else { return (0, nil) }
        let chunks = (sealed + AgePayload.sealedByteCount - 1) / AgePayload.sealedByteCount
        let last = sealed - (chunks - 1) * AgePayload.sealedByteCount
        let isPossible = last > AgePayload.tagByteCount || sealed == AgePayload.tagByteCount
        return (chunks, isPossible ? sealed - chunks * AgePayload.tagByteCount : nil)
    }

    private static func manifest(beside file: URL, _ files: DurableFiles) -> (Manifest, String)? {
        let name = file.deletingPathExtension().lastPathComponent + ".manifest.jws"
        let url = file.deletingLastPathComponent().appending(component: name)
        var text: [UInt8] = []
        try? files.read(url, as: .named) { source in
            while text.count <= CompactSignature.largestByteCount, let bytes = try source() { text += bytes }
        }
        while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { text.removeLast() }
        return CompactSignature.unverifiedManifest(String(decoding: text, as: UTF8.self))
    }
}
