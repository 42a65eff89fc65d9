import ArgumentParser

/// Groups what concerns the officers who may use a kit.
struct OfficersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "officers", abstract: "Say who may use which kit; kits learn it at their next sync.",
        subcommands: [
            OfficersAddCommand.self, OfficersRemoveCommand.self, OfficersListCommand.self, OfficersPublishCommand.self,
        ])
}
