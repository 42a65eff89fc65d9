import ArgumentParser
import BiometricFormats
import EnrolmentCore
import Foundation
import SampleQuality

/// Prints a line for each picture: its name, its score, its hints, and the row of measures behind the score.
struct MeasurePictures: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure")

    @Argument(help: "Pictures (PGM) at 500 pixels an inch, or folders of them.") var pictures: [String]

    func run() throws {
        let meter = FingerQualityMeter()
        for path in try pictures.flatMap(Self.files) {
            let image = try PGMCodec().decode([UInt8](Data(contentsOf: path)))
            let quality = meter.quality(of: image, minutiae: nil)
            let hints = quality.hints.isEmpty ? "-" : quality.hints.map(\.rawValue).joined(separator: ",")
            let row = meter.measures(of: image).map { String(format: "%.6g", $0) }.joined(separator: " ")
            print(path.lastPathComponent, quality.score, hints, row)
        }
    }

    private static func files(at path: String) throws -> [URL] {
        let url = URL(filePath: path)
        guard try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true else { return [url] }
        return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "pgm" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
