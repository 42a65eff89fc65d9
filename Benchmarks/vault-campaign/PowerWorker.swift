import ArgumentParser
import EnrolmentCore
import Foundation

/// The program in the guest whose power is cut: an officer who goes on with the day, two cases after two, and never
/// stops by herself.
struct PowerWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "power-worker", shouldDisplay: false)

    @Option var folder: String
    @Option(help: "The kit and its central, as CampaignWorld writes them.") var world: String
    @Option(help: "The disk on which to say what is acknowledged.") var device: String
    @Option(help: "Where on it, in bytes.") var place: Int
    @Option(help: "SQLite's synchronous: FULL, NORMAL or OFF.") var synchronous = "FULL"
    @Flag(help: "Finish the cases that there are, and end.") var drain = false

    func run() async throws {
        let world = try CampaignWorld(contentsOf: world)
        let announcer = try DiskAnnouncer(device, at: place)
        // The console only shows how far it is; what counts is on the disk.
        func tell(_ line: String) {
            announcer.say(line)
            say(String(line.prefix(40)))
        }
        let start = ChildProcess.now()
        let kit = try await KitStore.open(
            folder, world.kit, seed: world.seed, unit: world.unit, settings: .with(synchronous: synchronous),
            settling: false)
        say("opened \(Int((ChildProcess.now() - start) * 1e6))")
        try await hold(kit, tell)
        let central = world.central(holding: world.held)
        var pair = CasePair(highest: try await kit.nextNumber() - 1)
        while true {
            try await pair.day.run(on: kit, central, tell)
            if drain { break }
            pair = pair.next
        }
        try await hold(kit, tell)
        for finding in try await CasePair.days(to: pair).unfinished(kit, central) { tell("finding \(finding)") }
        kit.close()
        say("drained")
    }

    private func hold(_ kit: KitStore, _ tell: (String) -> Void) async throws {
        tell("ready 0")
        for line in try await kit.holdings() { tell("held \(line)") }
        tell("told")
    }
}

/// Two cases that are worked on together: the first becomes a packet, the second is thrown away.
struct CasePair {
    private let number: Int

    var next: CasePair { CasePair(number: number + 1) }
    var day: VaultDay { VaultDay(enrolled: [2 * number - 1], discarded: [2 * number]) }

    private init(number: Int) { self.number = number }

    /// - Parameter highest: the highest number of a case that is known; 0 for none.
    init(highest: Int) { self.init(number: max(1, (highest + 1) / 2)) }

    /// All that there is to do up to a pair.
    static func days(to last: CasePair) -> VaultDay {
        let numbers = 1...last.number
        return VaultDay(enrolled: numbers.map { 2 * $0 - 1 }, discarded: numbers.map { 2 * $0 })
    }
}
