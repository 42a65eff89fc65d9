import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncProtocol

/// Whether this data folder is as far as central is with the kit.
///
/// Central is believed about an older copy only on proof: a manifest that the kit's own key signed and that is not
/// in the folder. Nobody without that key can make a kit stop.
extension SyncSession {
    /// Manifests that are fetched at most, newest first: some hundred days of work.
    private static let longestLook = 10_000

    /// Compares the kit's manifests with what central holds, learns what it lost, and stores the receipts that it
    /// lacks; what those release is purged, and never sent again.
    ///
    /// What does not come now comes with the next sync: it holds up no packet.
    func compareChains() async throws(StoreError) {
        guard let chain = centralChain else { return }
        let central = ManifestChainHead(sequence: chain.sequence, digest: chain.digest)
        if try await !isOwn(central) {
            try await learnLost(since: central)
        } else if try await store.chain.mark() != nil {
            try await store.chain.noteCentral(central)
        }
        try await catchUp(to: chain.receipts)
        note(rollback: try await store.chain.mark(), taken: try await store.chain.draftsAlreadyReceived())
    }

    /// Whether the newest manifest that central holds is one that this folder knows of.
    private func isOwn(_ central: ManifestChainHead) async throws(StoreError) -> Bool {
        let head = try await store.chain.head()
        if central == head { return true }
        guard let digest = central.digest, try await central.sequence > store.chain.acceptedFloor() else { return true }
        if let own = try await store.chain.manifest(number: central.sequence) {
            return SignedManifest.digest(of: own) == digest
        }
        // A row may be gone after its years; the head is not.
        return central.sequence < head.sequence
    }

    /// Fetches what central holds, from its newest manifest back to the first that the folder has too.
    private func learnLost(since central: ManifestChainHead) async throws(StoreError) {
        let floor = try await max(store.chain.acceptedFloor(), central.sequence - Self.longestLook)
        for sequence in stride(from: central.sequence, to: floor, by: -1) {
            guard !Task.isCancelled else { return noteCancelled() }
            switch await manifest(number: sequence) {
            case .none: return
            case .missing: continue
            case .some(let signed):
                let own = try await store.chain.manifest(number: sequence)
                guard own != signed.compact else { return }
                if sequence == central.sequence {
                    guard signed.digest == central.digest else { return }
                    try await store.chain.noteRollback(foundBy: .central, central: central)
                }
                try await store.chain.keepLost(signed)
            }
        }
    }

    private enum Fetched {
        case some(SignedManifest)
        /// Central has none of this number.
        case missing
        /// No answer, or nothing that the kit signed.
        case none
    }

    private func manifest(number sequence: Int) async -> Fetched {
        let request = SyncRequest(.get, SyncRoute.manifestInChain(sequence).path)
        guard let answer = try? await exchange.exchange(request) else { return .none }
        switch AnswerReading(answer, expecting: [200]) {
        case .done: break
        case .refused(.unknownPacket): return .missing
        case .refused, .unavailable, .notCentral: return .none
        }
        let compact = String(decoding: answer.body, as: UTF8.self)
        guard let signed = try? manifests.verify(compact), signed.manifest.sequence == sequence,
            signed.manifest.isTraining == store.kit.isTraining
        else { return .none }
        return .some(signed)
    }

    /// Stores the receipts up to this number that the kit does not have.
    private func catchUp(to last: Int) async throws(StoreError) {
        while true {
            let next = (try await store.packets.receiptChainHead()?.sequence ?? 0) + 1
            guard next <= last else { return }
            guard !Task.isCancelled else { return noteCancelled() }
            guard let compact = await receipt(next), try await takeEarlier(compact) else { return }
        }
    }
}
