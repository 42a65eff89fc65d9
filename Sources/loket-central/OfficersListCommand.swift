import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central officers list`
struct OfficersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the officers of a kit, by staff number.")

    @OptionGroup var folder: DirectoryOptions
    @Option(help: "The kit's name.")
    var kit: String
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            guard let roster = try await CardLists(folder.configuration()).roster(of: KitID(kit)) else {
                throw CentralError(
                    .noRoster, "kit \(kit) has no roster: it asks nobody who they are",
                    hint: "Add its first officer with: loket-central officers add --kit \(kit).")
            }
            try RosterReport.print([roster], asJSON: json, withOfficers: true)
        }
    }
}
