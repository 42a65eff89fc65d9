import ArgumentParser
import CentralServer
import FoundationEssentials
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// `loket-central packet open`
struct PacketOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Decrypt a packet and write its content to standard output.",
        discussion: "Exit codes: 10 header, 11 header changed, 12 content changed, 13 not for this identity, "
            + "14 no identity, 15 not the file of the manifest. Nothing is written unless all of it is right.")

    @Argument(help: "The age file.")
    var file: String
    @Option(help: "A file with the identity, as central's keys folder holds it.")
    var identity: String
    @Option(help: "The signed manifest (compact JWS) that must name this file; its signature is not checked.")
    var manifest: String?
    @Flag(help: "Write the content as it is, also when it is no JSON.")
    var raw = false

    /// A packet that central takes is never larger.
    private static let largestContent = 256 << 20

    func run() async throws {
        try await withExitCodes {
            if let manifest { try checkFile(against: manifest) }
            var content: [UInt8] = []
            let source = try CentralService.reader(of: file)
            try AgeDecryptor.decrypt(source, identities: [try CentralService.identity(in: identity)]) { bytes in
                guard content.count + bytes.count <= Self.largestContent else { throw PacketError.contentTooLarge }
                content += bytes
            }
            if !raw, (try? JSONDecoder().decode(AnyObject.self, from: Data(content))) == nil {
                throw CentralError(
                    .unreadable, "the packet opens, but its content is no JSON object",
                    hint: "Look at it with --raw.")
            }
            Report.write(content, to: STDOUT_FILENO)
        }
    }

    /// Any JSON object; only its braces matter here.
    private struct AnyObject: Decodable {
        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: Key.self) }
    }

    private func checkFile(against manifest: String) throws {
        let claimed = try CentralService.claimedManifest(in: manifest)
        let found = try PacketInspection(of: URL(filePath: file))
        guard found.fileSize == claimed.fileSize else { throw PacketError.fileSizeDiffers }
        guard found.fileDigest == claimed.fileDigest else { throw PacketError.fileDigestDiffers }
    }
}
