import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import StationApp
import StationUI
import TerminalKit

/// How long the queue's screen takes to open on a kit with many packets: reading what it shows, and drawing it.
///
/// `whole` is what it would take with every packet read whole, manifest and receipt included.
struct ScreenBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "screen")
    @Option(help: "Packets in the queue.") var packets = 10_000
    @Option(help: "Times that the screen is opened.") var rounds = 20

    struct Figures: Encodable {
        let packets: Int
        let rounds: Int
        let read: QueueBench.Spread
        let draw: QueueBench.Spread
        /// Both together; under 100 ms is wanted.
        let open: QueueBench.Spread
        let whole: QueueBench.Spread
        /// Once all lines were gone through.
        let readAll: QueueBench.Spread
        let drawAll: QueueBench.Spread
    }

    func run() async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "loket-screen-\(getpid())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let listing = try await ListingRounds(in: folder, packets: packets)
        let (read, draw, open) = try await times(listing.store, lines: Store.queuePage)
        let (readAll, drawAll, _) = try await times(listing.store, lines: packets)
        var whole: [Double] = []
        for _ in 0..<max(1, rounds) {
            whole.append(try await milliseconds { _ = try await listing.store.packets.packets() })
        }
        try report(
            Figures(
                packets: packets, rounds: rounds, read: read, draw: draw, open: open, whole: .init(whole),
                readAll: readAll, drawAll: drawAll))
        listing.close()
    }

    private func times(
        _ store: Store, lines: Int
    ) async throws -> (read: QueueBench.Spread, draw: QueueBench.Spread, open: QueueBench.Spread) {
        var (reads, draws): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, rounds) {
            var list = QueueList()
            reads.append(try await milliseconds { list = try await store.queueList(lines) })
            var model = StationModel(kit: store.kit)
            draws.append(
                await milliseconds {
                    _ = model.handle(.queue(list))
                    _ = model.handle(.key(Key("f2")))
                    var buffer = CellBuffer(Size(columns: 132, rows: 43))
                    model.draw(into: &buffer)
                })
        }
        return (.init(reads), .init(draws), .init(zip(reads, draws).map { $0 + $1 }))
    }
}
