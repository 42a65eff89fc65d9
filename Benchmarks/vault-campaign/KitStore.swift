import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import OfflineCacheSchema
import PacketFormat
import SyncClient
import SyncProtocol

/// The store of a kit as the campaigns use it: the one file here that follows the store's API.
///
/// Everything in it is the product's own: the key file, the vault, the sealer with central's hybrid key, the
/// queue, the sync. The passphrase costs as little as the store allows, since nobody guesses it here.
struct KitStore: Sendable {
    let store: Store
    let recovery: Recovery
    let key: StoreKey
    let kit: Kit
    /// What the cases' contents follow from.
    let seed: UInt64
    let unit: Int
    private let sealer: PacketSealer

    /// Whose store it is, and what it seals with.
    struct Kit: Sendable {
        let kit: EnrolmentCore.Kit
        let signingKey: KitSigningKey
        let recipient: AgeRecipient
        /// Of central, to verify its receipts with.
        let receiptKey: VerifyingKey

        init(_ bundle: KitBundle) throws {
            kit = EnrolmentCore.Kit(id: bundle.kit, isTraining: bundle.isTraining)
            signingKey = try KitSigningKey(pem: bundle.signingKey)
            recipient = try AgeRecipient(bundle.recipients[0])
            receiptKey = try VerifyingKey(pem: bundle.receiptKey)
        }

        init(kit: EnrolmentCore.Kit, signingKey: KitSigningKey, central: ModelCentral.Keys) {
            self.kit = kit
            self.signingKey = signingKey
            recipient = central.identity.recipient
            receiptKey = central.receipts.verifyingKey
        }
    }

    /// Opens the store in `folder`, or makes it there, as the station does at its start.
    ///
    /// - Parameters:
    ///   - settings: of SQLite; others than the required ones are for showing that the campaign finds the loss.
    ///   - migrations: all of them; fewer to be an earlier version of the program.
    ///   - settling: whether an old key file is brought to its newest form, as the station does.
    static func open(
        _ folder: String, _ kit: Kit, seed: UInt64, unit: Int = InventedCase.unit, settings: StoreSettings = .required,
        migrations: [SchemaMigration] = SchemaMigration.all, settling: Bool = true
    ) async throws -> KitStore {
        let clock = SystemWallClock()
        let keys = StoreKeys(in: folder, clock: clock)
        let passphrase = try passphrase()
        var key: StoreKey
        do throws(StoreError) {
            key = try keys.open(with: passphrase)
        } catch .keyMissing {
            key = try keys.create(under: passphrase, lock: .passphrase(Argon2id.Cost(memoryKiB: 8192, passes: 1)))
        }
        let (store, recovery) = try await Store.open(
            folder: folder, kit: kit.kit, sealing: Vault(key), clock: clock, probe: .none, settings: settings,
            migrations: migrations)
        do {
            if settling { key = try await keys.settle(key, of: store, with: passphrase) }
            let sealer = try PacketSealer(
                directory: URL(filePath: "\(folder)/packets"), recipient: kit.recipient, key: kit.signingKey,
                files: store.packetCalls)
            return KitStore(
                store: store, recovery: recovery, key: key, kit: kit, seed: seed, unit: unit, sealer: sealer)
        } catch {
            store.close()
            throw error
        }
    }

    static func passphrase() throws -> SecretBytes {
        let passphrase = try SecretBytes()
        for byte in "een goede zin".utf8 { passphrase.append(byte) }
        return passphrase
    }

    func close() { store.close() }

    func invented(_ number: Int) -> InventedCase { InventedCase(seed: seed, number: number, unit: unit) }

    /// The case that has a draft, with the draft's revision; nil when there is none.
    func openCase() async throws -> (case: InventedCase, revision: Int)? {
        for id in try await store.drafts.cases() {
            guard let invented = InventedCase(id, seed: seed, unit: unit),
                let draft = try await store.drafts.draft(of: id)
            else { continue }
            return (invented, draft.revision)
        }
        return nil
    }

