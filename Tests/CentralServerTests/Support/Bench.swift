import EnrolmentCore
import Foundation
import Logging
import PacketFormat
import SyncProtocol

@testable import CentralServer

/// A central on a loopback socket, in a folder of its own that goes away with it, and one kit.
struct Bench: Sendable {
    let central: RunningCentral
    let configuration: CentralConfiguration
    let bundle: KitBundle
    let kit: KitClient

    /// - Parameter kit: the client's own bundle, when the test gives it another than central's.
    static func run(
        training: Bool = false, limits: CentralLimits = CentralLimits(), _ body: (Bench) async throws -> Void
    ) async throws {
        try await TemporaryFolder.run { folder in
            var configuration = CentralConfiguration(directory: folder, limits: limits)
            configuration.logger.logLevel = .critical
            try await run(configuration, training: training, body)
        }
    }

    /// Starts central in a folder that may hold the keys and packets of an earlier run.
    static func run(
        _ configuration: CentralConfiguration, training: Bool = false, bundle: KitBundle? = nil,
        _ body: (Bench) async throws -> Void
    ) async throws {
        if !CentralKeys.exist(in: configuration.keyDirectory) {
            _ = try CentralKeys.make(in: configuration.keyDirectory, training: training)
        }
        let central = try await CentralService.start(configuration)
        let kept: KitBundle
        if let bundle { kept = bundle } else { kept = try await central.registerKit(KitID("kit-1")) }
        let kit = try KitClient(kept, port: central.port)
        let bench = Bench(central: central, configuration: configuration, bundle: kept, kit: kit)
        do {
            try await body(bench)
        } catch {
            await kit.close()
            await central.stop()
            throw error
        }
        await kit.close()
        await central.stop()
    }

    /// Where the bytes of an upload lie until they are the packet.
    func unfinishedPath(of packet: TestPacket) -> String {
        "\(configuration.packetDirectory)/\(PacketFileName.unfinished(packet.id))"
    }

    /// Waits until central's database says that `count` bytes of the packet are safe.
    func waitUntil(_ id: PacketID, hasDurable count: Int) async throws {
        try await central.database.waitUntil(id, hasDurable: count)
    }
}

enum TemporaryFolder {
    static func run<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("central-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try await body(url.path)
    }
}
