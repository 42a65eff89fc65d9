import ArgumentParser
import EnrolmentCore
import Foundation
import PacketFormat

/// Where the time of a sealing goes: encryption alone, with the file written, and with all that makes a packet
/// durable and sure. `Tests/Witness/packet-speed.py` sets the same beside age.
struct AgeBench: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "age")
    @Option(help: "Bytes of content.") var bytes = 200_000_000
    @Option(help: "Of each step; the best counts.") var rounds = 3

    struct Figures: Encodable {
        struct Steps: Encodable {
            let encrypt: Timing
            let decrypt: Timing
            /// Encrypted, written and synchronised.
            let write: Timing
            /// The same, read back from the disk, signed, and under its name.
            let seal: Timing
        }

        let contentBytes: Int
        let hybrid: Steps
        let x25519: Steps
        let peakKiB: Int
    }

    func run() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "loket-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try report(
            Figures(
                contentBytes: bytes, hybrid: try steps(.hybrid, folder), x25519: try steps(.x25519, folder),
                peakKiB: MemoryBench.status("VmHWM")))
    }

    private func steps(_ kind: AgeRecipient.Kind, _ folder: URL) throws -> Figures.Steps {
        let identity = try AgeIdentity.generate(kind)
        let (content, files) = (MemoryBench.Filler(size: bytes), DurableFiles())
        let file = folder.appending(path: "plain.age")
        func encrypt(into sink: ByteSink) throws {
            var encryptor = try AgeEncryptor(to: [identity.recipient])
            try content.write { try encryptor.update($0, to: sink) }
            try encryptor.finish(to: sink)
        }
        let sealer = try PacketSealer(
            directory: folder, recipient: identity.recipient, acceptsClassical: true, key: KitSigningKey())
        var generator = SystemRandomNumberGenerator()
        let now = Timestamp(milliseconds: 1_795_294_026_120)
        let place = PacketPlace(
            id: PacketID(at: now, using: &generator), sequence: 1, previousManifestDigest: nil, sealedAt: now,
            timeConfidence: .plausible)
        let encrypted = try Timing(rounds: rounds) { try encrypt { _ in } }
        let written = try Timing(rounds: rounds) { try files.write(file, encrypt) }
        let decrypted = try Timing(rounds: rounds) {
            try files.read(file) { try AgeDecryptor.decrypt($0, identities: [identity]) { _ in } }
        }
        let sealed = try Timing(rounds: rounds) {
            _ = try sealer.seal(content, of: Kit(id: KitID("BENCH"), isTraining: true), at: place)
        }
        return Figures.Steps(encrypt: encrypted, decrypt: decrypted, write: written, seal: sealed)
    }
}
