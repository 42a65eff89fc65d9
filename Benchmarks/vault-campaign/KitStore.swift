import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
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
    private let sealer: PacketSealer
    private let seed: UInt64

    /// Whose store it is, and what it seals with.
    struct Kit: Sendable {
        let kit: EnrolmentCore.Kit
        let signingKey: KitSigningKey
        let recipient: AgeRecipient

        init(_ bundle: KitBundle) throws {
            kit = EnrolmentCore.Kit(id: bundle.kit, isTraining: bundle.isTraining)
            signingKey = try KitSigningKey(pem: bundle.signingKey)
            recipient = try AgeRecipient(bundle.recipients[0])
        }

        init(kit: EnrolmentCore.Kit, signingKey: KitSigningKey, recipient: AgeRecipient) {
            self.kit = kit
            self.signingKey = signingKey
            self.recipient = recipient
        }
    }

    /// Opens the store in `folder`, or makes it there, as the station does at its start.
    static func open(_ folder: String, _ kit: Kit, seed: UInt64) async throws -> KitStore {
        let cost = StoreKey.Cost(rounds: 1024, blockSize: 8, parallelism: 1)
        let key: StoreKey
        do throws(StoreError) {
            key = try StoreKey.open(in: folder, passphrase: "een goede zin")
        } catch .keyMissing {
            key = try StoreKey.create(in: folder, passphrase: "een goede zin", cost: cost)
        }
        let (store, recovery) = try await Store.open(
            folder: folder, kit: kit.kit, sealing: Vault(key), clock: SystemWallClock())
        let sealer = try PacketSealer(
            directory: URL(filePath: "\(folder)/packets"), recipient: kit.recipient, key: kit.signingKey)
        return KitStore(store: store, recovery: recovery, sealer: sealer, seed: seed)
    }

    func close() { store.close() }

    /// The case that has a draft, with the draft's revision; nil when there is none.
    func openCase() async throws -> (case: InventedCase, revision: Int)? {
        for id in try await store.drafts.cases() {
            guard let invented = InventedCase(id, seed: seed), let draft = try await store.drafts.draft(of: id)
            else { continue }
            return (invented, draft.revision)
        }
        return nil
    }

    /// The number for the next case: one more than any that the store knows.
    func nextNumber() async throws -> Int {
        let ids = try await store.packets.packets().map(\.caseID) + store.drafts.cases()
        return (ids.compactMap { InventedCase($0, seed: seed)?.number }.max() ?? 0) + 1
    }

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
        let id = PacketID(at: now, using: &generator)
        let slot = try await store.packets.beginSealing(id, of: invented.id, at: revision)
        let place = PacketPlace(
            id: id, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest, sealedAt: now,
            timeConfidence: .plausible)
        let packet = try sealer.seal(InventedContent(bytes: draft.content), of: store.kit, at: place)
        _ = try await store.packets.enqueue(packet.manifest, from: slot, isUrgent: invented.number.isMultiple(of: 5))
        return id
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
            received.append((InventedCase(packet.caseID, seed: seed)?.number ?? 0, id))
        }
        return received
    }

    /// Whether nothing is left to do for central.
    func isDrained() async throws -> Bool {
        try await store.packets.packets().allSatisfy { $0.state == .purged }
    }

    /// All that a person could see now, line by line, for whoever compares it with what was promised.
    func holdings() async throws -> [String] {
        var lines: [String] = []
        for id in try await store.drafts.cases() {
            guard let draft = try await store.drafts.draft(of: id), let invented = InventedCase(id, seed: seed)
            else { continue }
            lines.append("draft \(invented.number) \(draft.revision) \(fingerprint(of: draft.content))")
        }
        for packet in try await store.packets.packets() {
            var problem = packet.problem
            if problem == nil, PacketState.waiting.contains(packet.state) {
                problem = try await store.packets.verifyFile(of: packet.id)
            }
            let number = InventedCase(packet.caseID, seed: seed)?.number ?? 0
            let isReceived = packet.state == .received || packet.state == .purged
            lines.append(
                "packet \(number) \(packet.id) \(packet.sequence) \(isReceived ? "received" : "waiting") "
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
