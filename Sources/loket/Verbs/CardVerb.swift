import ArgumentParser
import DeviceDrivers
import EnrolmentCore
import StationApp

struct CardVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "The eID card in the reader.",
        subcommands: [Read.self, Verify.self, Watch.self, Export.self])
}

extension CardVerb {
    /// Waits for a card and reads what is wanted of it.
    static func reading(_ plan: CardReadingPlan, with devices: DeviceOptions) async throws -> CardReading {
        let reader = try await devices.source().devices(for: nil).cardReader
        return try await reader.readCard(plan, within: devices.limits.card) { _ in }.sample()
    }
}
