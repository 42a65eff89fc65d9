import ArgumentParser
import CentralServer
import EnrolmentCore
import PacketFormat

/// `loket-central keys show`
struct KeysShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is not secret of central's keys.")

    @OptionGroup var folder: DirectoryOptions
    @Option(
        help:
            "A kit: show the key that it signs with instead, as `loket erase --verify --key` and `audit verify` want it."
    )
    var kit: String?
    @Flag(help: "Report as JSON.")
    var json = false

    /// What a technician may copy into a mail.
    private struct PublicKeys: Encodable {
        let facts: CentralKeys.Facts
        let authorityCertificate: String
        let receiptKey: String
        let receiptKeyID: String
        let recipients: [Recipient]
        /// What is sealed for them opens all the same.
        let earlierRecipients: [Recipient]

        struct Recipient: Encodable {
            let kind: String
            let keyID: String
            let text: String

            init(_ recipient: AgeRecipient) {
                (kind, keyID, text) = (recipient.kind.rawValue, recipient.keyID, recipient.text)
            }
        }
    }

    func run() async throws {
        try await withExitCodes {
            if let kit { return try await Self.report(KitID(kit), in: folder.configuration(), asJSON: json) }
            let keys = try CentralKeys.load(from: folder.configuration().keyDirectory)
            try Self.report(keys, asJSON: json)
        }
    }

    /// PEM (SubjectPublicKeyInfo), as central registered it.
    private struct KitKey: Encodable {
        let kit: String
        let signingKey: String
    }

    private static func report(_ kit: KitID, in configuration: CentralConfiguration, asJSON: Bool) async throws {
        let key = try await CentralService.signingKey(of: kit, in: configuration)
        try Report.print(KitKey(kit: kit.text, signingKey: key), asJSON: asJSON) { [key] }
    }

    static func report(_ keys: CentralKeys, asJSON: Bool) throws {
        let shown = PublicKeys(
            facts: keys.facts, authorityCertificate: try keys.authorityCertificate,
            receiptKey: keys.receiptPublicKey, receiptKeyID: keys.receiptKeyID,
            recipients: keys.recipients.map { .init($0) },
            earlierRecipients: keys.earlierRecipients.map { .init($0) })
        try Report.print(shown, asJSON: asJSON) {
            [
                "server       \(keys.facts.serverName)",
                "for          \(keys.facts.isTraining ? "training" : "real applications")",
                "names        \(keys.facts.hostNames.joined(separator: " "))",
                "receipt key  \(keys.receiptKeyID)",
            ] + keys.recipients.map { "packet key   \($0.keyID) \($0.kind.rawValue)" }
                + keys.earlierRecipients.map { "earlier      \($0.keyID) \($0.kind.rawValue)" } + [
                    "folder       \(keys.directory)"
                ]
        }
    }
}
