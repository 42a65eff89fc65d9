import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// A kit with something of every kind: a packet that was purged, one that waits with its receipt at hand, a draft.
struct TamperWorld: Sendable {
    static let bundle = Array("TEST what makes a laptop one kit".utf8)

    let campaign: CampaignWorld
    let folder: CampaignFolder
    let waiting: QueuedPacket
    let manifestKeys: ManifestVerifier
    /// For the packet that waits; the kit has not stored it.
    let forgeable: String
    let chainHead: ReceiptChainHead?
    let packetFile: [UInt8]

    static func make(seed: UInt64) async throws -> TamperWorld {
        let world = try CampaignWorld.make(seed: seed)
        let folder = try CampaignFolder(in: CampaignFolder.inMemory)
        let kit = try await KitStore.open(folder.path, world.kit, seed: seed)
        defer { kit.close() }
        let central = world.central(holding: [])
        try await VaultDay(enrolled: [1], discarded: [2]).run(on: kit, central) { _ in }
        for number in [3, 4] {
            let invented = kit.invented(number)
            var revision = 0
            while revision < InventedCase.lastRevision { revision = try await kit.save(invented, after: revision) }
            if number == 3 { _ = try await kit.seal(invented, at: revision) }
        }
        let packets = try await kit.store.packets.packets()
        guard let waiting = packets.first(where: { $0.state == .sealed }) else {
            throw CampaignFailure("no packet waits")
        }
        try await fill(kit, exporting: waiting.id)
        let file = try await kit.store.packets.bytes(of: waiting.id, from: 0, count: waiting.fileSize)
        let held = try central.receive(waiting, file, seed: seed, unit: world.unit)
        let made = TamperWorld(
            campaign: world, folder: folder, waiting: waiting,
            manifestKeys: ManifestVerifier(keys: [world.kit.kit.id: [world.kit.signingKey.verifyingKey]]),
            forgeable: held.receipt, chainHead: try await kit.store.packets.receiptChainHead(), packetFile: file)
        try SealedRecordFile.kit.write(bundle, in: folder.path, under: try made.open())
        return made
    }

    /// As `KitStore.open` does.
    static func passphrase() throws -> SecretBytes {
        let passphrase = try SecretBytes()
        for byte in "een goede zin".utf8 { passphrase.append(byte) }
        return passphrase
    }

    private func open() throws -> StoreKey {
        try StoreKeys(in: folder.path, clock: SystemWallClock()).open(with: Self.passphrase())
    }

    /// Opens with the file changed, and reads `kit.sealed` under the key that comes out.
    func keyFile(_ seed: UInt64) throws -> TamperFigures { try flipFile("store.key", seed) }
    func bundleFile(_ seed: UInt64) throws -> TamperFigures { try flipFile("kit.sealed", seed) }

    private func flipFile(_ name: String, _ seed: UInt64) throws -> TamperFigures {
        let path = URL(filePath: "\(folder.path)/\(name)")
        let whole = [UInt8](try Data(contentsOf: path))
        defer { try? Data(whole).write(to: path) }
        return try TamperFigures.flipping(whole, at: whole.indices, seed: seed) { bytes, place in
            try Data(bytes).write(to: path)
            do throws(StoreError) {
                let key = try openTyped()
                let content = try SealedRecordFile.kit.read(in: folder.path, under: key)
                return content == Self.bundle ? .same : .wrong("\(name) byte \(place)")
            } catch {
                return .detected
            }
        }
    }

    private func openTyped() throws(StoreError) -> StoreKey {
        guard let passphrase = try? Self.passphrase() else { throw .unwritable("a passphrase") }
        return try StoreKeys(in: folder.path, clock: SystemWallClock()).open(with: passphrase)
    }

    func manifest(_ seed: UInt64) -> TamperFigures {
        let whole = try? manifestKeys.verify(waiting.manifest)
        return flipText(waiting.manifest, "manifest", seed) { text in try manifestKeys.verify(text) == whole }
    }

