import ArgumentParser

/// Groups what concerns received packets.
struct PacketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet", abstract: "List received packets, open one, seal a file, take in a stick.",
        subcommands: [
            PacketListCommand.self, PacketOpenCommand.self, PacketSealCommand.self, PacketImportCommand.self,
        ])
}
