import EnrolmentCore
import Logging
import PacketFormat
import SyncProtocol

/// Takes packets in: announced, appended to, checked as a whole, and answered with a receipt.
///
/// The order of writes makes every crash safe. Bytes go to the file and are synced before the
/// database names the new offset, and only that offset is told to a kit; what lies behind it is cut
/// off before the next byte. The receipt and the state "received" are one transaction.
struct PacketReception: Sendable {
    let database: CentralDatabase
    let directory: String
    let facts: CentralKeys.Facts
    let signer: ReceiptSigner
    let limits: CentralLimits
    let clock: any WallClock
    let logger: Logger
    /// Whether central holds the key for packets with this id; earlier ones count too.
    let holdsKey: @Sendable (String) -> Bool
    let turns = UploadTurns()

    /// Creates the upload of a packet, or finds the one that was created before.
    ///
    /// - Parameter compact: the manifest as its kit signed it.
    func announce(_ compact: String, length: Int, by kit: RegisteredKit) async throws -> StoredPacket {
        try await expire(of: kit.id)
        do {
            let signed = try verify(compact, by: kit)
            let statement = ChainStatement(signed, signer: try kit.signer)
            try check(signed.manifest, length: length)
            guard statement.isWellPlaced else { throw Refused(.invalidMetadata, "statement.unreadable") }
            return try await turns.take(signed.manifest.packetID) { try await announce(statement, by: kit) }
        } catch let refused as Refused {
            try await note(refused, of: compact, by: kit)
            throw refused
        }
    }

    private func announce(_ statement: ChainStatement, by kit: RegisteredKit) async throws -> StoredPacket {
        switch try await database.announce(statement, openUploads: limits.openUploads, at: clock.now()) {
        case .created(let packet):
            if !holdsKey(statement.manifest.recipientKeyID) {
                // Its key may be kept elsewhere: nothing is refused for it, and somebody must know before it is lost.
                logger.warning(
                    "sealed for a key that is not in this central's folder: make sure that somebody holds it",
                    metadata: ["packet": "\(packet.id)", "key": "\(statement.manifest.recipientKeyID)"])
            }
            return packet
        case .known(let packet): return packet
        case .conflict: throw Refused(.conflict)
        case .forked(let kind):
            logger.critical(
                "chain forked: two copies of a kit are at work, or one was put back to an older state",
                metadata: [
                    "kit": "\(kit.id)", "sequence": "\(statement.manifest.sequence)", "kind": "\(kind.rawValue)",
                    "packet": "\(statement.manifest.packetID)",
                ])
            throw Refused(.chainForked, kind.rawValue)
        case .caseKnown: throw Refused(.caseKnown)
        case .tooMany: throw Refused(.tooManyUploads, "the limit is \(limits.openUploads)")
        }
    }

    private func check(_ manifest: Manifest, length: Int) throws {
        guard manifest.isTraining == facts.isTraining else {
            throw Refused(manifest.isTraining ? .trainingRefused : .trainingOnly)
        }
        guard manifest.fileSize == length else { throw Refused(.lengthMismatch) }
        guard length <= limits.packetSize else { throw Refused(.tooLarge, "the limit is \(limits.packetSize) bytes") }
    }

    /// Where an upload of this kit stands. A request that is still appending to it is interrupted first.
    func find(_ id: PacketID, of kit: RegisteredKit) async throws -> StoredPacket {
        try await turns.take(id) { try await owned(id, by: kit) }
    }

    /// Appends a body; gives the offset that is safe on disk.
    func append(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, to id: PacketID, as request: AppendRequest,
        by kit: RegisteredKit
    ) async throws -> Int {
        try await turns.take(id, isInterruptible: true) {
            let packet = try await uninterrupted { try await owned(id, by: kit) }
            let plan = try AppendPlan(request, durableOffset: packet.durableOffset, fileSize: packet.fileSize)
            do {
                let offset = try await store(body, of: packet, by: plan)
                if offset == packet.fileSize { try await finish(packet, by: kit) }
                return offset
            } catch let refused as Refused where refused.code.isKept {
                try await note(refused, of: packet.signedManifest, by: kit)
                throw refused
            } catch is ShortFile {
                try await discard(packet, because: "the disk lost confirmed bytes")
                throw Refused(.unknownPacket)
            }
        }
    }

