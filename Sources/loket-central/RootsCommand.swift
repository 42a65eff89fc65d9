import ArgumentParser

/// Groups what concerns the roots that kits prove cards by.
struct RootsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roots", abstract: "Give kits another list of card roots; they take it at their next sync.",
        subcommands: [RootsPublishCommand.self, RootsShowCommand.self])
}
