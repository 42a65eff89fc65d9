import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

/// Enrols invented people on the emulated kit into a real store, and times the last step: from
/// "Klaar" to a packet that is sealed, read back and in the queue.
struct SealBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "seal")
    @Option var rounds = 40

    func run() async throws {
        try report(try await SealMeasurement.run(rounds: rounds))
    }
}