    /// The receipt of a packet, the same text each time.
    func receipt(of id: PacketID, for kit: RegisteredKit) async throws -> String {
        let packet = try await owned(id, by: kit)
        if let receipt = try await database.receipt(of: id) { return receipt }
        guard packet.isWhole else { throw Refused(.incomplete, offset: packet.durableOffset) }
        return try await turns.take(id) { try await finish(packet, by: kit) }
    }

    private func owned(_ id: PacketID, by kit: RegisteredKit) async throws -> StoredPacket {
        guard let packet = try await database.packet(id), packet.kit == kit.id else { throw Refused(.unknownPacket) }
        return packet
    }

    /// Where the bytes of an upload are until they are known to be the packet.
    func unfinishedPath(of id: PacketID) -> String { "\(directory)/\(PacketFileName.unfinished(id))" }

    /// Where a packet is that was received; nothing ever writes into a file of this name.
    func path(of id: PacketID) -> String { "\(directory)/\(PacketFileName.sealed(id))" }

    func verify(_ compact: String, by kit: RegisteredKit) throws -> SignedManifest {
        do {
            let verifier = ManifestVerifier(keys: [kit.id: [try VerifyingKey(pem: kit.signingKey)]])
            let signed = try verifier.verify(compact)
            guard signed.manifest.fileSize > 0, signed.manifest.fileDigest.utf8.count == 64 else {
                throw Refused(.invalidMetadata, "statement.unreadable")
            }
            return signed
        } catch let error as StatementError {
            switch error {
            case .otherKit: throw Refused(.wrongKit)
            case .unknownKey, .wrongSignature: throw Refused(.invalidSignature, error.description)
            default: throw Refused(.invalidMetadata, error.description)
            }
        }
    }
}

/// The body of an append ended before its end; what counts of it is stored, and nobody waits for the answer.
struct Interrupted: Error {}

// Bytes to disk
extension PacketReception {
    /// Stores as much of the body as comes, and says how far the file is safe.
    ///
    /// With a checksum it is all or nothing. Without one, what came before an interruption counts.
    private func store(
        _ body: some AsyncSequence<[UInt8], any Error> & Sendable, of packet: StoredPacket, by plan: AppendPlan
    ) async throws -> Int {
        if plan.remaining == 0 { return plan.offset }
        let path = unfinishedPath(of: packet.id)
        let file = try await uninterrupted {
            try await BlockingPool.run {
                let file = try AppendableFile(path: path, continuingAt: plan.offset)
                if plan.offset == 0 { try PrivateFile.syncDirectory(of: path) }
                return file
            }
        }
        var offset = plan.offset
        var confirmed = plan.offset
        var checksum = plan.checksum.map { ChecksumRun($0.algorithm) }
        do {
            for try await piece in body {
                guard piece.count <= packet.fileSize - offset else {
                    throw Refused(.beyondLength, offset: confirmed)
                }
                try await BlockingPool.run { try file.append(piece) }
                checksum?.update(piece)
                offset += piece.count
                if checksum == nil, offset - confirmed >= limits.syncInterval {
                    confirmed = try await confirm(offset, of: packet, in: file)
                }
            }
        } catch let error where error is Refused || error is StorageFull || error is CentralError {
            throw error
        } catch {
            // The kit went away or came back on another connection. What it sent in full counts.
            logger.info("upload interrupted", metadata: ["packet": "\(packet.id)", "offset": "\(offset)"])
            if checksum == nil { confirmed = try await confirm(offset, of: packet, in: file) }
            if confirmed == packet.fileSize { return confirmed }
            throw Interrupted()
        }
        if let expected = plan.checksum, checksum?.finish() != expected {
            throw Refused(.checksumMismatch, offset: confirmed)
        }
        return try await confirm(offset, of: packet, in: file)
    }

