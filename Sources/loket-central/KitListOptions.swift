import ArgumentParser
import CentralServer
import EnrolmentCore

/// What central knows of one kit, as a list tells it.
protocol KitLine: Encodable {
    /// The first line names the kit; the others stand under it.
    var text: [String] { get }
}

/// What a list by kit is asked with.
struct KitListOptions: ParsableArguments {
    @OptionGroup var folder: DirectoryOptions
    @Option(help: "Only this kit.")
    var kit: String?
    @Flag(help: "Report as JSON.")
    var json = false

    /// Asks central about the kits that are meant, and tells of each.
    func tell<Known>(
        _ ask: (KitID?, CentralConfiguration) async throws -> [Known], as line: (Known) -> some KitLine
    ) async throws {
        try await withExitCodes {
            let lines = try await ask(kit.map { KitID($0) }, folder.configuration()).map(line)
            try Report.print(lines, asJSON: json) { lines.flatMap(\.text) }
        }
    }
}
