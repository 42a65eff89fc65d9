import ArgumentParser
import EnrolmentCore
import Foundation
import PacketFormat

/// Seals one packet of a given size from a stream, and says what that cost in memory.
struct MemoryBench: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "memory")
    @Option(help: "Bytes of content.") var bytes = 5_000_000

    struct Figures: Encodable {
        let contentBytes: Int
        let residentBeforeKiB: Int
        let peakKiB: Int
        let milliseconds: Double
    }

    /// Content of any size, made as it is written.
    struct Filler: PacketContent {
        let size: Int
        var contentType: String { "application/octet-stream" }

        func write(to sink: ByteSink) throws {
            var left = size
            let piece = [UInt8](repeating: 0x5A, count: 48 << 10)
            while left > 0 {
                try sink(Array(piece.prefix(left)))
                left -= min(left, piece.count)
            }
        }
    }

    func run() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "loket-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let recipient = try AgeIdentity.generate().recipient
        let sealer = try PacketSealer(directory: folder, recipient: recipient, key: KitSigningKey())
        let kit = Kit(id: KitID("BENCH"), isTraining: true)
        func seal(_ size: Int, _ sequence: Int) throws {
            var generator = SystemRandomNumberGenerator()
            let now = Timestamp(milliseconds: 1_795_294_026_120)
            let place = PacketPlace(
                id: PacketID(at: now, using: &generator), sequence: sequence, previousManifestDigest: nil,
                sealedAt: now, timeConfidence: .plausible)
            _ = try sealer.seal(Filler(size: size), of: kit, at: place)
        }
        // What the libraries need once is not the packet's.
        try seal(1000, 1)
        let before = Self.status("VmRSS")
        let timing = try Timing(rounds: 1) { try seal(bytes, 2) }
        try report(
            Figures(
                contentBytes: bytes, residentBeforeKiB: before, peakKiB: Self.status("VmHWM"),
                milliseconds: timing.best))
    }

    /// A line of `/proc/self/status`, in KiB.
    static func status(_ name: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
