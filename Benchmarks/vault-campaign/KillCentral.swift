import ArgumentParser
import CentralServer

/// The central service of the kill campaign, in a process of its own so that it can be killed too.
struct KillCentral: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "kills-central", shouldDisplay: false)

    @Option var folder: String
    @Option var port = 0

    func run() async throws {
        let central = try await CentralService.start(Self.settings(folder, port: port))
        say("listening \(central.port)")
        await central.waitUntilStopped()
    }

    static func settings(_ folder: String, port: Int = 0) -> CentralConfiguration {
        var configuration = CentralConfiguration(directory: folder, port: port)
        configuration.logger.logLevel = .critical
        return configuration
    }
}
