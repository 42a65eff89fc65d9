package import FoundationEssentials

/// Opens packets at central: who sealed it is checked first, then that the file is the one named,
/// and only then is it decrypted.
package struct PacketOpener: Sendable {
    private let verifier: ManifestVerifier
    private let identities: [AgeIdentity]
    private let files: DurableFiles

    /// - Parameter identities: all that packets may still be sealed for, the retired ones too.
    package init(verifier: ManifestVerifier, identities: [AgeIdentity], files: DurableFiles = DurableFiles()) {
        self.verifier = verifier
        self.identities = identities
        self.files = files
    }

    /// Decrypts beside `destination` and brings the result under that name when its last chunk has
    /// verified; nothing is there under that name before.
    ///
    /// - Throws: `StatementError`, `PacketError` or `AgeError`; nothing is left then.
    package func open(_ file: URL, manifest compact: String, to destination: URL) throws -> SignedManifest {
        try reportingFiles {
            let signed = try check(file, manifest: compact)
            let part = destination.appendingPathExtension("part")
            do {
                try files.write(part) { sink in try decrypt(file, signed.manifest, into: sink) }
                try files.rename(part, to: destination)
            } catch {
                try? files.remove(part)
                throw error
            }
            return signed
        }
    }

    /// Decrypts into memory.
    ///
    /// - Parameter limit: the largest content in bytes, since a kit could be made to send any amount.
    package func contents(
        of file: URL, manifest compact: String, atMost limit: Int
    ) throws -> (manifest: SignedManifest, content: [UInt8]) {
        try reportingFiles {
            let signed = try check(file, manifest: compact)
            guard signed.manifest.contentSize <= limit else { throw PacketError.contentTooLarge }
            var content: [UInt8] = []
            try decrypt(file, signed.manifest) { content += $0 }
            return (signed, content)
        }
    }

    private func check(_ file: URL, manifest compact: String) throws -> SignedManifest {
        let signed = try verifier.verify(compact)
        let found = try FileMeasure.of(file, files)
        guard found.size == signed.manifest.fileSize else { throw PacketError.fileSizeDiffers }
        guard found.digest == signed.manifest.fileDigest else { throw PacketError.fileDigestDiffers }
        return signed
    }

    private func decrypt(_ file: URL, _ manifest: Manifest, into sink: ByteSink) throws {
        var size = 0
        try files.read(file) { source in
            try AgeDecryptor.decrypt(source, identities: identities(for: manifest)) { bytes in
                size += bytes.count
                guard size <= manifest.contentSize else { throw PacketError.contentSizeDiffers }
                try sink(bytes)
            }
        }
        guard size == manifest.contentSize else { throw PacketError.contentSizeDiffers }
    }

    /// The key that the manifest names first; the others too, since only the file itself knows for certain.
    private func identities(for manifest: Manifest) -> [AgeIdentity] {
        let named = identities.filter { $0.recipient.keyID == manifest.recipientKeyID }
        return named + identities.filter { $0.recipient.keyID != manifest.recipientKeyID }
    }

    private func reportingFiles<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as FileFailure {
            throw PacketError(failure)
        }
    }
}
