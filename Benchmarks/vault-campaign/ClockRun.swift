import EnrolmentCore
import Foundation
import OfflineCache

/// One day with clocks that are set in the middle of it, and what is then wrong with the kit.
struct ClockRun {
    /// What befalls the clock before a step.
    struct Disturbance {
        let before: Int
        let change: ClockChange?
        /// The machine is off for so long and starts again; nil when it goes on.
        let restart: Duration?
    }

    private static let tolerance = Duration.seconds(120)
    /// No kit goes on for longer without hearing what time it is (reference/clock.json).
    private static let silence = ClockWorld.day * 400

    private let label: String
    private(set) var findings: [String] = []
    private(set) var judgements = 0
    private(set) var jumps = 0
    private var day: ClockDay
    /// The error of the wall clock when the store last wrote it down.
    private var seen: Duration
    /// What the wall clock said when the store last looked.
    private var lastLook: Timestamp
    private var expectedJumps: [Duration] = []
    /// Whether the clock has been wrong since central was last heard, or ever.
    private var wasWrong = false

    init(_ world: ClockWorld, label: String) async throws {
        self.label = label
        day = try await ClockDay(world)
        (seen, lastLook) = (world.clocks.error, world.clocks.now())
    }

    mutating func run(_ disturbances: [Disturbance]) async throws {
        let clocks = day.world.clocks
        for (index, step) in ClockDay.steps.enumerated() {
            clocks.pass(.seconds(40))
            for disturbance in disturbances where disturbance.before == index { try await disturb(disturbance) }
            try await look()
            try await day.take(step)
            if step == .hearCentral { wasWrong = clocks.error.magnitude > Self.tolerance }
            wasWrong = wasWrong || clocks.error.magnitude > Self.tolerance
            try await judge("step \(index)")
        }
        try await finish()
        day.store.close()
    }

    private mutating func disturb(_ disturbance: Disturbance) async throws {
        let clocks = day.world.clocks
        if let time = disturbance.restart {
            try await day.restart(after: time, setting: disturbance.change)
            // Across a restart a step back behind what the store saw is all that can be told.
            let back = (clocks.now() as Timestamp).since(lastLook)
            if back < .zero - .seconds(2) { expectedJumps.append(back) }
            seen = clocks.error
            try await look()
        } else if let change = disturbance.change {
            clocks.set(change)
        }
    }

    /// Whether a step itself looks at the clock does not matter: this does, as a station does at each key.
    private mutating func look() async throws {
        try await day.store.journal.note(.officerLoggedOut, officer: OfficerID("o-test"))
        let clocks = day.world.clocks
        lastLook = clocks.now()
        let jump = clocks.error - seen
        guard jump.magnitude > .seconds(2) else { return }
        expectedJumps.append(jump)
        seen = clocks.error
    }

    /// What is said of the clock, against the truth.
    private mutating func judge(_ place: String) async throws {
        let clocks = day.world.clocks
        let now: Timestamp = clocks.now()
        let standing = try await day.store.clockMark.standing(of: now)
        let isRight = clocks.error.magnitude <= Self.tolerance
        judgements += 1
        if !isRight, standing.confidence == .synchronised { find("\(place): a wrong clock is called right") }
        if let heard = day.heard {
            if heard.start == clocks.starts, (standing.confidence == .synchronised) != isRight {
                find("\(place): compared with central in this start, and called \(standing.confidence)")
            }
        }
        if let told = day.told {
            if now < told.advanced(by: .zero - Self.tolerance), standing.confidence != .implausible {
                find("\(place): before what was told, and called \(standing.confidence)")
            }
            if now > told.advanced(by: Self.silence + ClockWorld.day), standing.confidence != .implausible {
                find("\(place): long after what was told, and called \(standing.confidence)")
            }
            if try await day.store.clockMark.latest(now) < told { find("\(place): a list would be valid again") }
        }
        if !wasWrong, standing.confidence == .implausible { find("\(place): a right clock is called implausible") }
        if let age = standing.evidenceAge, age < .zero { find("\(place): evidence from the future") }
    }

    /// Nothing is lost, out of order, or unsigned, whatever the clock said.
    private mutating func finish() async throws {
        let store = day.store
        let packets = try await store.packets.packets().sorted { $0.sequence < $1.sequence }
        if packets.map(\.id) != day.packets {
            find("the packets are others than those that were sealed, or in another order")
        }
        if packets.map(\.sequence) != Array(1...2) { find("the numbers are \(packets.map(\.sequence))") }
        if packets.contains(where: { $0.state != .purged || $0.receipt == nil }) { find("not all were received") }
        if day.world.central.packets.map(\.packet) != day.packets { find("central received them in another order") }
        if try await !store.drafts.cases().isEmpty { find("a draft was left") }
        let report = try await store.journal.audit(by: day.world.audit)
        if let first = report.first { find("the audit: \(first)") }
        if report.seals != 1 || report.unsealedLines > 0 { find("the day is not closed") }
        let lines = try await store.journal.lines()
        let told = lines.filter { $0.event == .clockJumped }.compactMap { $0.reason.flatMap { Int64($0) } }
        jumps = told.count
        let isSame =
            told.count == expectedJumps.count
            && zip(told, expectedJumps).allSatisfy { abs($0 - $1.components.seconds) <= 1 }
        if !isSame { find("jumps \(told), and \(expectedJumps.map(\.components.seconds)) were made") }
        try await store.check()
    }

    private mutating func find(_ text: String) { findings.append("\(label): \(text)") }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
