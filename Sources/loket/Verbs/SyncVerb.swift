import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

struct SyncVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Bring every sealed packet to central, and clear those with a receipt.")
    @OptionGroup var kit: KitOptions
    @OptionGroup var report: ReportOptions

    func run() async throws {
        try await report.reporting {
            let open = try await kit.open()
            let showsProgress = !report.json && isatty(STDERR_FILENO) == 1
            let result = try await Station.sync(open, clock: SystemClock()) { progress in
                guard showsProgress else { return }
                FileHandle.standardError.write(Data("\r\u{1B}[K\(progress.line)".utf8))
            }
            if showsProgress { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            try report.print(result) { result.line }
            if let failure = result.failure { throw failure }
            if result.left > 0 { throw ExitCode(ExitStatus.packetsLeft.rawValue) }
        }
    }
}