    private func confirm(_ offset: Int, of packet: StoredPacket, in file: AppendableFile) async throws -> Int {
        try await uninterrupted {
            try await BlockingPool.run { try file.sync() }
            try await database.setDurableOffset(offset, of: packet.id, at: clock.now())
            return offset
        }
    }

    /// Checks a packet as a whole, and either receives it with a receipt or forgets it.
    @discardableResult
    private func finish(_ packet: StoredPacket, by kit: RegisteredKit) async throws -> String {
        try await uninterrupted {
            let unfinished = unfinishedPath(of: packet.id)
            if let receipt = try await database.receipt(of: packet.id) {
                try await BlockingPool.run { PrivateFile.remove(unfinished) }
                return receipt
            }
            let manifest = try verify(packet.signedManifest, by: kit).manifest
            guard try await isPacket(manifest) else {
                try await discard(packet, because: "the bytes are not the packet")
                throw Refused(.digestMismatch)
            }
            return try await receive(manifest, from: unfinished)
        }
    }

    /// Whether the file is the manifest's packet. After a power failure it may have its final name already.
    private func isPacket(_ manifest: Manifest) async throws -> Bool {
        let (unfinished, final) = (unfinishedPath(of: manifest.packetID), path(of: manifest.packetID))
        let found = try await BlockingPool.run {
            try FileDigest(of: PrivateFile.exists(unfinished) ? unfinished : final)
        }
        return found.size == manifest.fileSize && found.digest == manifest.fileDigest
    }

    /// Brings a file that is the packet under its final name, and gives the receipt.
    ///
    /// - Parameter isWhole: whether the file came whole at once, and not piece by piece.
    func receive(_ manifest: Manifest, from source: String, isWhole: Bool = false) async throws -> String {
        let final = path(of: manifest.packetID)
        try await BlockingPool.run {
            if PrivateFile.exists(source) { try PrivateFile.rename(source, to: final) }
        }
        let compact = try await database.receive(
            manifest, isWhole: isWhole, server: facts.serverName, signer: signer, at: clock.now())
        logger.info(
            "packet received", metadata: ["packet": "\(manifest.packetID)", "kit": "\(manifest.kit)"])
        return compact
    }

    /// The row goes first: a file without a row is cut to nothing by the next announcement's first byte.
    private func discard(_ packet: StoredPacket, because reason: String) async throws {
        logger.warning("upload discarded", metadata: ["packet": "\(packet.id)", "reason": "\(reason)"])
        try await uninterrupted {
            try await database.discard(packet.id)
            let path = unfinishedPath(of: packet.id)
            try await BlockingPool.run { PrivateFile.remove(path) }
        }
    }

    /// Forgets uploads that no kit has gone on with for longer than the rule allows; the kit announces again.
    ///
    /// - Parameter kit: nil for all kits.
    func expire(of kit: KitID? = nil) async throws {
        let limit = clock.now().advanced(by: .zero - limits.uploadLifetime)
        for packet in try await database.abandoned(since: limit, of: kit) {
            try await turns.take(packet.id) {
                // Another request of its kit may have come first.
                guard try await database.abandoned(since: limit, of: packet.kit).contains(packet) else { return }
                try await discard(packet, because: "abandoned")
            }
        }
    }

    /// Keeps a refusal that a person may have to look at.
    private func note(_ refused: Refused, of compact: String, by kit: RegisteredKit) async throws {
        guard refused.code.isKept, let (manifest, keyID) = Manifest.claimed(by: compact) else { return }
        let statement = ChainStatement(
            manifest: manifest, digest: SignedManifest.digest(of: compact), compact: compact, signer: keyID)
        try await database.note(
            refused.code, of: statement, by: kit.id, atMost: limits.refusals, at: clock.now())
    }
}
