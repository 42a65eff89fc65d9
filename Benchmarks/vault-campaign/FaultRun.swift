import EnrolmentCore
import Foundation

/// The runs of the fault campaign, in processes of their own, and their table.
final class FaultRun {
    private struct Cell {
        var runs = 0
        var outcomes: [FaultOutcome: Int] = [:]
    }

    private let world: CampaignWorld
    private let seed: UInt64
    private let environment: [String: String]
    private let folder: CampaignFolder
    private let arguments: [String]
    private var kinds: [FileOperations.Call] = []
    private var allocations = 0
    private var cells: [FileOperations.Call?: [Fault: Cell]] = [:]
    private var codes: [String: Int] = [:]
    private let reserve: Int
    private var mostUsed = 0
    private var findings: [String] = []
    private let start = ChildProcess.now()

    /// A run that says nothing for so long, in seconds, hangs.
    private static let patience = 60.0

    init(seed: UInt64, shim: String, reserve: Int) throws {
        (self.seed, self.reserve) = (seed, reserve)
        // A crash is counted by its process's end; its backtrace would take longer than a thousand runs.
        environment = ["LD_PRELOAD": shim, "SWIFT_BACKTRACE": "enable=no"]
        folder = try CampaignFolder(in: CampaignFolder.inMemory)
        world = try CampaignWorld.make(seed: seed)
        let plan = "\(folder.path)/world"
        try Data(world.text.utf8).write(to: URL(filePath: plan))
        arguments = ["faults-worker", "--folder", folder.path, "--world", plan, "--reserve", "\(reserve)"]
        let child = try ChildProcess(arguments, environment: environment)
        var numbers: [Int] = []
        var counted = 0
        _ = child.readLines(until: nil) { line, _ in
            if line.hasPrefix("allocations ") { counted = Int(line.dropFirst("allocations ".count)) ?? 0 }
            if line.hasPrefix("calls ") {
                numbers = line.dropFirst("calls ".count).split(separator: ",").compactMap { Int($0) }
            }
        }
        child.wait()
        allocations = counted
        kinds = numbers.compactMap { FileOperations.Call(rawValue: $0) }
        guard !kinds.isEmpty, kinds.count == numbers.count else { throw CampaignFailure("a day could not be counted") }
    }

    /// Runs a day for each call that can fail so.
    func fail(_ fault: Fault, forGood: Bool, every: Int) async throws {
        let possible =
            fault == .allocation
            ? Array(0..<allocations) : kinds.indices.filter { fault.isPossible(for: kinds[$0]) }
        var left = possible.indices.filter { $0 % every == Int(seed) % every }.map { possible[$0] }
        while !left.isEmpty {
            let child = try ChildProcess(
                arguments + ["--fault", fault.rawValue, "--calls", left.map(String.init).joined(separator: ",")]
                    + (forGood ? ["--for-good"] : []), environment: environment)
            var (current, done): (Int?, Set<Int>) = (nil, [])
            var said: [Substring] = []
            var isOpen = true
            var heard = true
            while isOpen, heard {
                heard = false
                isOpen = child.readLines(until: ChildProcess.now() + Self.patience) { line, _ in
                    heard = true
                    let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
                    if words.first == "begin" { (current, said) = (Int(words[1]), []) }
                    if words.first == "reserve", words.count == 2 {
                        self.mostUsed = max(self.mostUsed, Int(words[1]) ?? 0)
                    }
                    if words.first == "heard" { said.append(line.dropFirst("heard ".count)) }
                    if words.first == "end", words.count == 4, let call = Int(words[1]) {
                        done.insert(call)
                        current = nil
                        self.note(fault, call, FaultOutcome(rawValue: String(words[2])) ?? .stuck, forGood, words[3])
                    }
                    if words.first == "finding" { self.findings.append("     \(line.dropFirst("finding ".count))") }
                }
            }
            if isOpen { child.kill() } else { child.wait() }
            defer { try? FileManager.default.removeItem(atPath: "\(folder.path)/data") }
            if let current {
                done.insert(current)
                let isWhole = await isWhole(after: said)
                let outcome: FaultOutcome = fault == .allocation ? .ended : .crashed
                note(fault, current, !isWhole ? .lost : isOpen ? .hung : outcome, forGood, "")
            } else if done.isEmpty {
                throw CampaignFailure("the worker did nothing")
            }
            left.removeAll { done.contains($0) }
        }
    }

