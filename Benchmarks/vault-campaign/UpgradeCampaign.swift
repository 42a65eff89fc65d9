import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import OfflineCacheSchema

/// T8: a full store of every released schema is opened by this program, and the power is cut at every file operation
/// of that; an earlier program refuses the store of this one.
struct UpgradeCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrades", abstract: "Cut the power at every file operation of an upgrade (T8).")

    @Option(help: "The shim, compiled.") var shim: String
    @Option(help: "The folder with the released stores.") var released: String
    @Option(help: "Only one of so many crash points; 1 for each.") var every = 1

    func run() async throws {
        var verdict = CampaignVerdict()
        let names = try FileManager.default.contentsOfDirectory(atPath: released).filter { $0.hasSuffix(".sql") }
        for name in names.sorted() {
            let store = try ReleasedStore(contentsOf: "\(released)/\(name)")
            for count in store.steps {
                try await upgrade(store, from: count, &verdict)
            }
            try await downgrade(store, &verdict)
        }
        verdict.expect(names.count >= 2, "released stores: \(names.sorted().joined(separator: ", "))")
        try verdict.close("vault-upgrades")
    }

    private func upgrade(
        _ store: ReleasedStore, from count: Int, _ verdict: inout CampaignVerdict
    ) async throws {
        let start = ChildProcess.now()
        let name = "\(store.name) at \(SchemaMigration.all[count - 1].name)"
        let run = try CrashRun(store.world, shim: shim, from: try store.files(with: count))
        let figures = try await run.evaluate(
            every: every, kinds: Set(PowerCut.Kind.allCases), until: CrashTrace.openedMark)
        print(figures.text("\(name) to \(SchemaMigration.all.last?.name ?? "")", seconds: ChildProcess.now() - start))
        verdict.expect(figures.isClean, "\(name): nothing is lost, doubled or half there, and the day goes on")
        for finding in figures.findings.prefix(10) { print("     \(finding)") }
    }

    /// Opens the upgraded store as an earlier program would.
    private func downgrade(_ store: ReleasedStore, _ verdict: inout CampaignVerdict) async throws {
        let folder = try CampaignFolder(in: CampaignFolder.inMemory)
        let data = "\(folder.path)/data"
        try CrashRun.write(try store.files(with: store.count), folders: [], to: data)
        let world = store.world
        try await KitStore.open(data, world.kit, seed: world.seed, unit: world.unit).close()
        let before = try ReleasedStore.files(below: data)
        var refused = ""
        do {
            let known = Array(SchemaMigration.all.prefix(store.count))
            try await KitStore.open(data, world.kit, seed: world.seed, unit: world.unit, migrations: known).close()
        } catch let error as StoreError {
            refused = error.code.text
        }
        let isSame = try ReleasedStore.files(below: data) == before
        verdict.expect(
            refused == "store.newerSchema" && isSame,
            "\(store.name): its program refuses the store of this one (\(refused)), and \(before.count) files are as they were"
        )
    }
}
