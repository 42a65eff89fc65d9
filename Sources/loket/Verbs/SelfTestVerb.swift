import ArgumentParser
import EnrolmentCore
import StationApp
import StationUI

struct SelfTestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Try every part of the kit once, with a verdict and a figure each.")
    @Option(help: "Only this part: \(SelfTest.Part.allCases.map(\.rawValue).joined(separator: ", ")).")
    var device: SelfTest.Part?
    @OptionGroup var kit: KitOptions
    @OptionGroup var devices: DeviceOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        let catalogue = report.words
        try await report.reporting {
            let open = try await kit.open(in: report.language)
            let test = SelfTest(
                kit: open, devices: try await devices.source().devices(for: nil), clock: SystemClock())
            let result = await test.run(device.map { [$0] } ?? SelfTest.Part.allCases) { finding in
                if !report.json { print(Self.lines(finding, in: catalogue)) }
            }
            try report.print(result) { "\(result.milliseconds) ms" }
            if !result.passed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        }
    }

    /// One line a part; under one at which a technician has to do something, what and why.
    private static func lines(_ finding: SelfTest.Finding, in catalogue: Catalogue) -> String {
        let mark = catalogue.word(for: finding.verdict).padding(toLength: 9, withPad: " ", startingAt: 0)
        let part = finding.part.rawValue.padding(toLength: 13, withPad: " ", startingAt: 0)
        let line =
            "\(mark)\(part) \(finding.figure)" + (finding.code.map { "  [\($0)]" } ?? "")
            + "  \(finding.milliseconds) ms"
        guard let condition = finding.code.flatMap({ VaultCondition(rawValue: $0) }),
            let words = catalogue.explain(condition)
        else { return line }
        return ([line] + [words.fault, words.remedy].map { "         \($0)" }).joined(separator: "\n")
    }
}

extension SelfTest.Part: ExpressibleByArgument {}