    /// The number for the next case: one more than any that the store knows.
    func nextNumber() async throws -> Int {
        let ids = try await store.packets.packets().map(\.caseID) + store.drafts.cases()
        return (ids.compactMap { InventedCase($0, seed: seed, unit: unit)?.number }.max() ?? 0) + 1
    }

    /// The new revision, once it is on the disk.
    func save(_ invented: InventedCase, after revision: Int) async throws -> Int {
        try await store.drafts.save(
            invented.content(revision + 1), for: invented.id, in: InventedCase.visit, after: revision)
    }

    /// Seals the draft of a case and queues it, as the station does at "Klaar".
    func seal(_ invented: InventedCase, at revision: Int) async throws -> PacketID {
        guard let draft = try await store.drafts.draft(of: invented.id) else {
            throw StoreError.unknownDraft(invented.id)
        }
        let now = SystemWallClock().now()
        var generator = SystemRandomNumberGenerator()
        let isUrgent = invented.number.isMultiple(of: 5)
        let packet = try await store.packets.seal(
            invented.id, at: revision, isUrgent: isUrgent, newID: { PacketID(at: now, using: &generator) },
            write: { slot in
                let place = PacketPlace(
                    id: slot.packetID, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest,
                    sealedAt: now, timeConfidence: .plausible)
                return try sealer.seal(InventedContent(bytes: draft.content), of: store.kit, at: place)
            })
        return packet.id
    }

    /// One pass over the queue, over TLS; what was received, by the numbers of the cases.
    func synchronise(_ bundle: KitBundle, chunkSize: Int) async throws -> [(number: Int, packet: PacketID)] {
        let connection = try CentralConnection(bundle)
        let session = try SyncSession(
            store: store, bundle: bundle, exchange: connection, clock: SystemWallClock(), pace: ShortPace(),
            chunkSize: chunkSize)
        let report = await session.run()
        await connection.close()
        var received: [(Int, PacketID)] = []
        for id in report.received {
            let packet = try await store.packets.packet(id)
            received.append((InventedCase(packet.caseID, seed: seed, unit: unit)?.number ?? 0, id))
        }
        return received
    }

    /// Whether nothing is left to do for central.
    func isDrained() async throws -> Bool {
        try await store.packets.packets(in: PacketState.waiting.union([.received])).isEmpty
    }

    /// All that a person could see now, line by line, for whoever compares it with what was promised.
    func holdings() async throws -> [String] {
        var lines: [String] = []
        for id in try await store.drafts.cases() {
            guard let draft = try await store.drafts.draft(of: id),
                let invented = InventedCase(id, seed: seed, unit: unit)
            else { continue }
            lines.append("draft \(invented.number) \(draft.revision) \(fingerprint(of: draft.content))")
        }
        for packet in try await store.packets.packets() {
            var problem = packet.problem
            if problem == nil, PacketState.waiting.contains(packet.state) {
                problem = try await store.packets.verifyFile(of: packet.id)
            }
            let number = InventedCase(packet.caseID, seed: seed, unit: unit)?.number ?? 0
            lines.append(
                "packet \(number) \(packet.id) \(packet.sequence) \(packet.state.rawValue) "
                    + (problem?.rawValue ?? "-"))
        }
        lines += recovery.conflicts.map { "strange \($0)" } + recovery.unknownFiles.map { "strange \($0)" }
        return lines
    }
}

/// Waits a hundredth of what it is asked to: a campaign's central is never far.
private struct ShortPace: Pace {
    private let pace = ContinuousPace()

    func elapsed() -> Duration { pace.elapsed() }
    func wait(_ duration: Duration) async throws { try await pace.wait(duration / 100) }
}

extension StoreSettings {
    /// The required ones with another `synchronous`, in SQLite's words.
    static func with(synchronous: String) -> StoreSettings {
        let granted = ["OFF": "0", "NORMAL": "1", "FULL": "2", "EXTRA": "3"][synchronous] ?? synchronous
        return StoreSettings(
            required.settings.map { setting in
                guard setting.name == "synchronous" else { return setting }
                return Setting(name: setting.name, wanted: synchronous, granted: granted)
            })
    }
}
