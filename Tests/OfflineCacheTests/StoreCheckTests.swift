import EnrolmentCore
import Foundation
import GRDB
import Testing

@testable import OfflineCache

@Suite("The store's own check")
struct StoreCheckTests {
    private static let places =
        SealedColumn.all.map { "\($0.table).\($0.column)" } + ["draft.sealed", "draft_key.sealed"]

    @Test("a bit that is turned in any sealed record is found, and named by its record", arguments: places)
    func everyRecord(_ place: String) async throws {
        let names = place.split(separator: ".").map(String.init)
        let bench = try await KeyBench.filled()
        let (store, _) = try await bench.open()
        try await store.check()
        try await store.perform { _, database in
            let sealed = try Data.fetchOne(database, sql: "SELECT \(names[1]) FROM \(names[0])")
            var changed = [UInt8](try #require(sealed))
            changed[changed.count - 1] ^= 1
            try KeyWork.rotation.run(database) {
                try database.execute(
                    sql: "UPDATE \(names[0]) SET \(names[1]) = ?", arguments: [databaseBlob(changed)])
            }
        }
        let error = await #expect(throws: StoreError.self) { try await store.check() }
        guard case .recordDamaged(let name) = error else {
            Issue.record("\(place): \(error?.description ?? "not found")")
            return
        }
        #expect(name.table.hasPrefix(names[0]))
        #expect(error?.code == .store(.unreadable))
        store.close()
    }
}
