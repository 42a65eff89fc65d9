import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct SyncVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring every sealed packet to central, and clear those with a receipt.")
    @OptionGroup var kit: KitOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        try await report.reporting {
            let open = try await kit.open()
            let showsProgress = !report.json && isatty(STDERR_FILENO) == 1
            let outcome = try await Station.sync(open, clock: SystemClock()) { state in
                guard showsProgress, case .running(let progress) = state else { return }
                FileHandle.standardError.write(Data("\r\u{1B}[K\(Self.line(progress))".utf8))
            }
            if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            try report.print(outcome) {
                "ontvangstbewijzen \(outcome.received), hervat \(outcome.resumed), apart gelegd \(outcome.setAside), "
                    + "nog te verzenden \(outcome.left)"
                    + outcome.listsRefused.map { "\nniet bruikbaar, de vorige blijft gelden: lijst \($0)" }.joined()
                    + (outcome.sealsSent.isEmpty ? "" : "\ndagzegels bij centraal \(outcome.sealsSent.count)")
                    + outcome.sealsRefused.sorted { $0.key < $1.key }
                    .map { "\ndagzegel \($0.key) niet aanvaard (\($0.value)): laat het kantoor kijken" }.joined()
            }
            if let failure = outcome.failure { throw report.ending(with: failure) }
            if outcome.left > 0 { throw ExitCode(ExitStatus.packetsLeft.rawValue) }
        }
    }

    private static func line(_ progress: SyncProgress) -> String {
        let left = progress.timeLeft.map { ", nog \($0.components.seconds) s" } ?? ""
        return "\(progress.packetsDone)/\(progress.packetsTotal) pakketten, "
            + "\(progress.bytesSent)/\(progress.bytesTotal) bytes\(left)"
    }
}
