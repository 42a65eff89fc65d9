import EnrolmentCore

/// What the store makes of a data folder that a power cut left: it is opened, compared with what had been
/// acknowledged, and the day goes on to its end.
struct StateInquest {
    private(set) var lost: [String] = []
    private(set) var doubled: [String] = []
    private(set) var halfVisible: [String] = []
    /// Why it did not open, or did not come to the end of the day.
    private(set) var stuck: [String] = []
    private(set) var recovered = 0

    var findings: [String] {
        lost.map { "lost \($0)" } + doubled.map { "doubled \($0)" } + halfVisible.map { "half visible \($0)" } + stuck
    }

    /// - Parameters:
    ///   - ledger: knows what had been acknowledged; what it has found already is not counted again.
    ///   - held: what central holds.
    ///   - settling: whether an old key file is brought to its newest form.
    init(
        of folder: String, _ world: CampaignWorld, _ day: VaultDay, _ ledger: KillLedger,
        holding held: [ModelCentral.Held], settling: Bool
    ) async {
        let before = ledger
        var ledger = ledger
        do {
            let kit = try await KitStore.open(
                folder, world.kit, seed: world.seed, unit: world.unit, settling: settling)
            defer { kit.close() }
            try await Self.compare(kit, &ledger)
            let central = world.central(holding: held)
            var heard: [String] = []
            try await day.run(on: kit, central) { heard.append($0) }
            for line in heard { ledger.hear(Substring(line)) }
            try await Self.compare(kit, &ledger)
            stuck = try await day.unfinished(kit, central)
        } catch {
            stuck = ["\(error)"]
        }
        lost = Array(ledger.lost.dropFirst(before.lost.count))
        doubled = Array(ledger.doubled.dropFirst(before.doubled.count))
        halfVisible = Array(ledger.halfVisible.dropFirst(before.halfVisible.count))
        recovered = ledger.recovered - before.recovered
    }

    private static func compare(_ kit: KitStore, _ ledger: inout KillLedger) async throws {
        ledger.hear("ready 0")
        for line in try await kit.holdings() { ledger.hear("held \(line)") }
        ledger.hear("told")
    }
}
