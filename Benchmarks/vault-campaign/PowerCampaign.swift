import ArgumentParser
import EnrolmentCore
import Foundation

/// T2 in a machine of its own: a guest with Debian's kernel is killed at random instants, and its disk with it.
struct PowerCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power", abstract: "Cut the power of a guest, and of its disk, at random instants (T2).")

    @Option(help: "devices/bench/run-in-guest.sh.") var bench: String
    @Option(help: "What the guest runs: mounts the disk, checks it, and starts the worker on it.") var guest: String
    @Option(help: "How often the guest's power is cut.") var cuts = 3
    @Option(help: "States that are made of the disk's log after each cut.") var states = 25
    @Option var seed: UInt64 = 1

    func run() async throws {
        let start = ChildProcess.now()
        var verdict = CampaignVerdict()
        let figures = try await PowerRun(self).run()
        print(figures.text(seed: seed, seconds: ChildProcess.now() - start))
        verdict.expect(figures.lost == 0, "nothing that was acknowledged is lost")
        verdict.expect(figures.doubled == 0, "nothing is there twice")
        verdict.expect(figures.halfVisible == 0, "nothing is half there")
        verdict.expect(figures.stuck == 0, "each day goes on to its end, and each file system checks")
        verdict.expect(figures.isLogWhole, "the log tells all that became of the disk")
        for finding in figures.findings.prefix(20) { print("     \(finding)") }
        let control = try await PowerRun(self, synchronous: "OFF").runControl()
        verdict.expect(
            control.lost + control.stuck > 0,
            "synchronous=OFF: the loss is found: \(control.lost) lost, \(control.halfVisible) half visible, "
                + "\(control.stuck) stuck in \(control.states.values.reduce(0, +)) states")
        if let first = control.findings.first { print("     \(first)") }
        try verdict.close("vault-power")
    }
}

/// What came of a guest whose power was cut.
struct PowerFigures {
    var cuts = 0
    var killedWhile: [String: Int] = [:]
    /// What the guest found on its disk when it started again.
    var disks: [String: Int] = [:]
    /// States made of the log and looked at here.
    var states: [DiskLog.Cut: Int] = [:]
    var writes = 0
    var flushes = 0
    var acknowledged = 0
    var inquests = 0
    var lost = 0
    var doubled = 0
    var halfVisible = 0
    var stuck = 0
    var recovered = 0
    /// Of the kernel, mounting and the journal's replay, and of the program, from its start until it is ready.
    var recoveries: [Double] = []
    var mounts: Set<String> = []
    var isLogWhole = false
    var findings: [String] = []
    /// Lines of the consoles that are none of the worker's.
    var strays: [String] = []

    mutating func add(_ inquest: StateInquest, _ label: String) {
        lost += inquest.lost.count
        doubled += inquest.doubled.count
        halfVisible += inquest.halfVisible.count
        stuck += inquest.stuck.isEmpty ? 0 : 1
        findings += inquest.findings.map { "\(label): \($0)" }
    }

    func text(seed: UInt64, seconds: Double) -> String {
        """
        \(cuts) cuts of the power, seed \(seed), \(Int(seconds)) s; \(mounts.sorted().joined(separator: "; "))
        cut while \(Self.list(killedWhile)); the disk then had \(Self.list(disks))
        \(writes) writes and \(flushes) flushes in the logs; of these made \(states.values.reduce(0, +)) more states: \
        \(Self.list(Dictionary(uniqueKeysWithValues: states.map { ($0.rawValue, $1) })))
        acknowledged \(acknowledged), compared in \(inquests) inquests: lost \(lost), doubled \(doubled), \
        half visible \(halfVisible), stuck \(stuck); unacknowledged but there \(recovered)
        from mounting to ready, on an emulated processor, p50 \(recovery(0.5)) s, p99 \(recovery(0.99)) s
        other lines on the consoles: \(strays.count) \(strays.prefix(4))
        """
    }

    private func recovery(_ part: Double) -> Double {
        let sorted = recoveries.sorted()
        guard !sorted.isEmpty else { return 0 }
        return (sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] * 10).rounded() / 10
    }

    private static func list(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
