import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache

/// T3: every call on a file, and every allocation of SQLite's, fails in turn, once and for good.
struct FaultCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults", abstract: "Let every file operation of an enrolment fail in turn (T3).")

    @Option(help: "The shim, compiled.") var shim: String
    @Option var seed: UInt64 = 1
    @Option(help: "Only one of so many calls; 1 for each.") var every = 1
    @Option(help: "Only one of so many allocations.") var everyAllocation = 10
    @Option(help: "Only these faults.") var only: [Fault] = []
    @Option(help: "Bytes that the store keeps for when memory fails; 0 must show programs that end.")
    var reserve = StoreSettings.required.memoryReserve

    func run() async throws {
        let run = try FaultRun(seed: seed, shim: shim, reserve: reserve)
        for fault in Fault.allCases where only.isEmpty || only.contains(fault) {
            for forGood in [false, true] {
                try await run.fail(fault, forGood: forGood, every: fault == .allocation ? everyAllocation : every)
            }
        }
        var verdict = CampaignVerdict()
        run.report(to: &verdict)
        try verdict.close("vault-faults")
    }
}
