import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI

struct PhotoVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "photo", abstract: "Portraits from the camera.", subcommands: [Capture.self])

    struct Capture: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take one portrait at the first good frame.")
        @Argument(help: "The JPEG file to write.") var output: String
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Taken: Encodable {
            let width: Int
            let height: Int
            let bytes: Int
            let device: String
        }

        func run() async throws {
            try await report.reporting {
                let camera = try await devices.source().devices(for: nil).camera
                let sample = try await camera.capture(within: devices.limits.portrait) { progress in
                    if case .preview = progress { Task { await camera.shutter() } }
                }.sample()
                try PictureFile.write(bytes: sample.jpeg, to: output)
                let taken = Taken(
                    width: sample.width, height: sample.height, bytes: sample.jpeg.count,
                    device: sample.device.product)
                try report.print(taken) {
                    "\(taken.width)×\(taken.height) px, \(report.words.count(taken.bytes, .byte)), \(taken.device)"
                }
            }
        }
    }
}
