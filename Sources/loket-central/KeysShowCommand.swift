import ArgumentParser
import CentralServer
import PacketFormat

/// `loket-central keys show`
struct KeysShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is not secret of central's keys.")

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "Report as JSON.")
    var json = false

    /// What a technician may copy into a mail.
    private struct PublicKeys: Encodable {
        let facts: CentralKeys.Facts
        let authorityCertificate: String
        let receiptKey: String
        let receiptKeyID: String
        let recipients: [Recipient]

        struct Recipient: Encodable {
            let kind: String
            let keyID: String
            let text: String
        }
    }

    func run() async throws {
        try await withExitCodes {
            let keys = try CentralKeys.load(from: folder.configuration().keyDirectory)
            try Self.report(keys, asJSON: json)
        }
    }

    static func report(_ keys: CentralKeys, asJSON: Bool) throws {
        let shown = PublicKeys(
            facts: keys.facts, authorityCertificate: try keys.authorityCertificate,
            receiptKey: keys.receiptPublicKey, receiptKeyID: keys.receiptKeyID,
            recipients: keys.recipients.map { .init(kind: $0.kind.rawValue, keyID: $0.keyID, text: $0.text) })
        try Report.print(shown, asJSON: asJSON) {
            [
                "server       \(keys.facts.serverName)",
                "for          \(keys.facts.isTraining ? "training" : "real applications")",
                "names        \(keys.facts.hostNames.joined(separator: " "))",
                "receipt key  \(keys.receiptKeyID)",
            ] + keys.recipients.map { "packet key   \($0.keyID) \($0.kind.rawValue)" } + [
                "folder       \(keys.directory)"
            ]
        }
    }
}
