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
            guard plain || kit.isScripted || !SecretInput.hasWholeTerminal else {
                try await StationScreens.open(kit.folder, language: language, clock: SystemClock()) { open in
                    try await station(of: open, rules)
                }
                return
            }
            let open = try await kit.open(in: language)
            try await StationScreens.run(try await station(of: open, rules), language: language, plain: plain)
        }
    }

    private func station(of open: OpenKit, _ rules: FingerRules) async throws -> Station {
        try Station(
            kit: open, devices: try devices.source(), officer: Officer(id: OfficerID(officer), proof: .claimed),
            trust: try await StationTrust(open, clock: SystemClock()), rules: rules, clock: SystemClock(),
            limits: devices.limits)
    }
}
