import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncProtocol

/// The seals of closed days, so that central knows what the kit's journal was, whatever becomes of the kit.
extension SyncSession {
    /// Hands in each seal that central does not have, in the order of their numbers.
    ///
    /// They come after the packets and receipts, and none of them holds up a packet. One that central refuses holds
    /// up none of the next, and is handed in again at the next sync; one that contradicts another is kept by central
    /// as it is, and is not. An answer that got lost costs nothing: central takes the same seal again.
    func sendSeals() async throws(StoreError) {
        let waiting = try await store.seals.unsent(heldBy: centralChain?.seals)
        for seal in waiting {
            guard !Task.isCancelled else { return noteCancelled() }
            let request = SyncRequest(
                .post, SyncRoute.seals.path, headers: [SyncHeader.contentType: SyncMediaType.seal],
                body: Array(seal.statement.utf8))
            // What does not come through now comes with the next sync.
            guard let answer = try? await exchange.exchange(request) else { return }
            switch AnswerReading(answer, expecting: [200, 201]) {
            case .done:
                try await store.seals.markSent(seal.number)
                note(seal: seal.number, refused: nil)
            case .refused(.sealForked):
                try await store.seals.markSent(seal.number)
                note(seal: seal.number, refused: .sealForked)
            // A central of before takes none.
            case .refused(.noSuchRoute), .unavailable, .notCentral: return
            case .refused(let code):
                note(seal: seal.number, refused: code)
                guard case .setAside = code.remedy else { return }
            }
        }
    }
}
