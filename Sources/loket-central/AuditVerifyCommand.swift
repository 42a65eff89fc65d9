import ArgumentParser
import CentralServer
import EnrolmentCore
import PacketFormat

/// `loket-central audit verify`
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a journal that a kit gave away, by what central has of that kit.",
        discussion: """
            Reads the whole file, its chain, its seals and its signature, and compares it with the seals and the \
            packets that central holds: a journal whose end was cut off, behind its last seal too, is found as far as \
            central was told of it. An older file lacks what came later, and is told as such: have the kit write a new \
            one (loket audit export). Ends with 21 when anything is not as it should be.
            """)

    @OptionGroup var folder: DirectoryOptions
    @Argument(help: "The file that loket audit export wrote.")
    var file: String
    @Option(help: "The kit that it is of.")
    var kit: String
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let report = try await CentralService.verifyJournal(
                file, of: KitID(kit), in: folder.configuration())
            try Report.print(report, asJSON: json) { Self.lines(of: report) }
            guard report.isWhole else { throw ExitCode(ExitStatus.needsLook.rawValue) }
        }
    }

    private static func lines(of report: AuditReport) -> [String] {
        let given = report.exportedAt.map { "given away \($0)" } ?? "NOT SIGNED BY ITS KIT"
        let place = { (position: Int?, seal: Int?) in
            (position.map { "  line \($0)" } ?? "") + (seal.map { "  seal \($0)" } ?? "")
        }
        return ["\(report.kit)  lines \(report.lines), seals \(report.seals), \(given)"]
            + report.remarks.map { remark in
                "  note \(remark.kind.rawValue)\(place(remark.position, remark.seal))  \(remark.detail)"
            }
            + report.findings.map { finding in
                "  WRONG \(finding.kind.rawValue)\(place(finding.position, finding.seal))  \(finding.detail)"
            }
            + [report.isWhole ? "it agrees with all that central has" : "\(report.findings.count) findings"]
    }
}
