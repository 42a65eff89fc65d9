import CentralServer
import EnrolmentCore
import Foundation
import Logging
import OfflineCache
import PacketFormat
import StationTestSupport
import SyncClient
import SyncProtocol
import Synchronization

/// A kit's folder and central's folder, and images of both that others may go on from.
struct RollbackWorld: Sendable {
    let bundle: KitBundle
    let bench: StoreBench
    private let seed: UInt64

    /// A new kit of a new central, whose folder is given.
    init(central folder: TestFolder, seed: UInt64) async throws {
        self.seed = seed
        let configuration = Self.configuration(folder)
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: false)
        bundle = try await CentralService.registerKit(
            KitID("kit-07"), url: "https://localhost:1", in: configuration)
        bench = try StoreBench(kitKey: try SigningKey(pem: bundle.signingKey))
    }

    static func configuration(_ folder: TestFolder) -> CentralConfiguration {
        // An alarm about a fork is what is expected here, and no news.
        CentralConfiguration(
            directory: folder.path, logger: Logger(label: "central") { _ in SwiftLogNoOpLogHandler() })
    }

    /// One sync of a kit's folder with the central in another.
    func sync(_ store: Store, with central: RunningCentral) async throws -> SyncReport {
        let here = bundle.reached(at: "https://localhost:\(central.port)")
        let connection = try CentralConnection(here)
        let session = try SyncSession(
            store: store, bundle: here, exchange: connection, clock: SystemWallClock(), pace: HastyPace(),
            generator: SeededGenerator(seed: seed), chunkSize: CentralBench.chunk)
        let report = await session.run()
        await connection.close()
        return report
    }

    /// Seals a case, from the draft that is there or from nothing.
    func seal(_ name: String, isUrgent: Bool = false, in store: Store) async throws -> QueuedPacket {
        let file = patternedBytes(90_000, seed: seed &+ UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        let draft = try await store.drafts.draft(of: CaseID(name))
        return try await bench.seal(name, file, isUrgent: isUrgent, in: store, at: draft?.revision)
    }

    /// Three cases sealed, sent, received and purged, one of them urgent, and a fourth half done in between.
    func workOneDay(on store: Store, with central: RunningCentral) async throws {
        _ = try await seal("c1", in: store)
        _ = try await seal("c2", isUrgent: true, in: store)
        _ = try await sync(store, with: central)
        _ = try await store.drafts.save([4], for: CaseID("c4"), in: VisitID("v1"), after: 0)
        _ = try await seal("c3", in: store)
        _ = try await sync(store, with: central)
        _ = try await seal("c4", in: store)
        _ = try await sync(store, with: central)
    }
}

/// What the campaign counts, as Jepsen's set test does.
struct RollbackFigures: Sendable, CustomStringConvertible {
    var images = 0
    /// Images that lacked something which central knew.
    var older = 0
    var warned = 0
    var falselyWarned = 0
    /// Cases that central received twice.
    var secondSubmissions = 0
    /// Packets and drafts that the image or central had, and nobody has at the end.
    var lost = 0
    /// Files of packets in a lane for a person that are not whole any more.
    var damaged = 0
    /// Packets that were put aside and came in on a clerk's word.
    var accepted = 0
    /// Times that an older copy let something be sealed before a technician had accepted it.
    var sealedTooEarly = 0
    /// Drafts that were told to be received already, where they were; and the others.
    var toldReceived = 0
    var wronglyToldReceived = 0

    var description: String {
        """
        images \(images), older \(older), warned \(warned) of \(older), falsely warned \(falselyWarned), \
        second submissions \(secondSubmissions), lost \(lost), damaged \(damaged), sealed before it was accepted \
        \(sealedTooEarly), accepted by a clerk \(accepted), drafts told to be received \(toldReceived) \
        (wrongly \(wronglyToldReceived))
        """
    }

    var isClean: Bool {
        warned == older && falselyWarned == 0 && secondSubmissions == 0 && lost == 0 && damaged == 0
            && sealedTooEarly == 0 && wronglyToldReceived == 0
    }
}
