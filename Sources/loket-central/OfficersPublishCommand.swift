import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central officers publish`
struct OfficersPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Publish a kit's roster again, good from now on.",
        discussion: "That is only needed to change how long it is good for: every change publishes it, and a kit "
            + "that syncs gets it renewed in time.")

    @OptionGroup var folder: DirectoryOptions
    @Option(name: .customLong("kit"), help: "The kit's name; may be repeated.")
    var kits: [String]
    @Option(help: "How many days nobody need sync, now and at every renewal; 30 at first.")
    var days: Int?
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let lists = try CardLists(folder.configuration())
            var rosters: [OfficerRoster] = []
            for kit in kits { rosters.append(try await lists.publishRoster(of: KitID(kit), days: days)) }
            try RosterReport.print(rosters, asJSON: json)
        }
    }
}
