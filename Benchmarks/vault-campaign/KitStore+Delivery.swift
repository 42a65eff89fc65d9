import EnrolmentCore
import OfflineCache
import OfflineCacheSchema
import PacketFormat

extension KitStore {
    /// Brings every packet that waits to `central`, with the steps and in the order of a sync, and purges it.
    ///
    /// - Parameter say: is told each thing as soon as the store has acknowledged it.
    func deliverAll(to central: ModelCentral, _ say: (String) -> Void) async throws {
        try await store.packets.endAbandonedAttempts()
        while let claim = try await store.packets.claimNext() {
            do {
                try await deliver(claim, to: central, say)
            } catch {
                // As the sync does; an attempt that cannot be closed now is closed by whoever sends next.
                try? await store.packets.finish(claim, .failed(.central(.unreachable)), bytesSent: 0)
                throw error
            }
        }
        for packet in try await store.packets.packets(in: [.received]) { try await purge(packet, say) }
    }

    private func deliver(_ claim: PacketClaim, to central: ModelCentral, _ say: (String) -> Void) async throws {
        let (queue, packet) = (store.packets, claim.packet)
        let number = InventedCase(packet.caseID, seed: seed, unit: unit)?.number ?? 0
        if packet.state == .sealed { try await queue.announce(packet.id, at: "/v1/packets/\(packet.id)") }
        var file: [UInt8] = []
        while file.count < packet.fileSize {
            let piece = try await queue.bytes(of: packet.id, from: file.count, count: 32 << 10)
            if piece.isEmpty { break }
            file += piece
            try await queue.advance(packet.id, to: file.count)
        }
        let held = try central.receive(packet, file, seed: seed, unit: unit)
        say("central \(held.text)")
        let head = try await queue.receiptChainHead()
        let manifest = try ManifestVerifier(keys: [kit.kit.id: [kit.signingKey.verifyingKey]]).verify(packet.manifest)
        let verifier = ReceiptVerifier(server: ModelCentral.server, keys: [kit.receiptKey])
        try await queue.record(verifier.verify(held.receipt, for: manifest.manifest, after: head))
        say("received \(number) \(packet.id)")
        try await queue.finish(claim, .received, bytesSent: packet.fileSize)
        try await purge(packet, say)
    }

    private func purge(_ packet: QueuedPacket, _ say: (String) -> Void) async throws {
        try await store.packets.purge(packet.id)
        say("purged \(InventedCase(packet.caseID, seed: seed, unit: unit)?.number ?? 0)")
    }

    /// Throws the draft of a case away, as an officer does.
    func discard(_ invented: InventedCase) async throws {
        guard let reason = DiscardReason(code: "citizen-unwell") else { return }
        try await store.drafts.discard(invented.id, because: reason, by: OfficerID("o-test"))
    }

    func isDiscarded(_ invented: InventedCase) async throws -> Bool {
        try await store.journal.lines().contains { $0.event == .draftDiscarded && $0.caseID == invented.id }
    }

    func revision(of invented: InventedCase) async throws -> Int {
        try await store.drafts.draft(of: invented.id)?.revision ?? 0
    }

    func packet(of invented: InventedCase) async throws -> PacketID? {
        try await store.packets.packets().first { $0.caseID == invented.id }?.id
    }

    /// Reads all that can be read without a person: pages, references, the journal's chain, digests.
    func check() async throws { try await store.check() }
}
