import ArgumentParser
import CentralServer

/// `loket-central roots publish`
struct RootsPublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign a list of roots for every kit.",
        discussion: "Its version must be above that of the list before it. A kit that cannot use it says so at "
            + "its sync and keeps the one that it has.")

    @OptionGroup var folder: DirectoryOptions
    @Argument(help: "The list as JSON.")
    var file: String
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Published: Encodable { let version: Int }

    func run() async throws {
        try await withExitCodes {
            let version = try await CardLists(folder.configuration())
                .publish(cardRoots: try CentralService.contents(of: file))
            try Report.print(Published(version: version), asJSON: json) { ["published version \(version)"] }
        }
    }
}
