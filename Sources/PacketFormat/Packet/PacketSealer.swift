package import EnrolmentCore
package import FoundationEssentials

/// A packet on disk, with the kit's statement about it.
package struct SealedPacket: Hashable, Sendable {
    package let manifest: SignedManifest
    package let file: URL
}

/// What the manifest of a packet says about its place and time.
package struct PacketPlace: Hashable, Sendable {
    package let id: PacketID
    package let sequence: Int
    package let previousManifestDigest: String?
    package let sealedAt: Timestamp
    package let timeConfidence: TimeConfidence
    /// Since what the confidence rests on was heard.
    package let timeEvidenceAge: Duration?
    /// `Manifest.caseDigest(of:)`; nil makes a manifest of version 1.
    package let caseDigest: String?

    package init(
        id: PacketID, sequence: Int, previousManifestDigest: String?, sealedAt: Timestamp,
        timeConfidence: TimeConfidence, caseDigest: String? = nil, timeEvidenceAge: Duration? = nil
    ) {
        self.id = id
        self.sequence = sequence
        self.previousManifestDigest = previousManifestDigest
        self.sealedAt = sealedAt
        self.timeConfidence = timeConfidence
        self.timeEvidenceAge = timeEvidenceAge
        self.caseDigest = caseDigest
    }
}

/// Makes packets that the kit itself cannot read again.
///
/// The content goes through the encryption in pieces into `<id>.age.part`; that file is synchronised,
/// read back and shown to be the one that was written, and only then brought under `<id>.age`. A crash
/// leaves either the finished file or a `.part` that may be thrown away; sealing again writes over
/// both. It blocks in file calls, so it is called from a thread that may wait.
package struct PacketSealer: Sendable {
    private let directory: URL
    private let recipient: AgeRecipient
    private let signer: ManifestSigner
    private let files: DurableFiles

    /// - Parameters:
    ///   - recipient: central's key.
    ///   - acceptsClassical: whether it may be an X25519 key, which a quantum computer will break: only
    ///     for a central that asked for one when the kit was provisioned.
    /// - Throws: `PacketError.recipientNotPostQuantum`.
    package init(
        directory: URL, recipient: AgeRecipient, acceptsClassical: Bool = false, key: KitSigningKey,
        files: DurableFiles = DurableFiles()
    ) throws(PacketError) {
        guard recipient.isPostQuantum || acceptsClassical else { throw .recipientNotPostQuantum }
        self.directory = directory
        self.recipient = recipient
        signer = ManifestSigner(key: key)
        self.files = files
    }

    /// Seals a complete enrolment.
    ///
    /// - Throws: `PacketError`, `AgeError` or `StatementError`; no unfinished file is left then.
    package func seal(_ record: EnrolmentRecord, at place: PacketPlace) throws -> SealedPacket {
        guard record.missing.isEmpty else { throw PacketError.incomplete(record.missing) }
        return try seal(EnrolmentContent(record, at: place), of: record.kit, at: place)
    }

    /// Seals any content.
    ///
    /// - Throws: as above, and what the content throws while it is written.
    package func seal(_ content: some PacketContent, of kit: Kit, at place: PacketPlace) throws -> SealedPacket {
        do {
            return try write(content, of: kit, at: place)
        } catch let failure as FileFailure {
            throw PacketError(failure)
        }
    }

    private func write(_ content: some PacketContent, of kit: Kit, at place: PacketPlace) throws -> SealedPacket {
        let part = directory.appending(component: PacketFileName.unfinished(place.id))
        let file = directory.appending(component: PacketFileName.sealed(place.id))
        var check = try encrypt(content, to: part)
        do {
            let measure = try check.run(on: part, files)
            let manifest = Manifest(
                packetID: place.id, kit: kit.id, sequence: place.sequence,
                previousManifestDigest: place.previousManifestDigest, sealedAt: place.sealedAt,
                timeConfidence: place.timeConfidence, isTraining: kit.isTraining, contentType: content.contentType,
                contentSize: check.contentSize, fileSize: measure.size, fileDigest: measure.digest,
                recipientKeyID: recipient.keyID, caseDigest: place.caseDigest,
                timeEvidenceAge: place.timeEvidenceAge.map { Int($0.components.seconds) })
            let signed = try signer.sign(manifest)
            try files.rename(part, to: file)
            return SealedPacket(manifest: signed, file: file)
        } catch {
            // Never the finished name: it may be that of an earlier, good file.
            try? files.remove(part)
            throw error
        }
    }

    private func encrypt(_ content: some PacketContent, to part: URL) throws -> SealedFileCheck {
        var encryptor = try AgeEncryptor(to: [recipient])
        var contentSize = 0
        try files.write(part) { sink in
            try content.write { bytes in
                contentSize += bytes.count
                try encryptor.update(bytes, to: sink)
            }
            try encryptor.finish(to: sink)
        }
        return SealedFileCheck(of: encryptor, contentSize: contentSize)
    }
}
