import ArgumentParser
import ProcessHardening

/// The reference central service: keys, kits and their officers, the server itself, and what it received.
@main
struct LoketCentral: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loket-central", abstract: "The reference central service of Draagbaar Loket.",
        subcommands: [
            ServeCommand.self, KeysCommand.self, OfficersCommand.self, RootsCommand.self, PacketCommand.self,
            ChainCommand.self, AuditCommand.self, RefusalsCommand.self, AgePluginCommand.self,
        ])

    static func main() async {
        do throws(ProcessHardening.Refusal) {
            // A server's memory grows with its work; its swap area is the office's to encrypt.
            try ProcessHardening.apply(locking: .secretsOnly)
        } catch {
            Report.complain("loket-central: not started: \(error.rawValue)")
            Self.exit(withError: ExitCode.failure)
        }
        await main(nil)
    }
}
