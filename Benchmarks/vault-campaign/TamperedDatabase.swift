import Crypto
import EnrolmentCore
import Foundation
import OfflineCache

/// A kit's database with one bit of it flipped at a time, opened and read as the station does.
struct TamperedDatabase: Sendable {
    let world: TamperWorld
    let bytes: [UInt8]
    /// What is read from it as it is.
    private let whole: Reading

    /// All that a person, or central, is told out of the store.
    struct Reading: Hashable, Sendable {
        /// Sealed, signed, chained or held against a file.
        var certain: [String] = []
        /// Rows that the store names as changed.
        var unreadable = 0
    }

    static func make(_ world: TamperWorld) async throws -> TamperedDatabase {
        // One opening first, so that nothing is left for an opening to put right.
        try await KitStore.open(world.folder.path, world.campaign.kit, seed: world.campaign.seed).close()
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(world.folder.path)/store.sqlite")))
        let kit = try await KitStore.open(world.folder.path, world.campaign.kit, seed: world.campaign.seed)
        defer { kit.close() }
        return TamperedDatabase(world: world, bytes: bytes, whole: try await read(kit))
    }

    /// - Parameter positions: how many bytes; 0 for every one.
    func run(seed: UInt64, positions: Int) async throws -> TamperFigures {
        try await flip(Array(bytes.indices), seed: seed, positions: positions)
    }

    /// The same with pages on which rows under a seal lie.
    func runAimed(seed: UInt64, positions: Int) async throws -> (figures: TamperFigures, places: Int) {
        let tables = [
            "chain_head", "draft", "draft_key", "attempt", "packet_export", "revocation_question",
            "revocation_evidence", "officer_passphrase", "passphrase_try", "audit_seal", "clock_reading",
            "clock_evidence", "rollback_mark", "packet", "journal", "store_mark",
        ]
        let places = try TamperWorld.livePlaces(
            in: bytes, at: "\(world.folder.path)/store.sqlite", tables: tables)
        return (try await flip(places, seed: seed, positions: positions), places.count)
    }

    private func flip(_ among: [Int], seed: UInt64, positions: Int) async throws -> TamperFigures {
        var generator = SeededGenerator(seed: seed)
        var figures = TamperFigures()
        let copy = try CampaignFolder(in: CampaignFolder.inMemory)
        let data = "\(copy.path)/data"
        try FileManager.default.copyItem(atPath: world.folder.path, toPath: data)
        let places =
            positions == 0
            ? among : (0..<positions).compactMap { _ in among.randomElement(using: &generator) }
        for place in places {
            var changed = bytes
            changed[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            for name in ["store.sqlite-wal", "store.sqlite-shm"] {
                try? FileManager.default.removeItem(atPath: "\(data)/\(name)")
            }
            try Data(changed).write(to: URL(filePath: "\(data)/store.sqlite"))
            figures.note(await fate(of: data, place))
        }
        return figures
    }

    private func fate(of data: String, _ place: Int) async -> TamperFigures.Fate {
        do {
            let kit = try await KitStore.open(data, world.campaign.kit, seed: world.campaign.seed)
            defer { kit.close() }
            let found = try await Self.read(kit)
            let isChecked = (try? await kit.check()) != nil
            if found == whole { return isChecked ? .same : .detectedByCheck }
            if found.unreadable > 0 || !kit.recovery.conflicts.isEmpty { return .detected }
            guard isChecked else { return .detectedByCheck }
            let difference = Set(found.certain).symmetricDifference(whole.certain).sorted()
            return .wrong("byte \(place): \(difference.prefix(2).joined(separator: " | "))")
        } catch is StoreError {
            return .detected
        } catch {
            return .wrong("byte \(place): an error without a name, \(type(of: error))")
        }
    }

    /// A long text by its digest, so that a finding is one line.
    private static func short(_ text: String?) -> String {
        guard let text, text.utf8.count > 40 else { return text ?? "-" }
        let digest = SHA256.hash(data: Array(text.utf8)).prefix(6).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        return "\(text.utf8.count) bytes, \(digest.joined())"
    }

    private static func read(_ kit: KitStore) async throws -> Reading {
        var reading = Reading()
        reading.certain = try await kit.holdings()
        reading.unreadable = kit.recovery.unreadableRows.count + kit.recovery.changedRows.count
        var query = QueueQuery()
        query.limit = 1000
        reading.unreadable += try await kit.store.packets.page(query).unreadable.count
        for packet in try await kit.store.packets.packets() {
            let columns: [(String, String?)] = [
                ("sequence", "\(packet.sequence)"), ("case_id", packet.caseID.text), ("visit_id", packet.visitID.text),
                ("state", packet.state.rawValue), ("is_urgent", "\(packet.isUrgent)"),
                ("sealed_at", "\(packet.sealedAt)"), ("manifest", packet.manifest), ("file_size", "\(packet.fileSize)"),
                ("file_digest", packet.fileDigest), ("upload_url", packet.uploadURL),
                ("upload_offset", "\(packet.uploadOffset)"), ("receipt", packet.receipt),
                ("received_at", packet.receivedAt.map { "\($0)" }), ("purged_at", packet.purgedAt.map { "\($0)" }),
                ("problem", packet.problem?.rawValue),
            ]
            reading.certain += columns.map { "packet \(packet.id) \($0) \(Self.short($1))" }
        }
        reading.certain += try await kit.store.journal.lines().map {
            "line \($0.position) \($0.at) \($0.event) \($0.caseID?.text ?? "-") \($0.packetID?.description ?? "-")"
        }
        let head = try await kit.store.packets.receiptChainHead()
        reading.certain.append("head \(head?.sequence ?? 0) \(head?.digest ?? "-")")
        for id in try await kit.store.drafts.cases() {
            let draft = try await kit.store.drafts.draft(of: id)
            reading.certain.append(
                "draft \(id) \(String(describing: draft?.savedAt)) \(draft?.visitID.text ?? "-")")
        }
        reading.certain += try await TamperWorld.rows(of: kit).map { short($0) }
        return reading
    }
}
