import ArgumentParser
import EnrolmentCore
import Foundation
import PacketFormat
import StationUI

struct PacketVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet", abstract: "What a sealed packet shows without a key.", subcommands: [Inspect.self])

    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sizes, digest, kind of key and claimed manifest of one packet file.")
        @Argument(help: "The packet's file.") var file: String
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let inspection: PacketInspection
                do {
                    inspection = try PacketInspection(of: URL(filePath: file))
                } catch {
                    throw FailureReport(
                        .input(.unreadableFile), detail: String(describing: error), kept: .nothingToKeep)
                }
                try report.print(inspection) {
                    let words = report.words
                    let kinds = inspection.stanzas.map(\.type).joined(separator: ", ")
                    return "\(words.count(inspection.fileSize, .byte)), SHA-256 \(inspection.fileDigest)\n"
                        + words.line(.packetSealedFor, kinds, words.count(inspection.chunkCount, .chunk))
                }
            }
        }
    }
}
