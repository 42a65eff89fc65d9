import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationApp

extension AuditVerb {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the whole journal, every seal, the packets and receipts, and the files that still wait.",
            discussion: """
                The file of each packet without a receipt is read and compared with its manifest. With --file only the \
                journal and its seals are read.

                What cannot be told: lines that were cut off behind the last seal with all that they spoke of, and a \
                folder that was put back as a whole to an earlier day. For those, `loket-central audit verify` compares \
                an export with the days' seals that central was sent.
                """)
        @Option(
            name: .customLong("key"),
            help: "A public key of the kit, in PEM; may be given again (otherwise the kit's own).")
        var keys: [String] = []
        @Option(help: "Verify this exported file instead of a kit's data folder; needs --key and --of-kit.")
        var file: String?
        @Option(help: "The name of the kit that an exported file is of.") var ofKit: String?
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func validate() throws {
            if file != nil, keys.isEmpty || ofKit == nil {
                throw ValidationError("An exported file is verified with --key and --of-kit.")
            }
        }

        func run() async throws {
            try await report.reporting {
                let keys = try keys.map(Self.key)
                let found: AuditReport
                if let file, let ofKit {
                    guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
                        throw FailureReport(.input(.unreadableFile), detail: "the export", kept: .packet)
                    }
                    found = AuditFile(kit: KitID(ofKit), keys: keys).audit([UInt8](bytes))
                } else {
                    found = try await kit.open(in: report.language).audit(kitKeys: keys)
                }
                try report.print(found) { AuditWords(report.words).lines(of: found).joined(separator: "\n") }
                if !found.isWhole { throw ExitCode(ExitStatus.checkFailed.rawValue) }
            }
        }

        private static func key(_ file: String) throws(FailureReport) -> VerifyingKey {
            guard let pem = try? String(contentsOfFile: file, encoding: .utf8), let key = try? VerifyingKey(pem: pem)
            else { throw FailureReport(.input(.unreadableFile), detail: "a public key", kept: .packet) }
            return key
        }
    }
}
