import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct VisitsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visits", abstract: "The visits that the office planned.", subcommands: [Import.self, List.self],
        defaultSubcommand: List.self)

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take over planned visits from a JSON file.")
        @Argument(help: "A JSON array of visits.") var file: String
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let bytes = try InputFile.bytes(of: file, atMost: .visits, called: "visits")
                guard let visits = try? JSONDecoder().decode([Visit].self, from: Data(bytes)) else {
                    throw FailureReport(.input(.unreadableFile), detail: "visits", kept: .draft)
                }
                try await kit.open(in: report.language).plan(visits)
                try report.print(["imported": visits.count]) { report.words.count(visits.count, .visit) }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All visits, by number and without names.")
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Row: Encodable {
            let visit: String
            let plannedFor: String
            let people: Int
            let done: Int
        }

        func run() async throws {
            try await report.reporting {
                let rows = try await kit.open(in: report.language).plannedVisits().map {
                    Row(
                        visit: $0.visit.id.text, plannedFor: $0.visit.plannedFor.iso8601,
                        people: $0.visit.cases.count, done: $0.outcomes.values.filter(\.isFinal).count)
                }
                try report.print(rows) {
                    rows.map { "\($0.plannedFor)  \($0.visit)  \($0.done)/\($0.people)" }.joined(separator: "\n")
                }
            }
        }
    }
}
