import ArgumentParser
import EnrolmentCore
import StationApp

struct StationVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "station", abstract: "Open the screens on this laptop's kit (the default).")
    @Option(help: "Your staff number.") var officer = "onbekend"
    @Flag(help: "Lines of text for a screen reader.") var plain = false
    @OptionGroup var kit: KitOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        let language = report.language
        try await report.reporting {
            // Before the passphrase is asked for: with wrong rules nothing starts.
            let rules = try rules.fingerRules(of: kit.folder)
            let open = try await kit.open(in: language)
            let station = try Station(
                kit: open, devices: try devices.source(), officer: Officer(id: OfficerID(officer), proof: .claimed),
                trust: try await StationTrust(open, clock: SystemClock()), rules: rules, clock: SystemClock(),
                limits: devices.limits)
            let folder = kit.folder
            try await StationScreens.run(station, language: language, plain: plain) {
                await folder.accepts(passphrase: $0)
            }
        }
    }
}
