import EnrolmentCore
import OfflineCache

extension Store {
    /// Notes when a proven certificate was issued, where that is later than what is known.
    func learn(_ issued: Timestamp) async throws(StoreError) {
        if let known = try await clockMark.lastKnown(), known >= issued { return }
        try await clockMark.note(issued, from: .card)
    }
}
