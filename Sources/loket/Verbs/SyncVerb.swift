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
            let open = try await kit.open(in: report.language)
            let words = report.words
            let showsProgress = !report.json && isatty(STDERR_FILENO) == 1
            let outcome = try await Station.sync(open, clock: SystemClock()) { state in
                guard showsProgress, case .running(let progress) = state else { return }
                FileHandle.standardError.write(Data("\r\u{1B}[K\(Self.line(progress, in: words))".utf8))
            }
            if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            try report.print(outcome) { Self.lines(outcome, in: words).joined(separator: "\n") }
            if let failure = outcome.failure { throw report.ending(with: failure) }
            if outcome.left > 0 { throw ExitCode(ExitStatus.packetsLeft.rawValue) }
        }
    }

    private static func lines(_ outcome: SyncOutcome, in words: Catalogue) -> [String] {
        var lines = [
            words.line(
                .syncDone, "\(outcome.received)", "\(outcome.resumed)", "\(outcome.setAside)", "\(outcome.left)")
        ]
        lines += outcome.listsRefused.map { words.line(.syncListRefused, "\($0)") }
        if let damage = outcome.damage, damage.count > 0 { lines.append(words.line(.kitDamaged, damage)) }
        if let damage = outcome.damage, damage.closedFiles > 0 {
            lines.append(words.line(.kitFilesClosed, "\(damage.closedFiles)"))
        }
        if !outcome.sealsSent.isEmpty { lines.append(words.line(.syncSeals, "\(outcome.sealsSent.count)")) }
        return lines
            + outcome.sealsRefused.sorted { $0.key < $1.key }
            .map { words.line(.syncSealRefused, "\($0.key)", "\($0.value)") }
    }

    private static func line(_ progress: SyncProgress, in words: Catalogue) -> String {
        let line = words.line(
            .syncProgress, "\(progress.packetsDone)", "\(progress.packetsTotal)", "\(progress.bytesSent)",
            "\(progress.bytesTotal)")
        return progress.timeLeft.map { words.line(.syncTimeLeft, line, "\($0.components.seconds)") } ?? line
    }
}
