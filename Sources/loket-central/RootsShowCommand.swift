import ArgumentParser
import CentralServer

/// `loket-central roots show`
struct RootsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show which list of roots kits get.")

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Shown: Encodable {
        let version: Int?
        let publishedAt: String?
    }

    func run() async throws {
        try await withExitCodes {
            let roots = try await CardLists(folder.configuration()).cardRoots()
            let shown = Shown(version: roots?.version, publishedAt: roots?.publishedAt.rfc3339)
            try Report.print(shown, asJSON: json) {
                [
                    roots.map { "version \($0.version), published \($0.publishedAt.rfc3339)" }
                        ?? "none was published: kits use the list that they came with"
                ]
            }
        }
    }
}
