import ArgumentParser
import BiometricFormats
import EnrolmentCore
import Foundation
import StationApp

struct FingerVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finger", abstract: "Fingerprints: from the scanner, and to and from WSQ.",
        subcommands: [Capture.self, Encode.self, Decode.self])

    struct Capture: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take one finger.")
        @Option(help: "Which finger, for example right-index.") var position: FingerPosition
        @Option(help: "Write the sensor's picture (PGM): decoded, upright, before crop and scaling.") var raw: String?
        @Option(help: "Write the picture at 500 pixels an inch (PGM).") var image: String?
        @Option(help: "Write the picture as WSQ.") var wsq: String?
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Taken: Encodable {
            let position: String
            let rawWidth: Int
            let rawHeight: Int
            let width: Int
            let height: Int
            let device: String
        }

        func run() async throws {
            try await report.reporting {
                let scanner = try await devices.source().devices(for: nil).scanner
                let frame = try await scanner.capture(
                    FingerCaptureRequest(position, within: devices.limits.finger)
                ) { _ in }.sample()
                try PictureFile.write(frame.raw, to: raw)
                try PictureFile.write(frame.image, to: image)
                if let wsq { try PictureFile.writeWSQ(frame.image, rate: 0.75, to: wsq) }
                let taken = Taken(
                    position: position.name, rawWidth: frame.raw.width, rawHeight: frame.raw.height,
                    width: frame.image.width, height: frame.image.height,
                    device: try await scanner.describe().product)
                try report.print(taken) { "\(taken.position): \(taken.width)×\(taken.height) px, \(taken.device)" }
            }
        }
    }

    struct Encode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Compress a grey picture (PGM, PNG or JPEG) as WSQ.")
        @Argument(help: "The picture.") var input: String
        @Argument(help: "The WSQ file.") var output: String
        @Option(help: "Bits a pixel.") var rate = 0.75
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                try PictureFile.writeWSQ(try PictureFile.read(input), rate: rate, to: output)
            }
        }
    }

    struct Decode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Decompress a WSQ file to a picture (PGM or PNG).")
        @Argument(help: "The WSQ file.") var input: String
        @Argument(help: "The picture; its ending chooses the format.") var output: String
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting { try PictureFile.write(try PictureFile.read(input), to: output) }
        }
    }
}

extension FingerPosition: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
    public var defaultValueDescription: String { name }
    public static var allValueStrings: [String] { allCases.map(\.name) }
}
