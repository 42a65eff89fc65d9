import ArgumentParser
import CentralServer
import EnrolmentCore
import Foundation
import OfflineCache
import OfflineCacheSchema
import PacketFormat

/// T3: how much memory SQLite holds in each operation of a full store, and whether the reserve serves the whole of it
/// when the machine gives nothing from its first allocation on.
struct MemoryCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Measure what each operation of a full store wants of the reserve (T3).")

    @Option var seed: UInt64 = 1
    @Option(help: "Packets in the queue.") var packets = 10_000
    @Option(help: "Bytes of a large draft.") var draft = 1 << 20

    struct Operation {
        let name: String
        /// Whether it is several to the store, each of which would be refused after the one before: then the machine
        /// gives its memory, and all that SQLite held counts as wanted.
        var isOfSteps = false
        /// What it needs to be there, with memory.
        var before: () async throws -> Void = {}
        let run: () async throws -> Void
    }

    func run() async throws {
        let folder = try CampaignFolder(in: CampaignFolder.inMemory)
        let world = try CampaignWorld.make(seed: seed)
        let path = "\(folder.path)/data"
        try await fill(path, world)
        var verdict = CampaignVerdict()
        _ = MemoryReserve.takeFigures()
        let kit = try await KitStore.open(path, world.kit, seed: seed, unit: 1)
        print(
            "\(packets) packets, drafts of \(draft) bytes, seed \(seed); bytes that SQLite held / wanted of the reserve"
        )
        // Of several steps too: what was held is the most that any of them can have wanted.
        var largest = MemoryReserve.takeFigures().mostHeld
        print("opening: \(largest)")
        let all =
            operations(of: kit) + Self.deliveries(of: kit, to: world.keys, behind: packets)
            + Self.wholes(of: kit, in: path, draft: draft)
        for operation in all {
            var (held, wanted) = (0, 0)
            // The second finds in memory what the first has read.
            for _ in 1...2 {
                try await kit.store.settle()
                try await operation.before()
                _ = MemoryReserve.takeFigures()
                do {
                    if operation.isOfSteps {
                        try await operation.run()
                    } else {
                        try await MemoryReserve.withoutMachine(operation.run)
                    }
                } catch {
                    verdict.expect(false, "\(operation.name): \(error)")
                }
                let figures = MemoryReserve.takeFigures()
                held = max(held, figures.mostHeld)
                wanted = max(wanted, operation.isOfSteps ? figures.mostHeld : figures.mostReserved)
                if !operation.isOfSteps { await refused(kit, after: operation.name, &verdict) }
            }
            print("\(operation.name): \(held) / \(wanted)")
            largest = max(largest, wanted)
        }
        let refusals = MemoryReserve.takeFigures().refusals
        verdict.expect(refusals == 0, "the reserve served every allocation (\(refusals) were too many for it)")
        verdict.expect(
            largest * 2 <= MemoryReserve.byteCount,
            "\(largest) of its \(MemoryReserve.byteCount) bytes were used at most, half of them at most")
        try await kit.check()
        kit.close()
        try verdict.close("vault-memory")
    }

    /// While the machine gives nothing, whatever comes next is refused by name.
    private func refused(_ kit: KitStore, after name: String, _ verdict: inout CampaignVerdict) async {
        let error = await MemoryReserve.withoutMachine { () -> StoreError? in
            do throws(StoreError) {
                _ = try await kit.store.drafts.cases()
                return nil
            } catch {
                return error
            }
        }
        if error != .memoryShort { verdict.expect(false, "after \(name) the store says \(String(describing: error))") }
    }

    private func operations(of kit: KitStore) -> [Operation] {
        let (store, visit) = (kit.store, InventedCase.visit)
        var (revision, next) = (0, 0)
        func search(_ change: (inout QueueQuery) -> Void) -> Operation {
            var query = QueueQuery()
            change(&query)
            return Operation(name: "search \(query.text ?? "") \(query.order)") {
                _ = try await store.packets.page(query)
            }
        }
        let (large, content) = (CaseID("large"), [UInt8](repeating: 0x5A, count: draft))
        return [
            Operation(name: "save a large draft") {
                revision = try await store.drafts.save(content, for: large, in: visit, after: revision)
            },
            Operation(name: "read it") { _ = try await store.drafts.draft(of: large) },
            Operation(
                name: "discard it",
                before: {
                    if revision == 0 {
                        revision = try await store.drafts.save(content, for: large, in: visit, after: 0)
                    }
                },
                run: {
                    guard let reason = DiscardReason(code: "citizen-unwell") else { return }
                    try await store.drafts.discard(large, because: reason, by: OfficerID("o-test"))
                    revision = 0
                }),
            Operation(name: "list all packets") { _ = try await store.packets.packets() },
            Operation(name: "packets by case") { _ = try await store.packets.packetsByCase() },
            search { $0.text = "nowhere" },
            search { ($0.text, $0.order, $0.limit) = ("case", .newestFirst, packets) },
            Operation(name: "claim a packet") { _ = try await store.packets.claimNext() },
            Operation(name: "plan 500 visits") {
                next += 1
                try await store.visits.replace((0..<500).map { Self.visit("visit-\(next)-\($0)") })
            },
            Operation(name: "list the visits") { _ = try await store.visits.all() },
            Operation(name: "figures of a day") {
                _ = try await store.figures(
                    from: Timestamp(milliseconds: 0), to: SystemWallClock().now().advanced(by: .seconds(60)))
            },
            Operation(name: "forecast") { _ = try await store.forecast() },
            Operation(name: "retention") { _ = try await store.retentionNotices() },
            Operation(name: "read the journal") { _ = try await store.journal.lines() },
            Operation(name: "settle") { try await store.settle() },
        ]
    }

    private static func visit(_ name: String) -> Visit {
        Visit(
            id: VisitID(name), plannedFor: CalendarDate(daysSinceEpoch: 20_778), place: .home,
            address: CardAddress(streetAndNumber: "Teststraat 12", postalCode: "9000", municipality: "TEST"),
            eligibility: Eligibility(reason: .reducedMobility, attest: nil), cases: [])
    }

    private func fill(_ path: String, _ world: CampaignWorld) async throws {
        let kit = try await KitStore.open(path, world.kit, seed: seed, unit: 1)
        for number in 1...max(1, packets) {
            let invented = kit.invented(number)
            _ = try await kit.seal(invented, at: try await kit.save(invented, after: 0))
        }
        kit.close()
    }
}
