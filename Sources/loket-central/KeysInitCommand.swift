import ArgumentParser
import CentralServer

/// `loket-central keys init`
struct KeysInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make new keys: authority, server, receipts, packets.")

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "For training: these keys will never take a real application.")
    var training = false
    @Option(name: .customLong("name"), help: "A DNS name or address of the server; may be repeated.")
    var names: [String] = []
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let directory = try folder.configuration().keyDirectory
            let keys = try CentralKeys.make(in: directory, training: training, names: names)
            try KeysShowCommand.report(keys, asJSON: json)
        }
    }
}
