package import FoundationEssentials

/// A file that was sealed durably: its size and digest are those of what was read back from the disk.
package struct SealedFile: Hashable, Sendable {
    package let size: Int
    /// Lower-case hex SHA-256.
    package let digest: String
    /// Bytes of plaintext that went into it.
    package let contentSize: Int

    /// Seals a stream into `file`: written beside it, synchronised, read back and shown to be what was
    /// written, then brought under its name.
    ///
    /// - Throws: `AgeError`, `PacketError`, and what the source throws; nothing new is left then.
    package init(
        _ file: URL, to recipients: [any AgeFileKeyWrapping], armoured: Bool = false,
        files: DurableFiles = DurableFiles(), from source: ByteSource
    ) throws {
        let part = file.appendingPathExtension("part")
        do {
            var writer = try AgeWriter(to: recipients, armoured: armoured)
            var contentSize = 0
            try files.write(part) { sink in
                while let bytes = try source() {
                    contentSize += bytes.count
                    try writer.update(bytes, to: sink)
                }
                try writer.finish(to: sink)
            }
            var check = SealedFileCheck(of: writer.encryptor, contentSize: contentSize, armoured: armoured)
            let measure = try check.run(on: part, files)
            try files.rename(part, to: file)
            (size, digest, self.contentSize) = (measure.size, measure.digest, contentSize)
        } catch {
            try? files.remove(part)
            guard let failure = error as? FileFailure else { throw error }
            throw PacketError(failure)
        }
    }
}
