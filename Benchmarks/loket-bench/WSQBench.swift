import ArgumentParser
import BiometricFormats
import Foundation

/// Encodes and decodes one picture many times.
struct WSQBench: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "wsq")
    @Argument(help: "A PGM picture.") var picture: String
    @Argument(help: "Where to leave the last WSQ file, for the other side to decode.") var output: String
    @Option var rounds = 40

    struct Figures: Encodable {
        let encode: Timing
        let decode: Timing
        let bytes: Int
    }

    func run() throws {
        let image = try PGMCodec().decode([UInt8](Data(contentsOf: URL(filePath: picture))))
        let encoder = WSQEncoder()
        let file = try encoder.encode(image)
        try Data(file).write(to: URL(filePath: output))
        let decoder = WSQDecoder()
        try report(
            Figures(
                encode: try Timing(rounds: rounds) { _ = try encoder.encode(image) },
                decode: try Timing(rounds: rounds) { _ = try decoder.decode(file) }, bytes: file.count))
    }
}
