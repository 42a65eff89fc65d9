import ArgumentParser

/// The reference central service: keys, kits and their officers, the server itself, and what it received.
@main
struct LoketCentral: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loket-central", abstract: "The reference central service of Draagbaar Loket.",
        subcommands: [
            ServeCommand.self, KeysCommand.self, OfficersCommand.self, RootsCommand.self, PacketCommand.self,
        ])
}
