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
        try await report.reporting {
            let open = try await kit.open()
            let test = SelfTest(
                kit: open, devices: try await devices.source().devices(for: nil), clock: SystemClock())
            let result = await test.run(device.map { [$0] } ?? SelfTest.Part.allCases) { finding in
                if !report.json { print(Self.line(finding)) }
            }
            try report.print(result) { "\(result.milliseconds) ms" }
            if !result.passed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
        }
    }

    private static func line(_ finding: SelfTest.Finding) -> String {
        let mark =
            switch finding.verdict {
            case .passed: "goed    "
            case .attention: "let op  "
            case .failed: "FOUT    "
            }
        let part = finding.part.rawValue.padding(toLength: 13, withPad: " ", startingAt: 0)
        return "\(mark) \(part) \(finding.figure)" + (finding.code.map { "  [\($0)]" } ?? "")
            + "  \(finding.milliseconds) ms"
    }
}

extension SelfTest.Part: ExpressibleByArgument {}
