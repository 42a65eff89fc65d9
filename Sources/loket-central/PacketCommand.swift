import ArgumentParser

/// Groups what concerns received packets.
struct PacketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet", abstract: "List received packets and open one.",
        subcommands: [PacketListCommand.self, PacketOpenCommand.self])
}
