import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import SyncProtocol
import Testing

@testable import SyncClient

@Suite("An upload to a tus server that we did not write")
struct ForeignServerTests {
    @Test(
        "arrives byte for byte, over a line that breaks twice",
        .enabled(
            if: ForeignServer.python != nil,
            "needs Python with drf-tus: .build-witness/bin/python, or LOKET_WITNESS_PYTHON"))
    func upload() async throws {
        let bench = try await CentralBench()
        let server = try ForeignServer(keys: bench.central.keys.directory)
        // That server takes one request a connection: the announcement, a piece, the offset, a piece.
        let proxy = try await CuttingProxy.start(
            to: server.port, cutting: [.none, .init(toCentral: 40_000), .none, .init(toCentral: 40_000)])
        let file = patternedBytes(300_000, seed: 8)
        let packet = try await bench.seal("c1", file)
        let bundle = bench.bundle.reached(at: "https://localhost:\(proxy.port)")
        let connection = try CentralConnection(bundle)
        let sent = try await send(packet, over: connection, from: bench.store)
        await connection.close()
        #expect(proxy.cuts == 2)
        #expect(sent <= file.count + 2 * CentralBench.chunk)
        #expect(try server.files().contains(file))
        try await proxy.stop()
        server.stop()
        await bench.stop()
    }

    /// Runs the machine until it asks for a receipt, which no other server has; gives the bytes sent.
    private func send(
        _ packet: QueuedPacket, over connection: CentralConnection, from store: Store
    ) async throws -> Int {
        var machine = UploadProtocol(packet, origin: connection.origin, chunkSize: CentralBench.chunk)
        var (effects, sent) = (machine.handle(.start), 0)
        while let effect = effects.last {
            switch effect {
            case .send(let request):
                if request.path == SyncRoute.receipt(packet.id).path { return sent }
                effects = machine.handle(await ask(request, connection))
            case .append(let path, let offset, let count):
                let bytes = try await store.packets.bytes(of: packet.id, from: offset, count: count)
                sent += count
                effects = machine.handle(await ask(UploadProtocol.append(bytes, at: offset, to: path), connection))
            case .wait: effects = machine.handle(.waited)
            default:
                Issue.record("\(effect)")
                return sent
            }
        }
        return sent
    }

    private func ask(_ request: SyncRequest, _ connection: CentralConnection) async -> UploadProtocol.Event {
        do throws(ExchangeFailure) {
            return .answered(try await connection.exchange(request))
        } catch {
            return .failed(error)
        }
    }
}

/// The server as a child process, with central's own certificate; it ends with its standard input.
private final class ForeignServer {
    let port: Int
    private let folder: TestFolder
    private let process = Process()
    private let input = Pipe()

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A Python that has the server; nil when there is none.
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["LOKET_WITNESS_PYTHON"]
        let path = named ?? root.appending(path: ".build-witness/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
        let probe = Process()
        probe.executableURL = URL(filePath: path)
        probe.arguments = ["-c", "import rest_framework_tus"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return nil }
        probe.waitUntilExit()
        return probe.terminationStatus == 0 ? path : nil
    }()

    init(keys: String) throws {
        folder = try TestFolder()
        let output = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Witness/foreign_tus_server.py")
        process.executableURL = URL(filePath: try #require(Self.python))
        process.arguments = [script.path, folder.path, "\(keys)/server.pem", "\(keys)/server.key.pem"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.split(separator: "\n").first ?? ""))
    }

    /// Everything that the server has stored.
    func files() throws -> [[UInt8]] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap { name in
            FileManager.default.contents(atPath: "\(folder.path)/\(name)").map { [UInt8]($0) }
        }
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
