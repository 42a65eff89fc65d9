import EnrolmentCore
import FoundationEssentials
import OfflineCache
import PacketFormat
import SyncProtocol

extension SyncSession {
    /// Stores a packet's receipt, and before it those that were given earlier and never arrived.
    ///
    /// Central numbers its receipts for this kit; an answer that got lost leaves a gap that must be
    /// closed first, since the chain is what shows that none was left out.
    ///
    /// - Returns: False when a receipt does not hold.
    func take(_ compact: String, for packet: QueuedPacket) async throws(StoreError) -> Bool {
        while true {
            switch try await record(compact, for: packet) {
            case .stored: return true
            case .rejected: return false
            case .missing(let number):
                guard let earlier = await receipt(number), Self.packetNamed(in: earlier) != packet.id,
                    try await takeEarlier(earlier)
                else { return false }
            }
        }
    }

    /// Stores the next receipt of the chain, whichever packet it is for, and purges that packet.
    ///
    /// The packet may not be in this store: the folder is an older copy, or the laptop is not the kit's first; or its
    /// row is not as the kit wrote it. Its receipt then only lets the chain go on, and nothing is purged for it.
    ///
    /// - Returns: False when the receipt does not hold.
    func takeEarlier(_ compact: String) async throws(StoreError) -> Bool {
        guard let id = Self.packetNamed(in: compact) else { return false }
        guard let packet = try await known(id) else { return try await keepLost(compact, for: id) }
        guard case .stored = try await record(compact, for: packet) else { return false }
        try await purge(id)
        noteArrived(packet)
        return true
    }

    private func keepLost(_ compact: String, for id: PacketID) async throws(StoreError) -> Bool {
        let head = try await store.packets.receiptChainHead()
        let lost = try await store.chain.lostManifest(of: id)
        do {
            if let lost { _ = try receipts.verify(compact, for: manifests.verify(lost).manifest, after: head) }
            try await store.chain.keepLost(receipts.verify(compact, of: store.kit, after: head))
            return true
        } catch let error as StoreError {
            guard case .receiptDisagrees = error else { throw error }
            return false
        } catch {
            return false
        }
    }

    private enum Recorded {
        case stored, rejected
        case missing(Int)
    }

    private func record(_ compact: String, for packet: QueuedPacket) async throws(StoreError) -> Recorded {
        let head = try await store.packets.receiptChainHead()
        let verified: VerifiedReceipt
        do throws(StatementError) {
            let manifest = try manifests.verify(packet.manifest).manifest
            verified = try receipts.verify(compact, for: manifest, after: head)
        } catch {
            guard case .sequence(let expected, let found) = error, found > expected else { return .rejected }
            return .missing(expected)
        }
        do throws(StoreError) {
            try await store.packets.record(verified)
            return .stored
        } catch {
            if case .receiptDisagrees = error { return .rejected }
            throw error
        }
    }

    func receipt(_ number: Int) async -> String? {
        let request = SyncRequest(.get, SyncRoute.receiptInChain(number).path)
        guard let answer = try? await exchange.exchange(request), AnswerReading(answer, expecting: [200]) == .done
        else { return nil }
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// Nil for one without a row that can be believed.
    private func known(_ id: PacketID) async throws(StoreError) -> QueuedPacket? {
        do throws(StoreError) {
            return try await store.packets.packet(id)
        } catch {
            switch error {
            case .unknownPacket, .packetDamaged(_, .rowChanged): return nil
            default: throw error
            }
        }
    }

    /// Which packet a receipt speaks of, before anything in it is believed: only to find the manifest
    /// that it is then verified against.
    static func packetNamed(in compact: String) -> PacketID? {
        struct Named: Decodable { let packetID: PacketID }
        let parts = compact.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let standard = parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        guard let payload = Data(base64Encoded: String(standard) + padding) else { return nil }
        return (try? JSONDecoder().decode(Named.self, from: payload))?.packetID
    }
}
