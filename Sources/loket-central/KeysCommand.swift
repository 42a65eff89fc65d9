import ArgumentParser

/// Groups what concerns central's keys and its kits.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, show and renew central's keys, and provision kits.",
        subcommands: [KeysInitCommand.self, KeysShowCommand.self, KeysRotateCommand.self, KeysKitCommand.self])
}
