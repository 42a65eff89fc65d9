import ArgumentParser
import Foundation

/// The parts of our code that `Benchmarks/run` times in one process, so that no start-up is in the
/// figures. Each verb prints one JSON object.
@main
struct LoketBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loket-bench",
        subcommands: [
            WSQBench.self, SealBench.self, QueueBench.self, ScreenBench.self, FingerBench.self, MemoryBench.self,
            AgeBench.self,
        ])
}

/// The best and the median of several runs, in milliseconds.
struct Timing: Encodable {
    let best: Double
    let median: Double

    init(rounds: Int, _ body: () throws -> Void) rethrows {
        let clock = ContinuousClock()
        var times: [Double] = []
        for _ in 0..<max(1, rounds) {
            let time = try clock.measure { try body() }
            times.append(Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000)
        }
        self.init(times)
    }

    /// - Parameter times: at least one, in milliseconds.
    init(_ times: [Double]) {
        let times = times.sorted()
        best = times[0]
        median = times[times.count / 2]
    }
}

func report(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
