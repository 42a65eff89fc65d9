import ArgumentParser
import EnrolmentCore
import Foundation
import SyncProtocol

/// The program that is killed: an officer who goes on with the day, case after case, and never stops by herself.
///
/// Each line on its output is what the screen would have said at that moment: nothing is said before the store has
/// acknowledged it. What it held when it began is said first.
struct KillChild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "kills-child", shouldDisplay: false)

    @Option var folder: String
    @Option var bundle: String
    @Option var seed: UInt64
    @Flag(help: "Finish what there is, until central has received it all, and end.") var drain = false
    @Flag(help: "Say each thing before it is done: the campaign must find that.") var lie = false

    func run() async throws {
        let bytes = try Data(contentsOf: URL(filePath: bundle))
        let bundle = try KitBundle(decoding: [UInt8](bytes))
        let start = ChildProcess.now()
        let kit = try await KitStore.open(folder, KitStore.Kit(bundle), seed: seed)
        say("ready \(Int((ChildProcess.now() - start) * 1e6))")
        for line in try await kit.holdings() { say("held \(line)") }
        say("told")
        if drain {
            try await finish(kit, bundle)
        } else {
            var generator = SystemRandomNumberGenerator()
            while true {
                try await work(on: kit, bundle, synchronising: UInt8.random(in: 0..<4, using: &generator) > 0)
            }
        }
        kit.close()
    }

    private func work(on kit: KitStore, _ bundle: KitBundle, synchronising: Bool) async throws {
        var (current, revision) = (InventedCase(seed: seed, number: try await kit.nextNumber()), 0)
        if let open = try await kit.openCase() { (current, revision) = (open.case, open.revision) }
        while revision < InventedCase.lastRevision {
            if lie { say("saved \(current.number) \(revision + 1)") }
            revision = try await kit.save(current, after: revision)
            if !lie { say("saved \(current.number) \(revision)") }
        }
        try await seal(current, revision, on: kit)
        if synchronising { try await synchronise(kit, bundle) }
    }

    private func seal(_ current: InventedCase, _ revision: Int, on kit: KitStore) async throws {
        let id = try await kit.seal(current, at: revision)
        say("sealed \(current.number) \(id)")
    }

    private func synchronise(_ kit: KitStore, _ bundle: KitBundle) async throws {
        for (number, id) in try await kit.synchronise(bundle, chunkSize: 16 << 10) { say("received \(number) \(id)") }
    }

    private func finish(_ kit: KitStore, _ bundle: KitBundle) async throws {
        if try await kit.openCase() != nil { try await work(on: kit, bundle, synchronising: false) }
        for _ in 0..<100 where try await !kit.isDrained() { try await synchronise(kit, bundle) }
        if try await kit.isDrained() { say("drained") }
    }
}
