import EnrolmentCore
import Foundation
import StationTestSupport
import Synchronization
import Testing

@testable import TrustedPlatform

/// A chip that goes away, or that answers what no chip answers.
@Suite(
    "A chip that fails",
    .enabled(
        if: SoftwareChip.isInstalled && SoftwareCard.isInstalled, "swtpm, tpm2-tools or openssl is not installed"))
struct FaultTests {
    /// What is done to a chip, each in a way that can be repeated.
    enum Work: CaseIterable {
        case keep, openBound, destroy, advance

        /// How many commands come after it is done, to tidy up: those that forget, and flush a session and a key.
        var tidying: Int {
            switch self {
            case .keep: 2
            case .openBound: 3
            case .destroy, .advance: 0
            }
        }
    }

    /// What it is done to, kept over the true wires.
    private struct Kept {
        let straight: TrustedPlatform
        let bound: MachineSlot
        let counter: MachineCounter

        init(_ safe: TrustedPlatform) throws {
            straight = safe
            bound = try safe.keep(TestSecret.make(2), under: TestSecret.make(102), bound: [7])
            counter = try safe.makeCounter()
        }

        func perform(_ work: Work, _ safe: TrustedPlatform) throws {
            switch work {
            case .keep: _ = try safe.keep(TestSecret.make(3), under: TestSecret.make(103), bound: [7])
            case .openBound: #expect(try safe.open(bound, with: TestSecret.make(102)).contents == TestSecret.bytes(2))
            case .destroy:
                try safe.destroy(straight.keep(TestSecret.make(1), under: TestSecret.make(101), bound: []))
            case .advance: _ = try safe.advance(counter)
            }
        }
    }

    @Test("Cut off at any command, every call says that the chip is absent", arguments: Work.allCases)
    func cut(work: Work) throws {
        let chip = try SoftwareChip()
        // A chip takes a start without a shutdown before it for a try, once something was authorised.
        try chip.tool("tpm2_dictionarylockout", ["--setup-parameters", "-n", "10000", "-t", "1", "-l", "1"])
        let kept = try Kept(TrustedPlatform(transport: chip.transport))
        let whole = try BusTap(before: chip)
        try kept.perform(work, TrustedPlatform(transport: whole.transport))
        whole.end()
        let needed = whole.commands - work.tidying
        for last in 0..<whole.commands {
            let tap = try BusTap(before: chip) { $0 < last ? $1 : nil }
            defer { tap.end() }
            let safe = TrustedPlatform(transport: tap.transport)
            if last < needed {
                #expect(throws: MachineSafeError.absent, "cut at \(last)") { try kept.perform(work, safe) }
            } else {
                try kept.perform(work, safe)
            }
            // What a cut connection leaves in a chip, the kernel's resource manager would remove.
            try chip.restart()
        }
    }

    @Test("Killed in the middle of an opening, the chip is absent; started again, it opens")
    func killed() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let kept = try Kept(safe)
        let tap = try BusTap(before: chip) { number, answer in
            if number == 2 { chip.stop() }
            return answer
        }
        defer { tap.end() }
        #expect(throws: MachineSafeError.absent) {
            try kept.perform(.openBound, TrustedPlatform(transport: tap.transport))
        }
        #expect(throws: MachineSafeError.absent) { try kept.perform(.openBound, safe) }
        try chip.restart()
        try kept.perform(.openBound, safe)
    }

    /// The secret itself comes under the session's own check sum, so a changed one never comes out as the secret:
    /// `perform` compares. With `LOKET_CHIP_ROUNDS` a campaign of that many rounds.
    @Test(
        "Answers changed at random are refused by name, whatever is changed in them", arguments: [0x10C4_7001 as UInt64]
    )
    func changed(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var outcomes: [MachineSafeError?: Int] = [:]
        var left = Self.rounds
        while left > 0 {
            // Before what is half made fills it.
            let chip = try SoftwareChip()
            try chip.tool("tpm2_dictionarylockout", ["--setup-parameters", "-n", "10000", "-t", "1", "-l", "1"])
            let kept = try Kept(TrustedPlatform(transport: chip.transport))
            let card = try SoftwareCard(.p384, in: chip.folder)
            let slot = try kept.straight.keep(TestSecret.make(4), openedBy: [card.key], bound: [7])
            for round in 0..<min(left, 60) {
                let outcome = try Self.change(in: chip, &random) { safe in
                    switch round % 3 {
                    case 0: try kept.perform(.openBound, safe)
                    case 1: try kept.perform(.keep, safe)
                    default:
                        let opening = try safe.beginOpening(slot)
                        let secret = try opening.open(with: card.sign(opening.message), of: card.key)
                        #expect(secret.contents == TestSecret.bytes(4))
                    }
                }
                outcomes[outcome, default: 0] += 1
            }
            left -= 60
        }
        // Not all for one reason, as it would be if nothing reached the chip any more.
        #expect(outcomes.count > 3)
        print(
            "seed \(seed), \(Self.rounds) rounds:", outcomes.map { "\($0.map { "\($0)" } ?? "done"): \($1)" }.sorted())
    }

    /// Changes one answer of those that `work` gets; what it came to.
    private static func change(
        in chip: SoftwareChip, _ random: inout SeededGenerator, _ work: (TrustedPlatform) throws -> Void
    ) throws -> MachineSafeError? {
        // An opening takes eleven commands, a keeping fourteen.
        let chosen = Int.random(in: 0..<14, using: &random)
        let shared = Mutex(random)
        random = SeededGenerator(seed: random.next())
        let tap = try BusTap(before: chip) { number, answer in
            number == chosen ? shared.withLock { change(answer, &$0) } : answer
        }
        defer { tap.end() }
        do {
            try work(TrustedPlatform(transport: tap.transport))
            return nil
        } catch let error as MachineSafeError {
            try chip.restart()
            return error
        }
    }

    private static let rounds = ProcessInfo.processInfo.environment["LOKET_CHIP_ROUNDS"].flatMap(Int.init) ?? 24

    /// Some bytes turned over, or the end cut off, or a length that is not so.
    private static func change(_ answer: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var changed = answer
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = .random(in: 0...255, using: &random)
            }
        case 1: changed.removeLast(Int.random(in: 0..<changed.count, using: &random))
        default:
            let place = Int.random(in: 0..<(changed.count - 1), using: &random)
            changed.replaceSubrange(place..<(place + 2), with: [0xFF, 0xFF])
        }
        return changed
    }
}
