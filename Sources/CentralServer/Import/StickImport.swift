import EnrolmentCore
import PacketFormat
import SyncProtocol

/// Takes packets in from a stick, each by the same rules as an upload: the kit's key, the training mark, its place
/// in the chain, size and digest.
///
/// It works on the files and the database of a central that may serve meanwhile: a packet is written beside what
/// that writes, and gets its final name only when it is whole.
struct StickImport: Sendable {
    let reception: PacketReception
    let stick: StickFolder

    func run() async throws -> StickReport {
        var report = StickReport()
        let kits = try await reception.database.kits()
        for folder in try await BlockingPool.run({ try stick.kitFolders() }) {
            guard let kit = kits.first(where: { PacketStickLayout.folder(of: $0.id) == folder }) else {
                report.items.append(.init(.unreadable, folder: folder, code: .unknownKit))
                continue
            }
            for packet in try await BlockingPool.run({ try stick.packets(in: folder) }) {
                report.items.append(await takeIn(packet, from: folder, of: kit))
            }
            for seal in try await BlockingPool.run({ try stick.seals(in: folder) }) {
                report.seals.append(await takeIn(seal: seal, from: folder, of: kit))
            }
            report.otherReceipts += try await completeReceipts(in: folder, of: kit)
        }
        return report
    }

    /// One packet; whatever is wrong with it holds up no other.
    private func takeIn(_ id: PacketID, from folder: String, of kit: RegisteredKit) async -> StickReport.Item {
        let path = stick.file(PacketFileName.sealed(id), in: folder)
        let size = (try? await BlockingPool.run { StickFolder.size(of: path) }) ?? nil
        do {
            guard let compact = try await manifest(of: id, in: folder) else {
                return .init(.manifestMissing, folder: folder, packet: id, bytes: size ?? 0)
            }
            guard let (claimed, _) = Manifest.claimed(by: compact), claimed.packetID == id else {
                return .init(.unreadable, folder: folder, packet: id, code: .invalidMetadata)
            }
            if let receipt = try await knownReceipt(of: claimed, compact: compact, by: kit) {
                return try await finish(.known, id, receipt, in: folder, bytes: size ?? 0)
            }
            guard let size else { return .init(.fileMissing, folder: folder, packet: id) }
            let packet = try await reception.announce(compact, length: size, by: kit)
            guard let receipt = try await store(packet, from: folder) else {
                return .init(.damaged, folder: folder, packet: id, bytes: size)
            }
            return try await finish(.received, id, receipt, in: folder, bytes: size)
        } catch let refused as Refused {
            let isDamaged = refused.code == .lengthMismatch
            return .init(
                isDamaged ? .damaged : .refused, folder: folder, packet: id, code: isDamaged ? nil : refused.code,
                bytes: size ?? 0)
        } catch is StorageFull {
            return .init(.failed, folder: folder, packet: id, code: .storageFull, bytes: size ?? 0)
        } catch {
            return .init(.failed, folder: folder, packet: id, code: .internalFailure, bytes: size ?? 0)
        }
    }

    /// One seal of a day; whatever is wrong with it holds up nothing else.
    private func takeIn(seal name: String, from folder: String, of kit: RegisteredKit) async -> StickReport.Seal {
        let path = stick.file(name, in: folder)
        do {
            guard
                let compact = try await BlockingPool.run({ () throws -> String? in
                    guard let size = StickFolder.size(of: path), size <= SignedAuditSeal.largestByteCount else {
                        return nil
                    }
                    return String(decoding: try PrivateFile.read(path, isSecret: false), as: UTF8.self)
                })
            else { throw Refused(.invalidSeal) }
            let isKnown = try await SealReception(reception).take(onStick: compact, by: kit)
            return StickReport.Seal(folder: folder, file: name, isNew: !isKnown, code: nil)
        } catch let refused as Refused {
            return StickReport.Seal(folder: folder, file: name, isNew: false, code: refused.code)
        } catch {
            return StickReport.Seal(folder: folder, file: name, isNew: false, code: .internalFailure)
        }
    }

    private func manifest(of id: PacketID, in folder: String) async throws -> String? {
        let path = stick.file(PacketFileName.manifest(id), in: folder)
        return try await BlockingPool.run {
            guard let size = StickFolder.size(of: path), size <= 1 << 16 else { return nil }
            let text = String(decoding: try PrivateFile.read(path, isSecret: false), as: UTF8.self)
            return String(text.prefix { !$0.isNewline })
        }
    }

    /// The receipt of a packet that central has, whatever became of the file on the stick since.
    private func knownReceipt(
        of claimed: Manifest, compact: String, by kit: RegisteredKit
    ) async throws -> String? {
        guard let packet = try await reception.database.packet(claimed.packetID), packet.kit == kit.id,
            packet.signedManifest == compact
        else { return nil }
        return try await reception.database.receipt(of: packet.id)
    }

    /// - Returns: Nil when the file is not the packet of the manifest; then nothing of it is kept.
    private func store(_ packet: StoredPacket, from folder: String) async throws -> String? {
        if let receipt = try await reception.database.receipt(of: packet.id) { return receipt }
        guard let (manifest, _) = Manifest.claimed(by: packet.signedManifest) else { throw Refused(.invalidMetadata) }
        let source = stick.file(PacketFileName.sealed(packet.id), in: folder)
        let beside = "\(reception.path(of: packet.id)).import"
        let isWhole = try await BlockingPool.run {
            guard try StickFolder.copy(source, to: beside, count: manifest.fileSize) else { return false }
            let found = try FileDigest(of: beside)
            return found.size == manifest.fileSize && found.digest == manifest.fileDigest
        }
        guard isWhole else {
            try await BlockingPool.run { PrivateFile.remove(beside) }
            return nil
        }
        do {
            return try await reception.receive(manifest, from: beside, isWhole: true)
        } catch {
            try await BlockingPool.run { PrivateFile.remove(beside) }
            throw error
        }
    }

    private func finish(
        _ outcome: StickReport.Outcome, _ id: PacketID, _ receipt: String, in folder: String, bytes: Int
    ) async throws -> StickReport.Item {
        let isThere = await write(receipt, of: id, to: folder)
        return .init(outcome, folder: folder, packet: id, bytes: bytes, hasReceipt: isThere)
    }

    /// Puts a receipt on the stick and reads it back. What a stick does not take is told, and fetched at the next sync.
    private func write(_ receipt: String, of id: PacketID, to folder: String) async -> Bool {
        let path = stick.file(PacketFileName.receipt(id), in: folder)
        let isThere = try? await BlockingPool.run {
            try PrivateFile.write(Array(receipt.utf8), to: path)
            return try PrivateFile.read(path, isSecret: false) == Array(receipt.utf8)
        }
        return isThere ?? false
    }

    /// Writes the receipts between those on the stick too: a kit takes its receipts in their order only.
    private func completeReceipts(in folder: String, of kit: RegisteredKit) async throws -> Int {
        let packets = try await BlockingPool.run { try stick.packets(in: folder) }
        var written = 0
        for (id, receipt) in try await reception.database.receipts(of: kit.id, around: packets)
        where !packets.contains(id) {
            if await write(receipt, of: id, to: folder) { written += 1 }
        }
        return written
    }
}
