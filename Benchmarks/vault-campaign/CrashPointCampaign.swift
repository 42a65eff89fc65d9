import ArgumentParser
import EnrolmentCore
import Foundation

/// T2: a power cut at every change that one enrolment makes to the disk, in every state that it can leave.
struct CrashPointCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash-points", abstract: "Cut the power at every file operation of an enrolment (T2).")

    @Option(help: "The shim, compiled.") var shim: String
    @Option var seed: UInt64 = 1
    @Option(help: "Only one of so many crash points; 1 for each.") var every = 1

    func run() async throws {
        let start = ChildProcess.now()
        var verdict = CampaignVerdict()
        let world = try CampaignWorld.make(seed: seed)
        let day = try CrashRun(world, shim: shim)
        let figures = try await day.evaluate(every: every, kinds: Set(PowerCut.Kind.allCases))
        print(figures.text("one enrolment, seed \(seed)", seconds: ChildProcess.now() - start))
        verdict.expect(figures.isClean, "nothing is lost, doubled or half there, and each day goes on to its end")
        for finding in figures.findings.prefix(20) { print("     \(finding)") }
        // The same must be found out where something is left out on purpose.
        let controls: [(String, [String])] = [
            ("synchronous=NORMAL", ["--synchronous", "NORMAL"]), ("synchronous=OFF", ["--synchronous", "OFF"]),
            ("folders not synchronised", ["--without-folders"]),
        ]
        for (name, arguments) in controls {
            let figures = try await CrashRun(world, shim: shim, arguments)
                .evaluate(every: max(1, every / 2), kinds: [.dropped, .journalled])
            print(figures.text(name, seconds: nil))
            // Where nothing but an empty database is left, the loss is that the store says so and does not open.
            verdict.expect(figures.lost + figures.stuck > 0, "\(name): the loss is found")
            if let first = figures.findings.first { print("     \(first)") }
        }
        try verdict.close("vault-crash-points")
    }
}

/// What came of the crash points of one day.
struct CrashFigures {
    /// Operations of the day, and points between them that were cut at.
    var operations = 0
    var points = 0
    /// States, those that were the same left out.
    var states: [PowerCut.Kind: Int] = [:]
    var lost = 0
    var doubled = 0
    var halfVisible = 0
    /// Did not open, or did not come to the end of the day.
    var stuck = 0
    var recovered = 0
    var findings: [String] = []

    var isClean: Bool { lost + doubled + halfVisible + stuck == 0 }

    func text(_ name: String, seconds: Double?) -> String {
        let kinds = PowerCut.Kind.allCases.compactMap { kind in states[kind].map { "\($0) \(kind.rawValue)" } }
        return """
            \(name): \(operations) file operations, \(points) of \(operations + 1) points cut, \
            \(states.values.reduce(0, +)) different states\(seconds.map { ", \(Int($0)) s" } ?? "") \
            (\(kinds.joined(separator: ", ")))
            lost \(lost), doubled \(doubled), half visible \(halfVisible), stuck \(stuck); \
            unacknowledged but there \(recovered)
            """
    }
}
