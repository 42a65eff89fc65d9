import ArgumentParser
import CentralServer
import FoundationEssentials
import PacketFormat

/// `loket-central packet seal`
struct PacketSealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Encrypt a file as an age file, for the backup of keys and for trials.",
        discussion: """
            For recipients, or for a passphrase. Hybrid and X25519 recipients are not mixed: the weaker would decide.

            With --output the file appears whole or not at all: it is written beside its name, synchronised, read \
            back and checked, and only then renamed. Without it the age file goes to standard output as it is made.
            """)

    @Argument(help: "The file to encrypt.")
    var file: String
    @Option(help: "A recipient, age1pq1… or age1…; may be repeated.")
    var recipient: [String] = []
    @Option(help: "A file with recipients, one a line; may be repeated.")
    var recipientsFile: [String] = []
    @Option(help: "A file with one passphrase, instead of recipients.")
    var passphraseFile: String?
    @Flag(help: "Write text in ASCII armour instead of the binary form.")
    var armor = false
    @Option(help: "The age file to make; one that is there is replaced.")
    var output: String?
    @Flag(help: "Report the made file as JSON.")
    var json = false

    private struct Outcome: Encodable {
        let file: String
        let size: Int
        let digest: String
        let contentSize: Int
    }

    func run() async throws {
        try await withExitCodes {
            let (recipients, files) = (try recipients(), DurableFiles())
            do {
                try files.read(URL(filePath: file), as: .stream) { source in
                    guard let output else { return try write(source, to: recipients) }
                    let sealed = try SealedFile(
                        URL(filePath: output), to: recipients, armoured: armor, files: files, from: source)
                    let outcome = Outcome(
                        file: output, size: sealed.size, digest: sealed.digest, contentSize: sealed.contentSize)
                    if json { try Report.printLine(outcome) }
                }
            } catch let failure as FileFailure {
                throw CentralError(failure, file)
            }
        }
    }

    private func write(_ source: ByteSource, to recipients: [any AgeFileKeyWrapping]) throws {
        try AgeWriter.encrypt(source, to: recipients, armoured: armor, into: Report.output)
    }

    private func recipients() throws -> [any AgeFileKeyWrapping] {
        var recipients: [any AgeFileKeyWrapping] = try recipient.map { try AgeRecipient($0) }
        for path in recipientsFile { recipients += try SecretFiles.recipients(in: path) }
        if let passphraseFile {
            let phrases = try SecretFiles.passphrases(in: [passphraseFile])
            guard phrases.count == 1 else { throw AgeError(.key, "more than one passphrase") }
            recipients += phrases
        }
        return recipients
    }
}
