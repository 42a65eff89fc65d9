import ArgumentParser
import DeviceDrivers
import EnrolmentCore
import Foundation
import StationApp
import StationUI

extension CardVerb {
    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read all files of the card, without a PIN.",
            discussion: "Personal data goes to standard output and to --files, and nowhere else.")
        @Option(
            help:
                "Write each file as it came from the card, padding included, into this folder; readable by its owner only."
        )
        var files: String?
        @Option(help: "Read these files only, by name, with commas between them; identity always comes first.")
        var only: String?
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let reading = try await CardVerb.reading(try plan(), with: devices)
                if let files { try Self.write(reading, to: URL(filePath: files)) }
                let card = ShownCard(reading)
                try report.print(card) {
                    let words = report.words
                    return [
                        "\(card.surname), \(card.givenNames)",
                        "\(reading.identity.nationalNumber.formatted)  \(card.birthDate)  \(card.birthPlace)",
                        words.line(
                            .cardRead, reading.identity.cardNumber.formatted, "\(card.applet)",
                            words.count(card.files.count, .file)),
                    ].joined(separator: "\n")
                }
            }
        }

        private func plan() throws(FailureReport) -> CardReadingPlan {
            let whole: CardReadingPlan = files == nil ? .enrolment : .whole
            guard let only else { return whole }
            let names = only.split(separator: ",").map { String($0.trimming { $0 == " " }) }
            let wanted = names.compactMap { CardFile(rawValue: $0) }
            guard wanted.count == names.count, !wanted.isEmpty else {
                let known = CardFile.allCases.map(\.rawValue).joined(separator: ", ")
                throw FailureReport(.input(.missingConfiguration), detail: "--only: \(known)", kept: .nothingToKeep)
            }
            return CardReadingPlan(wanted, extent: whole.extent)
        }

        private static func write(_ reading: CardReading, to folder: URL) throws {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                for (file, bytes) in reading.files {
                    let path = folder.appending(path: "\(file.rawValue).bin").path(percentEncoded: false)
                    let isWritten = FileManager.default.createFile(
                        atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
                    guard isWritten else { throw CocoaError(.fileWriteUnknown) }
                }
            } catch {
                throw FailureReport(.input(.unwritableFile), detail: "--files", kept: .nothingToKeep)
            }
        }
    }
}

extension Substring {
    fileprivate func trimming(_ isOut: (Character) -> Bool) -> Substring {
        var rest = drop(while: isOut)
        while let last = rest.last, isOut(last) { rest.removeLast() }
        return rest
    }
}
