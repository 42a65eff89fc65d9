import ArgumentParser
import CentralServer
import FoundationEssentials
import PacketFormat

/// `loket-central packet open`
struct PacketOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Decrypt a packet, or any age file, and write its content to standard output.",
        discussion: """
            Opens age v1 files, binary or in ASCII armour, for X25519 and hybrid (ML-KEM-768 with X25519) identities \
            and for passphrases (scrypt). Memory does not grow with the file, but for a passphrase: its work factor \
            may be at most 22, which takes 4 GiB.

            Exit codes: 10 header malformed, 11 header changed (HMAC), 12 content changed, cut or added to, \
            13 not for these identities or passphrases, 14 no usable identity or passphrase given, 15 not the file \
            of the manifest, 17 ASCII armour malformed, 18 not enough memory for the passphrase.

            Without --raw nothing is written unless all of it is right and it is one JSON object, well formed to its \
            end: at most 512 levels deep, in valid UTF-8, with nothing between its tokens but spaces, tabs and line \
            feeds, and in its strings no character that steers a terminal or is not seen: none of Unicode's categories \
            Cc, Cf, Co, Cs, Zl and Zp (control characters, marks that turn the direction of text, private use, \
            separators of lines) and none that may be left out when text is shown (Default_Ignorable_Code_Point). Such \
            a character is refused, not replaced; written as an escape (\\u200b) it goes out as that escape. With --raw \
            none of that is looked at: send it to a file, not to a terminal. Each piece is written as soon as it is \
            verified, so after a failure what was written is genuine but cut short: throw it away unless the exit code \
            is 0.
            """)

    @Argument(help: "The age file.")
    var file: String
    @Option(
        help: "A file with identities, one a line, as age-keygen or central's keys folder holds them; may be repeated.")
    var identity: [String] = []
    @Option(
        name: .customLong("dir"),
        help: "The folder of a central: each key for packets that it holds is tried, newest first.")
    var directory: String?
    @Option(help: "A file with a passphrase a line; may be repeated.")
    var passphraseFile: [String] = []
    @Option(help: "The signed manifest (compact JWS) that must name this file; its signature is not checked.")
    var manifest: String?
    @Flag(help: "Write the content as it is, also when it is no JSON, and as it comes.")
    var raw = false

    func run() async throws {
        try await withExitCodes {
            let keys = try SecretFiles.identities(in: identity) + held()
            let identities: [any AgeFileKeyUnwrapping] = try keys + SecretFiles.passphrases(in: passphraseFile)
            if let manifest { try checkFile(against: manifest) }
            do {
                try open(with: identities)
            } catch let failure as FileFailure {
                throw CentralError(failure, file)
            } catch let error as AgeError where error.failure == .noMatch && !keys.isEmpty {
                throw try Self.noKeyFits(keys, manifest: manifest)
            }
        }
    }

    /// The keys of the central that was named, earlier ones behind.
    private func held() throws -> [AgeIdentity] {
        guard let directory else { return [] }
        return try CentralKeys.load(from: CentralConfiguration(directory: directory).keyDirectory).identities
    }

    /// Names the keys that were tried, and the one that is wanted where the manifest tells it.
    private static func noKeyFits(_ keys: [AgeIdentity], manifest: String?) throws -> AgeError {
        let tried = keys.map(\.recipient.keyID).joined(separator: ", ")
        let count = keys.count == 1 ? "1 key was" : "\(keys.count) keys were"
        let wanted = try manifest.map { try CentralService.claimedManifest(in: $0).recipientKeyID }
        let sealed = wanted.map { "; by its manifest it was sealed for key \($0)" } ?? ""
        return AgeError(
            .noMatch,
            "not sealed for any key given: \(count) tried (\(tried))\(sealed). Look for an earlier copy of the keys folder"
        )
    }

    private func open(with identities: [any AgeFileKeyUnwrapping]) throws {
        let (url, files) = (URL(filePath: file), DurableFiles())
        guard !raw else { return try files.read(url, as: .stream) { try open($0, identities, into: Report.output) } }
        try files.readTwice(
            url,
            first: { source in
                var shape = JSONObjectShape()
                try open(source, identities) { shape.update($0) }
                if let fault = shape.fault {
                    throw CentralError(
                        .unreadable, "the packet opens, but its content \(Self.words(for: fault))",
                        hint: "Write it to a file with --raw; a terminal may obey what is in it.")
                }
            },
            second: { source in try open(source, identities, into: Report.output) })
    }

    private static func words(for fault: JSONObjectShape.Fault) -> String {
        switch fault {
        case .noObject: "is no JSON object"
        case .unseenText: "holds control or invisible characters, or is no UTF-8"
        }
    }

    private func open(
        _ source: ByteSource, _ identities: [any AgeFileKeyUnwrapping], into sink: ByteSink
    ) throws {
        do {
            try AgeReader.decrypt(source, identities: identities, into: sink)
        } catch let error as AgeError where error.failure == .noMatch && identities.isEmpty {
            throw AgeError(.key, "give --identity or --passphrase-file")
        }
    }

    private func checkFile(against manifest: String) throws {
        let claimed = try CentralService.claimedManifest(in: manifest)
        let found = try PacketInspection(of: URL(filePath: file))
        guard found.fileSize == claimed.fileSize else { throw PacketError.fileSizeDiffers }
        guard found.fileDigest == claimed.fileDigest else { throw PacketError.fileDigestDiffers }
    }
}
