import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import SyncClient

/// An older copy of a kit's folder comes back while central has gone on: what the people around it do, and what
/// became of everything.
struct RollbackRound {
    let world: RollbackWorld
    let central: RunningCentral
    let configuration: CentralConfiguration
    /// Opened over the image.
    let store: Store
    private var figures = RollbackFigures()

    init(world: RollbackWorld, central: RunningCentral, configuration: CentralConfiguration, store: Store) {
        self.world = world
        self.central = central
        self.configuration = configuration
        self.store = store
    }

    mutating func run() async throws -> RollbackFigures {
        figures.images = 1
        let known = Set(try await store.packets.packets().map(\.id))
        let isOlder = try await central.packets().contains { !known.contains($0.id) }
        figures.older = isOlder ? 1 : 0
        var cases = try await casesOnKit().union(try await casesAtCentral().keys)
        // The officer goes on with what the older copy shows, out of reach of any network.
        if let draft = try await store.drafts.cases().first {
            _ = try await world.seal(draft.text, in: store)
        }
        let report = try await world.sync(store, with: central)
        try await judge(report, isOlder: isOlder)
        try await acceptRollback()
        cases.insert("n1")
        _ = try await world.seal("n1", in: store)
        _ = try await world.sync(store, with: central)
        try await acceptForks()
        _ = try await world.sync(store, with: central)
        try await count(cases)
        return figures
    }

    private mutating func judge(_ report: SyncReport, isOlder: Bool) async throws {
        if report.rollback != nil {
            if isOlder { figures.warned += 1 } else { figures.falselyWarned += 1 }
        }
        let received = try await casesAtCentral()
        for draft in try await store.drafts.cases() {
            let isTold = report.alreadyReceived.contains(draft)
            if isTold, received[draft.text] == nil { figures.wronglyToldReceived += 1 }
            if isTold, received[draft.text] != nil { figures.toldReceived += 1 }
            if !isTold, received[draft.text] != nil { figures.wronglyToldReceived += 1 }
        }
    }

    private mutating func acceptRollback() async throws {
        guard try await store.chain.mark() != nil else { return }
        do {
            _ = try await world.seal("early", in: store)
            figures.sealedTooEarly += 1
        } catch StoreError.rolledBack {
            _ = try await store.chain.accept(by: OfficerID("T1"))
        }
    }

    /// A clerk lets in what was refused for its number only, and an officer tries it again.
    private mutating func acceptForks() async throws {
        for packet in try await store.packets.packets(in: [.conflict]) where packet.problem == .chainForked {
            _ = try await CentralService.accept(
                packet.sequence, of: world.bundle.kit, packet: packet.id, because: .kitRestored, in: configuration)
            try await store.packets.retry(packet.id, by: OfficerID("S1"))
            figures.accepted += 1
        }
    }

    private mutating func count(_ cases: Set<String>) async throws {
        let received = try await casesAtCentral()
        figures.secondSubmissions = received.values.filter { $0 > 1 }.count
        figures.lost = cases.subtracting(received.keys).subtracting(try await casesOnKit()).count
        for packet in try await store.packets.packets(in: [.sealed, .announced, .uploading, .conflict, .refused])
        where try await store.packets.verifyFile(of: packet.id) != nil {
            figures.damaged += 1
        }
    }

    private func casesOnKit() async throws -> Set<String> {
        let packets = try await store.packets.packets(in: [.sealed, .announced, .uploading, .conflict, .refused])
        return Set(packets.map(\.caseID.text)).union(try await store.drafts.cases().map(\.text))
    }

    /// How many packets central received of each case.
    private func casesAtCentral() async throws -> [String: Int] {
        let names = ["c1", "c2", "c3", "c4", "n1", "early"]
        let byDigest = Dictionary(uniqueKeysWithValues: names.map { (Manifest.caseDigest(of: CaseID($0)), $0) })
        var counts: [String: Int] = [:]
        for packet in try await central.packets() where packet.receivedAt != nil {
            guard let digest = Manifest.claimed(by: packet.signedManifest)?.manifest.caseDigest,
                let name = byDigest[digest]
            else { continue }
            counts[name, default: 0] += 1
        }
        return counts
    }
}
