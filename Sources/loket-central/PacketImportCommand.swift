import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central packet import`
struct PacketImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in what kits wrote on a stick, and put the receipts beside it.",
        discussion: "Each packet is checked as an upload is. It may run while central serves.")

    @OptionGroup var folder: DirectoryOptions
    @Argument(help: "The stick, as loket queue export wrote it.")
    var stick: String
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Figures: Encodable {
        let received: Int
        let known: Int
        let refused: Int
        let unusable: Int
        let failed: Int
        let bytes: Int
        let receiptsWritten: Int
        let isComplete: Bool
        let items: [StickReport.Item]
        let seals: [StickReport.Seal]

        init(_ report: StickReport) {
            received = report.count(of: .received)
            known = report.count(of: .known)
            refused = report.count(of: .refused)
            failed = report.count(of: .failed)
            unusable = report.items.count - received - known - refused - failed
            bytes = report.items.filter { $0.outcome == .received }.map(\.bytes).reduce(0, +)
            receiptsWritten = report.items.filter(\.hasReceipt).count + report.otherReceipts
            isComplete = report.isComplete
            items = report.items
            seals = report.seals
        }

        var text: [String] {
            items.map { item in
                let name = item.packet.map { "\($0)" } ?? "-"
                let code = item.code.map { "  \($0.rawValue)" } ?? ""
                return
                    "\(name)  \(item.folder)  \(item.outcome.rawValue)\(code)\(item.hasReceipt ? "" : "  no receipt")"
            }
                + seals.map { seal in
                    let word = seal.code.map { "refused  \($0.rawValue)" } ?? (seal.isNew ? "received" : "known")
                    return "\(seal.file)  \(seal.folder)  \(word)"
                } + [
                    "received \(received) (\(bytes) bytes), known \(known), refused \(refused), unusable \(unusable), "
                        + "failed \(failed); receipts on the stick \(receiptsWritten)"
                ]
        }
    }

    func run() async throws {
        try await withExitCodes {
            var configuration = try folder.configuration()
            configuration.logger.logLevel = .error
            let figures = Figures(try await CentralService.importPackets(from: stick, in: configuration))
            try Report.print(figures, asJSON: json) { figures.text }
            guard figures.isComplete else { throw ExitCode(ExitStatus.notAllTaken.rawValue) }
        }
    }
}
