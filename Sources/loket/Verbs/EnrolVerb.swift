import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct EnrolVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol", abstract: "One visit without screens: the officer's answers come from a JSON file.")
    @Option(help: "The answers.") var script: String
    @OptionGroup var kit: KitOptions
    @OptionGroup var login: LoginOptions
    @OptionGroup var rules: RulesOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    struct Enrolled: Encodable {
        let `case`: String
        let packet: String
    }

    func run() async throws {
        try await report.reporting {
            let script = try EnrolmentScript(contentsOf: URL(filePath: script))
            // Before the passphrase is asked for: with wrong rules nothing starts.
            let rules = try rules.fingerRules(of: kit.folder)
            let open = try await kit.open(in: report.language)
            let source = try devices.source()
            let officer = try await login.officer(
                on: open, reader: try await source.devices(for: nil).cardReader, claiming: script.officer,
                within: devices.limits.card, in: report.language)
            let station = try Station(
                kit: open, devices: source, officer: officer,
                trust: try await StationTrust(open, clock: SystemClock()), rules: rules, clock: SystemClock(),
                limits: devices.limits)
            var enrolled: [Enrolled] = []
            for planned in script.visit.cases {
                guard let answers = script.answers[planned.id.text] else { continue }
                let packet = try await station.enrol(planned, in: script.visit, answers: answers)
                enrolled.append(Enrolled(case: planned.id.text, packet: packet.description))
            }
            try report.print(enrolled) {
                enrolled.map { "\($0.case): \(report.words.line(.storedAs, $0.packet))" }.joined(separator: "\n")
            }
        }
    }
}
