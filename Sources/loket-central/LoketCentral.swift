import ArgumentParser

/// The reference central service: keys, kits, the server itself, and the packets that it received.
@main
struct LoketCentral: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loket-central", abstract: "The reference central service of Draagbaar Loket.",
        subcommands: [ServeCommand.self, KeysCommand.self, PacketCommand.self])
}
