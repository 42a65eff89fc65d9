import EnrolmentCore
import GRDB
import Testing

@testable import OfflineCache

@Suite("A wall clock that is set")
struct ClockWatchTests {
    @Test(
        "is seen within one start, in whole seconds, before the line that it befell", arguments: [3, 3600, 315_360_000])
    func jump(seconds: Int) async throws {
        let bench = try ClockBench()
        let store = try await bench.open()
        bench.clocks.pass(.seconds(600))
        try await bench.note(store)
        bench.clocks.set(by: .seconds(seconds))
        try await bench.note(store)
        bench.clocks.pass(.seconds(600))
        bench.clocks.set(by: .seconds(-2 * seconds))
        try await bench.note(store)
        try await bench.note(store)
        #expect(try await bench.jumps(store) == ["+\(seconds)", "-\(2 * seconds)"])
        let events = try await store.journal.lines().map(\.event)
        #expect(
            events == [
                .officerLoggedIn, .clockJumped, .officerLoggedIn, .clockJumped, .officerLoggedIn, .officerLoggedIn,
            ])
        try await store.check()
        store.close()
    }

    @Test("is not seen where it was slewed, or set by less than the rules say")
    func small() async throws {
        let bench = try ClockBench()
        let store = try await bench.open()
        for _ in 0..<50 {
            bench.clocks.pass(.seconds(3600))
            try await bench.note(store)
        }
        bench.clocks.set(by: .milliseconds(1900))
        try await bench.note(store)
        bench.clocks.set(by: .milliseconds(-1900))
        try await bench.note(store)
        #expect(try await bench.jumps(store).isEmpty)
        // Many small steps in one direction are one large one.
        for _ in 0..<3 {
            bench.clocks.set(by: .milliseconds(900))
            try await bench.note(store)
        }
        #expect(try await bench.jumps(store) == ["+3"])
        store.close()
    }

    @Test("is seen after the program was closed and opened again")
    func reopened() async throws {
        let bench = try ClockBench()
        try await bench.open().close()
        bench.clocks.pass(.seconds(86_400))
        try await bench.open().close()
        bench.clocks.set(by: .seconds(-3600))
        let store = try await bench.open()
        #expect(try await bench.jumps(store) == ["-3600"])
        store.close()
    }

    @Test("across a restart is seen when it went back, and 1970 is implausible until the time is known again")
    func restart() async throws {
        let bench = try ClockBench()
        var store = try await bench.open()
        bench.clocks.pass(.seconds(3600))
        try await bench.note(store)
        store.close()
        bench.clocks.restart("start 2")
        bench.clocks.pass(.seconds(86_400))
        store = try await bench.open()
        #expect(try await bench.jumps(store).isEmpty)
        store.close()
        let right = bench.clocks.now() as Timestamp
        bench.clocks.restart("start 3")
        bench.clocks.set(to: Timestamp(milliseconds: 0))
        store = try await bench.open()
        #expect(try await bench.jumps(store) == ["-\(right.milliseconds / 1000)"])
        #expect(try await store.clockMark.standing(of: bench.clocks.now()).confidence == .implausible)
        bench.clocks.set(to: right)
        try await bench.note(store)
        #expect(try await store.clockMark.standing(of: bench.clocks.now()).confidence == .plausible)
        store.close()
    }

    @Test("back by an hour is implausible by the kit's own clock, until central is heard")
    func back() async throws {
        let bench = try ClockBench()
        let store = try await bench.open()
        bench.clocks.pass(.seconds(7200))
        bench.clocks.set(by: .seconds(-3600))
        try await bench.note(store)
        let standing = try await store.clockMark.standing(of: bench.clocks.now())
        #expect(standing.confidence == .implausible && standing.source == .clock)
        try await store.clockMark.note(bench.clocks.now(), from: .central)
        bench.clocks.pass(.seconds(60))
        let heard = try await store.clockMark.standing(of: bench.clocks.now())
        #expect(heard == TimeStanding(.synchronised, by: .central, evidenceAge: .seconds(60)))
        store.close()
    }

    @Test("leaves a bounded number of readings")
    func bounded() async throws {
        let bench = try ClockBench()
        let store = try await bench.open()
        for index in 0..<300 {
            bench.clocks.set(by: .seconds(index.isMultiple(of: 2) ? 10 : -10))
            try await bench.note(store)
        }
        let readings = try await store.perform { _, database in
            try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM clock_reading")
        }
        #expect(readings == 256)
        #expect(try await bench.jumps(store).count == 300)
        store.close()
    }

    @Test("by centuries is a code of bounded length")
    func code() {
        #expect(ClockWatch.code(of: .seconds(Int64.max / 2000)) == "+999999999999")
        #expect(ClockWatch.code(of: .milliseconds(-2500)) == "-3")
    }
}
