import EnrolmentCore
import Testing

@testable import TrustedPlatform

@Suite("How long a chip takes", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct SpeedTests {
    /// The chip here is software, on a machine that does other things too: a guard against another round trip or a
    /// second key, and the figures for whoever asks.
    @Test("Each call takes well under a second")
    func calls() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let counter = try safe.makeCounter()
        let rounds = 9
        var slots: [MachineSlot] = []
        let keeping = try median(of: rounds) {
            slots.append(try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7]))
        }
        let opening = try median(of: rounds) { _ = try safe.open(slots[0], with: TestSecret.make(101)) }
        let asking = try median(of: rounds) { _ = try safe.holds(slots[0]) }
        let counting = try median(of: rounds) { _ = try safe.advance(counter) }
        let destroying = try median(of: rounds) { try safe.destroy(slots.removeLast()) }
        print(
            "chip, median of \(rounds): keep \(keeping), open \(opening), holds \(asking), advance \(counting), "
                + "destroy \(destroying)")
        for figure in [keeping, opening, asking, counting, destroying] { #expect(figure < .seconds(1)) }
    }

    private func median(of rounds: Int, _ work: () throws -> Void) throws -> Duration {
        try (0..<rounds).map { _ in try ContinuousClock().measure(work) }.sorted()[rounds / 2]
    }
}
