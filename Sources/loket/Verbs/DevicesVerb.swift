import ArgumentParser
import EnrolmentCore
import StationApp

struct DevicesVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "What is attached to this laptop.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every device that the kit can use.")
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let attached = try await devices.source().attached()
                try report.print(attached) {
                    attached.map { "\($0.kind.rawValue)  \($0.name)  \($0.place)  \($0.profile ?? "-")" }
                        .joined(separator: "\n")
                }
            }
        }
    }
}
