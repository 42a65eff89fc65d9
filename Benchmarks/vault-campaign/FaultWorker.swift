import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// Days in each of which one call fails, one after the other in one process under the shim.
struct FaultWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "faults-worker", shouldDisplay: false)

    @Option var folder: String
    @Option var world: String
    @Option(help: "Nil only counts the calls of a day.") var fault: Fault?
    @Flag var forGood = false
    @Option(help: "Numbers of calls, with commas.") var calls = ""
    @Option(help: "Bytes that the store keeps for when memory fails.") var reserve: Int

    private var settings: StoreSettings {
        var settings = StoreSettings.required
        settings.memoryReserve = reserve
        return settings
    }

    func run() async throws {
        guard let operations = FileOperations() else { throw ValidationError("the shim is not loaded") }
        let world = try CampaignWorld(contentsOf: world)
        guard let fault else { return try await count(world, operations) }
        for call in calls.split(separator: ",").compactMap({ Int($0) }) {
            say("begin \(call)")
            let data = "\(folder)/data"
            try CrashRun.write([:], folders: [], to: data)
            operations.watch(data)
            if fault == .allocation {
                operations.failAllocation(call, forGood: forGood)
            } else {
                operations.fail(call, with: fault.code, forGood: forGood)
            }
            var day = FaultedDay(world, data, operations, settings, forGood: forGood)
            let outcome = try await day.run()
            say("end \(call) \(outcome.rawValue) \(day.errors.joined(separator: ",")) ")
            for finding in day.findings { say("finding \(finding)") }
            say("reserve \(MemoryReserve.takeFigures().mostReserved)")
            operations.mend()
            try FileManager.default.removeItem(atPath: data)
        }
    }

    /// Says how many calls and allocations an undisturbed day has, and of which kinds.
    private func count(_ world: CampaignWorld, _ operations: FileOperations) async throws {
        try CrashRun.write([:], folders: [], to: "\(folder)/data")
        operations.watch("\(folder)/data")
        let kit = try await KitStore.open(
            "\(folder)/data", world.kit, seed: world.seed, unit: world.unit, settings: settings)
        try await world.day.run(on: kit, world.central(holding: [])) { _ in }
        kit.close()
        let kinds = (0..<operations.count).map { "\(operations.kind(of: $0)?.rawValue ?? -1)" }
        say("allocations \(operations.allocations)")
        say("calls \(kinds.joined(separator: ","))")
        try FileManager.default.removeItem(atPath: "\(folder)/data")
    }
}

/// One day in which a call fails, and what becomes of it.
struct FaultedDay {
    private let world: CampaignWorld
    private let data: String
    private let operations: FileOperations
    private let settings: StoreSettings
    private let forGood: Bool
    private let central: ModelCentral
    private var ledger: KillLedger
    private var kit: KitStore?
    /// Codes of the errors, in their order.
    private(set) var errors: [String] = []
    private(set) var findings: [String] = []
    private var isUnnamed = false

    init(
        _ world: CampaignWorld, _ data: String, _ operations: FileOperations, _ settings: StoreSettings, forGood: Bool
    ) {
        self.settings = settings
        self.world = world
        self.data = data
        self.operations = operations
        self.forGood = forGood
        central = world.central(holding: [])
        ledger = world.ledger()
    }

    mutating func run() async throws -> FaultOutcome {
        var outcome = FaultOutcome.absorbed
        if await !attempt() {
            // A fault that lasts must be named again, and take nothing away.
            if forGood { _ = await attempt() }
            operations.mend()
            outcome = .wentOn
            if await !attempt() {
                closeStore()
                outcome = await attempt() ? .reopened : .stuck
            }
        }
        operations.mend()
        closeStore()
        await inquire()
        if !ledger.lost.isEmpty || !ledger.doubled.isEmpty || !ledger.halfVisible.isEmpty { outcome = .lost }
        findings += ledger.lost + ledger.doubled + ledger.halfVisible
        return isUnnamed ? .unnamed : outcome
    }

    /// Goes on with the day; false when something failed.
    private mutating func attempt() async -> Bool {
        var heard: [String] = []
        do {
            let open: KitStore
            if let kit {
                open = kit
            } else {
                open = try await KitStore.open(
                    data, world.kit, seed: world.seed, unit: world.unit, settings: settings)
            }
            kit = open
            try await world.day.run(on: open, central) { line in
                heard.append(line)
                // For whoever must judge what is left when this program has ended.
                say("heard \(line)")
            }
            // Of packets that an attempt still holds the day has not spoken.
            guard try await open.isDrained() else {
                errors.append("held-back")
                for line in heard { ledger.hear(Substring(line)) }
                return false
            }
        } catch {
            note(error)
            for line in heard { ledger.hear(Substring(line)) }
            return false
        }
        for line in heard { ledger.hear(Substring(line)) }
        return true
    }

    private mutating func closeStore() {
        kit?.close()
        kit = nil
    }

    /// Opens the store anew and compares what it holds with what it had acknowledged.
    private mutating func inquire() async {
        do {
            let kit = try await KitStore.open(
                data, world.kit, seed: world.seed, unit: world.unit, settings: settings)
            defer { kit.close() }
            ledger.hear("ready 0")
            for line in try await kit.holdings() { ledger.hear("held \(line)") }
            ledger.hear("told")
            for finding in try await world.day.unfinished(kit, central) { ledger.halve(finding) }
        } catch {
            ledger.lose("the store does not open: \(error)")
        }
    }

    private mutating func note(_ error: any Error) {
        switch error {
        case let error as StoreError: errors.append(error.code.text)
        case let error as SealingFailure: errors.append(error.report.code.text)
        case let error as PacketError:
            errors.append("packet." + String(error.description.dropFirst(7).prefix { $0 != ":" }))
        case let error as FailureReport: errors.append(error.code.text)
        default:
            isUnnamed = true
            errors.append("unnamed:\(type(of: error))")
            findings.append("\(error)")
        }
    }
}