    /// Whether what a program has left that ended is what it had said.
    private func isWhole(after said: [Substring]) async -> Bool {
        var ledger = world.ledger()
        for line in said { ledger.hear(line) }
        let held = said.filter { $0.hasPrefix("central ") }.compactMap {
            ModelCentral.Held($0.dropFirst("central ".count))
        }
        let inquest = await StateInquest(
            of: "\(folder.path)/data", world, world.day, ledger, holding: held, settling: false)
        findings += inquest.findings
        return inquest.findings.isEmpty
    }

    private func note(_ fault: Fault, _ call: Int, _ outcome: FaultOutcome, _ forGood: Bool, _ errors: Substring) {
        let kind = fault == .allocation ? nil : kinds[call]
        cells[kind, default: [:]][fault, default: Cell()].runs += 1
        cells[kind, default: [:]][fault, default: Cell()].outcomes[outcome, default: 0] += 1
        for code in Set(errors.split(separator: " ").first?.split(separator: ",") ?? []) {
            codes[String(code), default: 0] += 1
        }
        if !outcome.isGood {
            findings.append(
                "\(outcome.rawValue): \(kind.map { "\($0)" } ?? "allocation") \(call), \(fault.rawValue) "
                    + "\(forGood ? "for good" : "once"), \(errors)")
        }
    }

    func report(to verdict: inout CampaignVerdict) {
        let faults = Fault.allCases
        let rows = FileOperations.Call.allCases.map { $0 as FileOperations.Call? } + [nil]
        print(
            "runs / of them with a named error / not well, by what failed and how; \(kinds.count) calls, ",
            terminator: "")
        print("\(allocations) allocations, seed \(seed), \(Int(ChildProcess.now() - start)) s")
        print(Self.padded("", 12) + faults.map { Self.padded($0.rawValue, 15) }.joined())
        for row in rows where cells[row] != nil {
            let texts = faults.map { fault in cells[row]?[fault].map { Self.text($0) } ?? "-" }
            print(Self.padded(row.map { "\($0)" } ?? "allocation", 12) + texts.map { Self.padded($0, 15) }.joined())
        }
        print("errors: " + codes.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        let all = cells.values.flatMap(\.values)
        func total(_ outcome: FaultOutcome) -> Int { all.map { $0.outcomes[outcome] ?? 0 }.reduce(0, +) }
        let runs = all.map(\.runs).reduce(0, +)
        print("\(runs) runs: " + FaultOutcome.allCases.map { "\($0.rawValue) \(total($0))" }.joined(separator: ", "))
        verdict.expect(total(.lost) == 0, "nothing that was acknowledged is lost, doubled or half there")
        verdict.expect(total(.unnamed) == 0, "every error has a name")
        verdict.expect(total(.crashed) + total(.hung) == 0, "nothing crashes or hangs")
        verdict.expect(total(.stuck) == 0, "when the fault is gone the day goes on")
        print("\(reserve) bytes kept for when memory fails, \(mostUsed) of them used at most")
        if reserve > 0 {
            verdict.expect(total(.ended) == 0, "no program ends because memory fails")
        } else {
            verdict.expect(total(.ended) > 0, "without a reserve programs end, and are counted")
        }
        for finding in findings.prefix(40) { print("     \(finding)") }
    }

    private static func text(_ cell: Cell) -> String {
        let named = (cell.outcomes[.wentOn] ?? 0) + (cell.outcomes[.reopened] ?? 0)
        let bad = cell.outcomes.filter { !$0.key.isGood }.values.reduce(0, +)
        return "\(cell.runs)/\(named)/\(bad)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
