import ArgumentParser
import CentralServer

/// `loket-central keys rotate`
struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make new keys for packets; the earlier ones go on opening what they can.",
        discussion: """
            Kits that are provisioned from now on seal for the new keys. Those in the field go on sealing for the key \
            that they have, and central opens that too, however late it comes. Keep a copy of the keys folder: what \
            was sealed for a key that is lost can be opened by nobody.
            """)

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let keys = try CentralKeys.load(from: folder.configuration().keyDirectory)
            try KeysShowCommand.report(try keys.rotatingPacketKeys(), asJSON: json)
        }
    }
}
