import CentralServer
import EnrolmentCore
import Foundation
import Logging
import OfflineCache
import PacketFormat
import StationTestSupport
import SyncClient
import SyncProtocol

/// The real central service in process, a kit that it knows, and the kit's real store.
final class CentralBench: Sendable {
    static let chunk = 64 << 10

    let central: RunningCentral
    let bundle: KitBundle
    let bench: StoreBench
    let store: Store
    let pace = HastyPace()
    private let folder: TestFolder

    init(training: Bool = false, kitTrains: Bool? = nil) async throws {
        folder = try TestFolder()
        var logger = Logger(label: "central")
        logger.logLevel = .critical
        let configuration = CentralConfiguration(directory: folder.path, logger: logger)
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: training)
        central = try await CentralService.start(configuration)
        bundle = try await central.registerKit(KitID("kit-07"))
        let kit = Kit(id: KitID("kit-07"), isTraining: kitTrains ?? training)
        bench = try StoreBench(kit: kit, kitKey: try SigningKey(pem: bundle.signingKey))
        store = try await bench.open()
    }

    func seal(_ name: String, _ file: [UInt8], isUrgent: Bool = false) async throws -> QueuedPacket {
        try await bench.seal(name, file, isUrgent: isUrgent, in: store)
    }

    /// One sync over a connection of its own.
    ///
    /// - Parameters:
    ///   - port: Where central seems to be; nil for where it is.
    ///   - falsifying: Answers that somebody puts in the place of central's, by path.
    func sync(
        through port: Int? = nil, as other: KitBundle? = nil, lists: (any SyncListStore)? = nil,
        revocations: (any RevocationQuestions)? = nil, falsifying: FalseCentral.Answers = [:],
        progress: @escaping SyncSession.Report = { _ in }
    ) async throws -> SyncReport {
        let bundle = (other ?? bundle).reached(at: "https://localhost:\(port ?? central.port)")
        let connection = try CentralConnection(bundle)
        let session = try SyncSession(
            store: store, bundle: bundle, exchange: FalseCentral(connection, falsifying), clock: SystemWallClock(),
            lists: lists, revocations: revocations, pace: pace,
            generator: SeededGenerator(seed: 7), chunkSize: Self.chunk)
        let report = await session.run(progress: progress)
        await connection.close()
        return report
    }

    /// Central's own key, to make statements with that central did not make.
    func receiptKey() throws -> SigningKey {
        let pem = FileManager.default.contents(atPath: "\(central.keys.directory)/receipt.key.pem") ?? Data()
        return try SigningKey(pem: String(decoding: pem, as: UTF8.self))
    }

    /// What central holds of a packet.
    func copy(of packet: QueuedPacket) -> [UInt8]? {
        FileManager.default.contents(atPath: central.path(of: packet.id)).map { [UInt8]($0) }
    }

    func stop() async {
        store.close()
        await central.stop()
    }
}

extension KitBundle {
    /// The same kit with another way to central, or another part.
    func reached(
        at url: String, authority: String? = nil, client: (certificate: String, key: String)? = nil,
        receiptKey: String? = nil
    ) -> KitBundle {
        KitBundle(
            kit: kit, isTraining: isTraining, centralURL: url, serverName: serverName,
            certificateAuthority: authority ?? certificateAuthority,
            clientCertificate: client?.certificate ?? clientCertificate, clientKey: client?.key ?? clientKey,
            signingKey: signingKey, recipients: recipients, receiptKey: receiptKey ?? self.receiptKey,
            receiptKeyID: receiptKeyID)
    }
}
