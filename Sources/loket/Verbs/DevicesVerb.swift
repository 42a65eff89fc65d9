import ArgumentParser
import EnrolmentCore
import StationApp

struct DevicesVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "What is attached to this laptop.", subcommands: [List.self, Udev.self],
        defaultSubcommand: List.self)

    struct Udev: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The udev rules that let the officer use the kit's devices.",
            discussion: "As root: loket devices udev > /etc/udev/rules.d/60-draagbaar-loket.rules, then plug in again.")
        @OptionGroup var report: ReportOptions

        struct Rules: Encodable {
            let file: String
            let text: String
        }

        func run() async throws {
            try await report.reporting {
                let text = try AttachedDevices.udevRules()
                try report.print(Rules(file: "60-draagbaar-loket.rules", text: text)) {
                    // The line's end is printed.
                    String(text.dropLast())
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every device that the kit can use.")
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let attached = try await devices.source().attached()
                try report.print(attached) {
                    attached.map {
                        "\($0.kind.rawValue)  \($0.name)  \($0.place)  \($0.serial ?? "-")  \($0.profile ?? "-")"
                    }
                    .joined(separator: "\n")
                }
            }
        }
    }
}
