import ArgumentParser

/// Groups what concerns central's keys and its kits.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make and show central's keys, and provision kits.",
        subcommands: [KeysInitCommand.self, KeysShowCommand.self, KeysKitCommand.self])
}
