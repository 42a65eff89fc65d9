import ArgumentParser
import BiometricFormats
import EnrolmentCore
import Foundation
import StationApp

extension FingerVerb {
    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finger records: ISO/IEC 19794-4 of 2005 and 2011, CBEFF templates, EF.DG3.",
            subcommands: [Make.self, Show.self])
    }
}

extension FingerVerb.Record {
    /// Which record is made.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case iso2005 = "2005"
        case iso2011 = "2011"
        /// One finger as ICAO and BSI TR-03121 wrap it.
        case cbeff
        /// All fingers as a travel document's EF.DG3.
        case dg3
    }

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Pack pictures of fingers into one record.")
        @Option(name: .long, help: "2005, 2011, cbeff or dg3.") var format = Format.iso2005
        @Option(help: "Quality, 0 to 100, of each finger; left out where none was measured.") var quality: Int?
        @Argument(help: "FINGER=PICTURE, for example right-index=a.png (PGM, PNG, JPEG or WSQ).")
        var fingers: [String]
        @Option(name: [.short, .long], help: "The record's file.") var output: String
        @OptionGroup var report: ReportOptions

        struct Made: Encodable {
            let format: String
            let fingers: [String]
            let bytes: Int
        }

        func run() async throws {
            try await report.reporting {
                let samples = try fingers.map { try sample($0) }
                let bytes = try encoded(samples)
                try PictureFile.write(bytes: bytes, to: output)
                let made = Made(format: format.rawValue, fingers: samples.map(\.position.name), bytes: bytes.count)
                try report.print(made) {
                    "\(made.format): \(made.fingers.joined(separator: ", ")), \(made.bytes) bytes"
                }
            }
        }

        private func sample(_ argument: String) throws -> FingerSample {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let position = FingerPosition(name: parts[0]) else {
                throw ValidationError("a finger is given as FINGER=PICTURE, for example right-index=a.png")
            }
            return FingerSample(
                position: position, image: try PictureFile.read(parts[1]), quality: quality, attempt: 1,
                capturedAt: SystemClock().now(), device: DeviceDescription(product: "loket"))
        }

        private func encoded(_ samples: [FingerSample]) throws(FailureReport) -> [UInt8] {
            do {
                switch format {
                case .iso2005: return try FingerImageRecord(samples).encoded()
                case .iso2011: return try FingerImageRecord2011(samples).encoded()
                case .cbeff:
                    return try BiometricInformationTemplate(FingerImageRecord(samples)).encoded()
                case .dg3:
                    let templates = try samples.map { try BiometricInformationTemplate(FingerImageRecord([$0])) }
                    return try DataGroup3(templates: templates).encoded()
                }
            } catch {
                throw FailureReport(.input(.unreadableFile), detail: String(describing: error), kept: .nothingToKeep)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what a record holds, and take its pictures out.")
        @Argument(help: "The record's file.") var input: String
        @Option(help: "Write the pictures to this folder, as PNG.") var pictures: String?
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let bytes = try PictureFile.bytes(of: input)
                let shown: ShownRecord
                do {
                    shown = try ShownRecord(bytes)
                } catch {
                    throw FailureReport(
                        .input(.unreadableFile), detail: "\(input): \(error)", kept: .nothingToKeep)
                }
                if let pictures { try write(shown, to: pictures) }
                try report.print(shown) { shown.text }
            }
        }

        private func write(_ shown: ShownRecord, to folder: String) throws {
            for (index, view) in shown.fingers.enumerated() {
                let image: GrayImage
                do {
                    image = try view.picture()
                } catch {
                    throw FailureReport(
                        .input(.unreadableFile), detail: "\(view.position): \(error)", kept: .nothingToKeep)
                }
                try PictureFile.write(image, to: "\(folder)/\(index + 1)-\(view.position).png")
            }
        }
    }
}
