import ArgumentParser
import BiometricFormats
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct SignatureVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature", abstract: "Signatures from the pad.", subcommands: [Capture.self])

    struct Capture: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take one signature.")
        @Option(help: "Write it as a picture (PNG).") var png: String?
        @Option(help: "Write it as an ISO/IEC 19794-7 time series.") var series: String?
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Taken: Encodable {
            struct Point: Encodable {
                let x: Int
                let y: Int
                let pressure: Int
                let milliseconds: Int
            }

            let device: String
            let maximumX: Int
            let maximumY: Int
            let maximumPressure: Int
            let strokes: [[Point]]
        }

        func run() async throws {
            try await report.reporting {
                let pad = try await devices.source().devices(for: nil).pad
                let sample = try await pad.capture(within: devices.limits.signature) { _ in }.sample()
                try PictureFile.writePNG(sample, to: png)
                try PictureFile.writeSeries(sample, to: series)
                let strokes = sample.strokes.map { stroke in
                    stroke.map {
                        Taken.Point(x: $0.x, y: $0.y, pressure: $0.pressure, milliseconds: $0.milliseconds)
                    }
                }
                let taken = Taken(
                    device: sample.device.product, maximumX: sample.geometry.maximumX,
                    maximumY: sample.geometry.maximumY, maximumPressure: sample.geometry.maximumPressure,
                    strokes: strokes)
                try report.print(taken) {
                    let words = report.words
                    let points = taken.strokes.map(\.count).reduce(0, +)
                    return
                        "\(words.count(taken.strokes.count, .stroke)), \(words.count(points, .point)), \(taken.device)"
                }
            }
        }
    }
}
