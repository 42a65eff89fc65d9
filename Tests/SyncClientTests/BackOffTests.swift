import StationTestSupport
import Testing

@testable import SyncClient

@Suite("Waiting after failures")
struct BackOffTests {
    @Test("doubles up to its limit, between half and all of it, and differs each time")
    func growth() {
        let backOff = BackOff(first: .seconds(1), longest: .seconds(60))
        var generator = SeededGenerator(seed: 20_261_121)
        for (failures, full) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (1000, 60), (Int.max, 60)] {
            let waits = (0..<50).map { _ in backOff.wait(after: failures, using: &generator) }
            #expect(waits.allSatisfy { $0 >= .seconds(full) / 2 && $0 <= .seconds(full) })
            #expect(Set(waits).count > 40)
        }
    }
}

@Suite("Progress of a sync")
struct ProgressMeterTests {
    @Test("counts what central holds already, and foretells by the speed of this sync alone")
    func timeLeft() throws {
        var generator = SeededGenerator(seed: 1)
        let ids = [packetID(&generator), packetID(&generator)]
        var meter = ProgressMeter([(ids[0], 1000, 400), (ids[1], 1000, 0)], at: .seconds(10))
        #expect(meter.progress.bytesDone == 400)
        #expect(meter.progress.bytesTotal == 2000)
        #expect(meter.progress.timeLeft == nil)
        meter.confirm(800, of: ids[0], at: .seconds(14))
        #expect(meter.progress.timeLeft == .seconds(12))
        meter.confirm(1000, of: ids[0], at: .seconds(16))
        meter.confirm(1000, of: ids[1], at: .seconds(26))
        #expect(meter.progress.bytesDone == 2000)
        #expect(meter.progress.timeLeft == nil)
    }
}