    func receipt(_ seed: UInt64) -> TamperFigures {
        let verifier = ReceiptVerifier(server: ModelCentral.server, keys: [campaign.kit.receiptKey])
        guard let manifest = try? manifestKeys.verify(waiting.manifest).manifest else { return TamperFigures() }
        let whole = try? verifier.verify(forgeable, for: manifest, after: chainHead)
        return flipText(forgeable, "receipt", seed) { text in
            try verifier.verify(text, for: manifest, after: chainHead) == whole
        }
    }

    /// Destroys the keys of a copy, and flips what it states of that.
    func erasure(_ seed: UInt64) async throws -> TamperFigures {
        let copy = try CampaignFolder(in: CampaignFolder.inMemory)
        let data = "\(copy.path)/data"
        try FileManager.default.copyItem(atPath: folder.path, toPath: data)
        let keys = StoreKeys(in: data, clock: SystemWallClock())
        let key = try keys.open(with: Self.passphrase())
        let kit = try await KitStore.open(data, campaign.kit, seed: campaign.seed)
        let signer = ErasureSigner(key: campaign.kit.signingKey)
        let whole = try await keys.erase(key, of: kit.store, with: Self.passphrase(), known: [Self.bundle]) {
            (statement) throws(StatementError) in try signer.sign(statement)
        }
        guard whole.isProof else { throw CampaignFailure("the erasure proves nothing") }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(data)/\(ErasureRecord.fileName)")))
        let verifier = ErasureVerifier(keys: [campaign.kit.signingKey.verifyingKey])
        return TamperFigures.flipping(bytes, at: bytes.indices, seed: seed) { bytes, place in
            guard let record = ErasureRecord(bytes), let found = try? verifier.verify(record.statement) else {
                return .detected
            }
            return found == whole ? .same : .wrong("erasure byte \(place)")
        }
    }

    /// Decrypts as central does; what came out before a fault is thrown away there, and here.
    func packet(_ seed: UInt64, positions: Int) -> TamperFigures {
        var generator = SeededGenerator(seed: seed)
        // The header ends with the line of its MAC; a hybrid stanza has some 1600 characters.
        let header = min(2400, packetFile.count)
        let drawn = (0..<positions).map { _ in Int.random(in: header..<packetFile.count, using: &generator) }
        let whole = contents(of: packetFile)
        return TamperFigures.flipping(packetFile, at: Array(0..<header) + drawn, seed: seed) { bytes, place in
            guard let found = contents(of: bytes) else { return .detected }
            return found == whole ? .same : .wrong("packet byte \(place)")
        }
    }

    private func contents(of file: [UInt8]) -> [UInt8]? {
        var rest: [UInt8]? = file
        var content: [UInt8] = []
        do {
            let source: ByteSource = {
                defer { rest = nil }
                return rest
            }
            try AgeDecryptor.decrypt(source, identities: [campaign.keys.identity]) { content += $0 }
            return content
        } catch {
            return nil
        }
    }

    /// Every byte of a statement; some flips leave no text at all.
    private func flipText(
        _ text: String, _ name: String, _ seed: UInt64, _ isSame: (String) throws -> Bool
    ) -> TamperFigures {
        let bytes = Array(text.utf8)
        return TamperFigures.flipping(bytes, at: bytes.indices, seed: seed) { bytes, place in
            guard let isSame = try? isSame(String(decoding: bytes, as: UTF8.self)) else { return .detected }
            return isSame ? .same : .wrong("\(name) byte \(place)")
        }
    }

    func isWaitingPacketThere() async throws -> Bool {
        let kit = try await KitStore.open(folder.path, campaign.kit, seed: campaign.seed)
        defer { kit.close() }
        return try await kit.store.packets.verifyFile(of: waiting.id) == nil
    }
}
