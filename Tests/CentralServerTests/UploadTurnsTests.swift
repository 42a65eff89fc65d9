import EnrolmentCore
import StationTestSupport
import Testing

@testable import CentralServer

@Suite("Turns at an upload")
struct UploadTurnsTests {
    private func packet(_ seed: UInt64) -> PacketID {
        var generator = SeededGenerator(seed: seed)
        return PacketID(at: TestPacket.time, using: &generator)
    }

    @Test("A new turn interrupts the one before, and starts when that has ended")
    func newestFirst() async throws {
        let turns = UploadTurns()
        let id = packet(70)
        let (starts, started) = AsyncStream<Void>.makeStream()
        let (endless, _) = AsyncStream<Int>.makeStream()
        let log = Log()
        let first = Task {
            try await turns.take(id, isInterruptible: true) {
                started.yield()
                for await _ in endless {}
                await log.add("first ended")
            }
        }
        for await _ in starts { break }
        try await turns.take(id) { await log.add("second ran") }
        try await first.value
        #expect(await log.lines == ["first ended", "second ran"])
    }

    @Test("Turns at different packets do not touch each other")
    func independent() async throws {
        let turns = UploadTurns()
        let (other, mine) = (packet(71), packet(72))
        let value = try await turns.take(mine) {
            try await turns.take(other) { Task.isCancelled ? 0 : 1 } + (Task.isCancelled ? 0 : 1)
        }
        #expect(value == 2)
    }

    @Test("The error of a turn is its own, and the next turn runs all the same")
    func errors() async throws {
        let turns = UploadTurns()
        let id = packet(73)
        await #expect(throws: Refused(.incomplete)) { try await turns.take(id) { throw Refused(.incomplete) } }
        #expect(try await turns.take(id) { 1 } == 1)
    }

    private actor Log {
        private(set) var lines: [String] = []
        func add(_ line: String) { lines.append(line) }
    }
}
