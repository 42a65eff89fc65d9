import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central officers remove`
struct OfficersRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "End an officer's use of kits, from each kit's next sync on.")

    @OptionGroup var folder: DirectoryOptions
    @Option(name: .customLong("kit"), help: "The kit's name; may be repeated.")
    var kits: [String]
    @Option(help: "The officer's staff number.")
    var officer: String
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let lists = try CardLists(folder.configuration())
            var rosters: [OfficerRoster] = []
            for kit in kits { rosters.append(try await lists.remove(OfficerID(officer), from: KitID(kit))) }
            try RosterReport.print(rosters, asJSON: json)
        }
    }
}
