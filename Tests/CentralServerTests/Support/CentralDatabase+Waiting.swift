import EnrolmentCore
import GRDB

@testable import CentralServer

extension CentralDatabase {
    /// Waits for the transaction itself, not for time to pass.
    func waitUntil(_ id: PacketID, hasDurable count: Int) async throws {
        let observation = ValueObservation.tracking { database in
            try Int.fetchOne(
                database, sql: "SELECT durableOffset FROM packet WHERE id = ?", arguments: [id.description])
        }
        for try await offset in observation.values(in: writer) where offset == count { return }
    }
}
