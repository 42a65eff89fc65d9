import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import StationApp
import StationUI

extension QueueVerb {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the packets that wait for central to a stick, and the seals of closed days.",
            discussion: """
                Each packet is read back from the stick before it counts, and the stick may be taken out when this
                ends. Nothing is deleted on the kit: a packet stays in the queue until its receipt comes back, by
                the network or by 'loket queue import-receipts'. Run again, it goes on where it was broken off.
                """)
        @Argument(help: "Where the stick is mounted.") var stick: String

        @Flag(help: "Urgent packets first; otherwise the oldest, so that a stick that fills up leaves no gap.")
        var urgentFirst = false

        @Flag(help: "Take the packets out of the data folder of a dead laptop (--home), without any key.")
        var rescue = false

        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Written: Encodable {
            let stick: String
            let written: [String]
            let alreadyThere: [String]
            let failed: [String: String]
            let withoutManifest: [String]
            let unreadableRows: Int
            /// The numbers of the seals of closed days that lie on the stick.
            let seals: [Int]

            init(_ export: StickDesk.Export) {
                stick = export.stick
                written = export.written.map(\.description)
                alreadyThere = export.alreadyThere.map(\.description)
                failed = Dictionary(uniqueKeysWithValues: export.failed.map { ($0.key.description, $0.value) })
                withoutManifest = export.withoutManifest.map(\.description)
                unreadableRows = export.unreadableRows
                seals = export.seals
            }

            func lines(in words: Catalogue) -> [String] {
                written.map { words.line(.stickWritten, $0) } + alreadyThere.map { words.line(.stickThere, $0) }
                    + withoutManifest.map { words.line(.stickWithoutManifest, $0) }
                    + failed.sorted { $0.key < $1.key }.map { words.line(.stickNotWritten, $0.key, $0.value) }
                    + (unreadableRows > 0 ? [words.line(.queueUnreadable, words.count(unreadableRows, .row))] : [])
                    + seals.map { words.line(.stickSeal, "\($0)") }
            }
        }

        func run() async throws {
            try await report.reporting {
                let desk = StickDesk(at: stick, clock: SystemClock())
                let export =
                    if rescue {
                        try await desk.rescue(from: kit.folder.url.path, urgentFirst: urgentFirst)
                    } else {
                        try await desk.export(from: try await kit.open(in: report.language), urgentFirst: urgentFirst)
                    }
                let written = Written(export)
                try report.print(written) { written.lines(in: report.words).joined(separator: "\n") }
                // The lines above say which and why.
                if !written.failed.isEmpty { throw ExitCode(ExitStatus(.store(.packetDamaged)).rawValue) }
            }
        }
    }

    struct ImportReceipts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take central's receipts from a stick, and let the packets go that they are for.",
            discussion: "A receipt that is forged, another kit's or out of its place is named and changes nothing.")
        @Argument(help: "Where the stick is mounted.") var stick: String
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Taken: Encodable {
            let stored: [String]
            let known: [String]
            /// Packets with a damaged row: the receipt is kept, the file stays.
            let kept: [String]
            /// By file: the number of the receipt that must come first.
            let early: [String: Int]
            /// By file: why it was not believed.
            let refused: [String: String]

            func lines(in words: Catalogue) -> [String] {
                stored.map { words.line(.stickReceived, $0) } + known.map { words.line(.stickKnown, $0) }
                    + kept.map { words.line(.stickKept, $0) }
                    + early.sorted { $0.key < $1.key }.map { words.line(.stickEarly, $0.key, "\($0.value)") }
                    + refused.sorted { $0.key < $1.key }.map { words.line(.stickRefused, $0.key, $0.value) }
            }
        }

        func run() async throws {
            try await report.reporting {
                let desk = StickDesk(at: stick, clock: SystemClock())
                let showsProgress = !report.json && isatty(STDERR_FILENO) == 1
                let found = try await desk.importReceipts(into: try await kit.open(in: report.language)) {
                    done, count in
                    guard showsProgress, done % 100 == 0 || done == count else { return }
                    FileHandle.standardError.write(Data("\r\u{1B}[K\(done == count ? "" : "\(done)/\(count)")".utf8))
                }
                let taken = Taken(
                    stored: found.stored.map(\.description), known: found.known.map(\.description),
                    kept: found.kept.map(\.description), early: found.early, refused: found.refused)
                try report.print(taken) { taken.lines(in: report.words).joined(separator: "\n") }
                if !taken.refused.isEmpty { throw ExitCode(ExitStatus(.central(.receiptForged)).rawValue) }
            }
        }
    }
}
