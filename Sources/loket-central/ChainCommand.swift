import ArgumentParser

/// Groups what concerns the chains of the kits' manifests.
struct ChainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chain", abstract: "See gaps, forks and copies of kits; take a refused packet in.",
        subcommands: [ChainListCommand.self, ChainAcceptCommand.self])
}
