import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationApp

struct AuditVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The kit's journal: what happened, and whether anybody changed it.",
        subcommands: [Verify.self, Export.self, Show.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the journal and its seals to a file that others can verify without this kit.",
            discussion: "Tests/Witness/audit-verify.py reads such a file with nothing of ours.")
        @Argument(help: "The file to write.") var file: String
        @Option(help: "Write the kit's public key to this file, in PEM.") var publicKey: String?
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let (export, key) = try await kit.open(in: report.language).exportJournal(to: URL(filePath: file))
                if let publicKey {
                    do {
                        try Data(key.utf8).write(to: URL(filePath: publicKey))
                    } catch {
                        throw FailureReport(.input(.unwritableFile), detail: "the public key", kept: .packet)
                    }
                }
                try report.print(export) {
                    AuditWords(report.words).line(of: export)
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The lines of the journal; nothing is verified.")
        @Option(help: "From this line on.") var from = 1
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Row: Encodable {
            let position: Int
            let at: String
            let event: String
            let `case`: String?
            let packet: String?
            let officer: String?
            let reason: String?

            init(_ line: Journal.Line) {
                position = line.position
                at = line.at.rfc3339
                event = line.event.rawValue
                `case` = line.caseID?.text
                packet = line.packetID?.description
                officer = line.officer?.text
                reason = line.reason
            }

            var line: String {
                (["\(position)", at, event] + [`case`, packet, officer, reason].compactMap { $0 })
                    .joined(separator: "  ")
            }
        }

        func run() async throws {
            try await report.reporting {
                let rows = try await kit.open(in: report.language).journal(from: from).map(Row.init)
                try report.print(rows) { rows.map(\.line).joined(separator: "\n") }
            }
        }
    }
}
