import EnrolmentCore
import Foundation
import OfflineCacheSchema
import PacketFormat

@testable import OfflineCache

/// A central service as far as the store can tell: it receives each packet once, in order, and gives
/// chained receipts that outlive the kit's crashes.
struct Reception: Sendable {
    let folder: DataFolder
    let signatures: Signatures

    func receipt(for packet: QueuedPacket) throws -> String {
        let held = try folder.files().filter { $0.key.hasSuffix(".jws") }
        let name = "\(packet.id).jws"
        if let known = held[name] { return String(decoding: known, as: UTF8.self) }
        let heads = held.values.map { String(decoding: $0, as: UTF8.self) }
        let previous = try folder.files()["last"].map { String(decoding: $0, as: UTF8.self) }
        let receipt = Receipt(
            packetID: packet.id, kit: Kit.real.id, fileDigest: packet.fileDigest, fileSize: packet.fileSize,
            receivedAt: .noon, server: Signatures.server, isTraining: false, sequence: heads.count + 1,
            previousReceiptDigest: previous.map(ReceiptSigner.digest(of:)))
        let compact = try ReceiptSigner(key: signatures.receiptKey).sign(receipt)
        try folder.overwrite("last", with: Array(compact.utf8))
        try folder.overwrite(name, with: Array(compact.utf8))
        return compact
    }
}

/// An officer's day from the first draft to the last purge, which can be taken up again wherever it
/// was cut.
///
/// What the store has acknowledged is written to `acknowledged` beside the store, as a person would
/// remember what the screen said.
struct Day: Sendable {
    static let cases = ["case-1", "case-2"]
    static let discardedCase = "case-3"
    static let visitID = VisitID("visit-1")
    static let marker = "Janssens-Wouters, Fatima 85.07.30-033.61"

    let reception: Reception
    let ledger: Ledger

    static func content(_ name: String, revision: Int) -> [UInt8] {
        Array("\(marker) \(name) \(revision)".utf8) + patternedBytes(3000, seed: UInt64(revision))
    }

    func run(on store: Store) async throws {
        for name in Self.cases {
            if try await packet(of: name, store) == nil { try await seal(name, on: store) }
            while let claim = try await store.packets.claimNext() { try await deliver(claim, on: store) }
            for packet in try await store.packets.packets(in: [.received]) { try await purge(packet, on: store) }
        }
        try await discard(on: store)
    }

    private func packet(of name: String, _ store: Store) async throws -> QueuedPacket? {
        try await store.packets.packets().first { $0.caseID == CaseID(name) }
    }

    private func draft(_ name: String, upTo last: Int, on store: Store) async throws -> Int {
        var revision = try await store.drafts.draft(of: CaseID(name))?.revision ?? 0
        while revision < last {
            revision = try await store.drafts.save(
                Self.content(name, revision: revision + 1), for: CaseID(name), in: Self.visitID, after: revision)
            ledger.acknowledge("draft \(name) \(revision)")
        }
        return revision
    }

    private func seal(_ name: String, on store: Store) async throws {
        let revision = try await draft(name, upTo: 2, on: store)
        var generator = SystemRandomNumberGenerator()
        let slot = try await store.packets.beginSealing(
            PacketID(at: .noon, using: &generator), of: CaseID(name), at: revision)
        let file = patternedBytes(10_000, seed: UInt64(name.utf8.count))
        try await store.packets.stage(file, in: slot)
        let manifest = try reception.signatures.manifest(for: slot, file: file)
        _ = try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        ledger.acknowledge("packet \(name) \(slot.packetID)")
    }

    private func deliver(_ claim: PacketClaim, on store: Store) async throws {
        let queue = store.packets
        let id = claim.packet.id
        if claim.packet.state == .sealed { try await queue.announce(id, at: "/v1/packets/\(id)") }
        try await queue.advance(id, to: 5000)
        try await queue.advance(id, to: claim.packet.fileSize)
        let compact = try reception.receipt(for: claim.packet)
        let head = try await queue.receiptChainHead()
        try await queue.record(reception.signatures.verify(compact, for: claim.packet, after: head))
        ledger.acknowledge("receipt \(claim.packet.caseID) \(id)")
        try await queue.finish(claim, .received, bytesSent: claim.packet.fileSize)
        try await purge(claim.packet, on: store)
    }

    private func purge(_ packet: QueuedPacket, on store: Store) async throws {
        try await store.packets.purge(packet.id)
        ledger.acknowledge("purged \(packet.caseID) \(packet.id)")
    }

    private func discard(on store: Store) async throws {
        let caseID = CaseID(Self.discardedCase)
        guard try await !store.journal.lines().contains(where: { $0.event == .draftDiscarded && $0.caseID == caseID }),
            let reason = DiscardReason(code: "citizen-unwell")
        else { return }
        _ = try await draft(Self.discardedCase, upTo: 1, on: store)
        try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-12"))
        ledger.acknowledge("discarded \(Self.discardedCase)")
    }
}

/// What the store has acknowledged, kept in a file so that it survives the process that wrote it.
struct Ledger: Sendable {
    let path: String

    func acknowledge(_ line: String) {
        let text = (lines + [line]).joined(separator: "\n")
        _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    }

    var lines: [String] {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
