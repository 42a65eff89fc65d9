import ArgumentParser
import EnrolmentCore

struct FingerVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finger", abstract: "Fingerprints: from the scanner to a record that any system reads.",
        subcommands: [
            Capture.self, Calibrate.self, Check.self, Match.self, Encode.self, Decode.self, Record.self,
        ])
}

extension FingerPosition: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
    public var defaultValueDescription: String { name }
    public static var allValueStrings: [String] { allCases.map(\.name) }
}
