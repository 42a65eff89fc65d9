import ArgumentParser
import StationApp

/// `loket`: the station on the laptop. Without a verb it opens the screens.
@main
struct Loket: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loket",
        abstract: "Draagbaar Loket: identity cards applied for at the bedside, offline.",
        discussion: "Exit codes:\n"
            + ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"),
        subcommands: [
            StationVerb.self, DemoVerb.self, LoginVerb.self, EnrolVerb.self, DeliverVerb.self, VisitsVerb.self,
            QueueVerb.self, SyncVerb.self, DayCloseVerb.self, AuditVerb.self,
            CardVerb.self, FingerVerb.self, SignatureVerb.self, PhotoVerb.self, PacketVerb.self, DevicesVerb.self,
            SelfTestVerb.self, EmulateVerb.self, ProvisionVerb.self, KitVerb.self, KeyVerb.self, EraseVerb.self,
            DemoStationVerb.self,
        ],
        defaultSubcommand: StationVerb.self)

    static func main() async {
        Hardening.apply()
        await main(nil)
    }
}
