import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache

/// T7: the clock is set, forward and back, by seconds and by years, running and across restarts, between any two
/// steps of a day.
struct ClockCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks", abstract: "Set the clock between any two steps of a day (T7).")

    @Option(help: "Days with several changes at places and times that the seed decides.") var rounds = 200
    @Option var seed: UInt64 = 1
    @Flag(help: "Only one place in three for each single change.") var quick = false

    private struct Figures {
        var days = 0
        var changes = 0
        var judgements = 0
        var jumps = 0
        var findings: [String] = []

        mutating func add(_ run: ClockRun, changes: Int) {
            days += 1
            self.changes += changes
            judgements += run.judgements
            jumps += run.jumps
            findings += run.findings
        }
    }

    func run() async throws {
        print("seed \(seed)")
        let keys = try ClockWorld.Keys()
        let clock = ContinuousClock()
        var (single, several) = (Figures(), Figures())
        let time = try await clock.measure {
            try await everyPlace(keys, &single)
            try await random(keys, &several)
        }
        var verdict = CampaignVerdict()
        report("one change before each step, running and across a restart", single, &verdict)
        report("up to five changes a day, seed \(seed)", several, &verdict)
        try await summerTime(keys, &verdict)
        try await expiry(keys, &verdict)
        print("\(single.days + several.days) days, \(time.components.seconds) s")
        try verdict.close("vault-clocks")
    }

    private func report(_ name: String, _ figures: Figures, _ verdict: inout CampaignVerdict) {
        verdict.expect(
            figures.findings.isEmpty,
            "\(name): \(figures.days) days, \(figures.changes) changes, \(figures.jumps) jumps written down, "
                + "\(figures.judgements) judgements; order, chains, packets and receipts held")
        for finding in figures.findings.prefix(10) { print("     \(finding)") }
    }

    private func everyPlace(_ keys: ClockWorld.Keys, _ figures: inout Figures) async throws {
        let places = stride(from: 0, to: ClockDay.steps.count, by: quick ? 3 : 1)
        let progress = CampaignProgress("one change a day", of: Array(places).count * ClockChange.some.count * 2)
        for place in places {
            for change in ClockChange.some {
                for restart in [nil, Duration.seconds(3600)] {
                    let label = "\(change) before step \(place)" + (restart == nil ? "" : ", across a restart")
                    var run = try await ClockRun(try ClockWorld(seed: seed, keys: keys), label: label)
                    try await run.run([.init(before: place, change: change, restart: restart)])
                    figures.add(run, changes: 1)
                    progress.advance()
                }
            }
        }
    }

    private func random(_ keys: ClockWorld.Keys, _ figures: inout Figures) async throws {
        var generator = SeededGenerator(seed: seed)
        let progress = CampaignProgress("several changes a day", of: rounds)
        for round in 0..<rounds {
            let disturbances = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                ClockRun.Disturbance(
                    before: Int.random(in: 0..<ClockDay.steps.count, using: &generator),
                    change: Int.random(in: 0..<5, using: &generator) == 0
                        ? nil : ClockChange.some.randomElement(using: &generator),
                    restart: Int.random(in: 0..<3, using: &generator) == 0
                        ? .seconds(Int.random(in: 30...200_000, using: &generator)) : nil)
            }
            var run = try await ClockRun(try ClockWorld(seed: seed, keys: keys), label: "round \(round)")
            try await run.run(disturbances)
            figures.add(run, changes: disturbances.count)
            progress.advance()
        }
    }

    /// The wall clock of a computer counts in UTC: nothing of it moves when the hands of others do.
    private func summerTime(_ keys: ClockWorld.Keys, _ verdict: inout CampaignVerdict) async throws {
        setenv("TZ", "Europe/Brussels", 1)
        tzset()
        var jumps = 0
        // 2027-03-28T00:59:00Z and 2026-10-25T00:59:00Z: a minute before the hands move.
        for instant in [1_806_195_540_000, 1_792_889_940_000] as [Int64] {
            let world = try ClockWorld(seed: seed, keys: keys)
            world.clocks.set(.to(Timestamp(milliseconds: instant)))
            let store = try await world.open()
            for _ in 0..<8 {
                world.clocks.pass(.seconds(900))
                try await store.journal.note(.officerLoggedOut, officer: nil)
            }
            jumps += try await store.journal.lines().count { $0.event == .clockJumped }
            store.close()
        }
        verdict.expect(jumps == 0, "summer time begins and ends: \(jumps) jumps written down")
    }

    /// What has a last day is judged by the time that has surely been, wherever the clock is put.
    private func expiry(_ keys: ClockWorld.Keys, _ verdict: inout CampaignVerdict) async throws {
        var (tried, revived) = (0, 0)
        for change in ClockChange.some {
            let world = try ClockWorld(seed: seed, keys: keys)
            let store = try await world.open()
            try await store.clockMark.note(world.clocks.truth, from: .roster)
            let validUntil = world.clocks.truth.advanced(by: ClockWorld.day * 30)
            world.clocks.pass(ClockWorld.day * 31)
            world.clocks.set(change)
            tried += 1
            if try await store.clockMark.latest(world.clocks.now()) <= validUntil { revived += 1 }
            store.close()
        }
        verdict.expect(
            revived == 0,
            "a list that ran out stays so, wherever the clock is put: \(tried) tried, \(revived) valid again")
    }
}
