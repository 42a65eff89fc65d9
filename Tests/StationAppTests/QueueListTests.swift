import EnrolmentCore
import OfflineCache
import StationUI
import Testing

@testable import StationApp

@Suite("The queue for the screens", .timeLimit(.minutes(1)))
struct QueueListTests {
    @Test("shows what still has a way to go before what has arrived, a page of it, and counts all")
    func pages() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            #expect(try await kit.store.queueList(10) == QueueList())
            let received = try await bench.enrol(on: kit)
            _ = try await bench.sync(kit)
            let waiting = try await bench.enrol(BenchDay.second, on: kit)

            let whole = try await kit.store.queueList(10)
            #expect(whole.rows.map(\.packet) == [waiting, received])
            #expect(whole.rows.map(\.state) == [.sealed, .purged])
            #expect(!whole.hasMore)
            #expect(whole == QueueList(whole.rows))

            let first = try await kit.store.queueList(1)
            #expect(first.rows == Array(whole.rows.prefix(1)) && first.hasMore)
            #expect(first.waiting == 1 && first.received == 1 && first.bytesWaiting == whole.bytesWaiting)
            // Whoever stands on the home screen has a line there, whatever the queue's screen shows.
            let visits = try await kit.plannedVisits()
            let named = try await kit.store.queueList(1, naming: visits)
            #expect(named.rows == first.rows && named.beside == Array(whole.rows.dropFirst()))
            #expect(try await kit.store.queueList(10, naming: visits) == whole)
            let none = try await kit.store.queueList(0)
            #expect(none.rows.isEmpty && none.hasMore && none.received == 1)
            #expect(try await kit.waitingPackets() == 1)
            kit.store.close()
        }
    }
}
