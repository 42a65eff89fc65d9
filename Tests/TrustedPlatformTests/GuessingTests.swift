import EnrolmentCore
import Testing

@testable import TrustedPlatform

@Suite("The chip's limit", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct GuessingTests {
    let chip: SoftwareChip
    let safe: TrustedPlatform

    init() throws {
        chip = try SoftwareChip()
        safe = TrustedPlatform(transport: chip.transport)
    }

    @Test("The chip tells its count and its limit, and whether anybody may set them back")
    func told() throws {
        try chip.tool("tpm2_dictionarylockout", ["--setup-parameters", "-n", "31", "-t", "600", "-l", "1"])
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        for _ in 0..<2 { _ = try? safe.open(slot, with: TestSecret.make(102)) }
        let expected = GuessingLimit(wrong: 2, most: 31, forgetting: .seconds(600), isClosed: false)
        #expect(try safe.guessing() == expected)
    }

    @Test("Once closed, nobody sets the count back or the limit up: not the tools, not this program")
    func closed() throws {
        let authority = try TestSecret.make(201)
        try safe.closeGuessing(most: 32, forgetting: .seconds(7200), under: authority)
        let expected = GuessingLimit(wrong: 0, most: 32, forgetting: .seconds(7200), isClosed: true)
        #expect(try safe.guessing() == expected)
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        _ = try? safe.open(slot, with: TestSecret.make(102))
        #expect(try chip.tool("tpm2_dictionarylockout", ["--clear-lockout"]).code != 0)
        #expect(
            try chip.tool("tpm2_dictionarylockout", ["--setup-parameters", "-n", "9999", "-t", "1", "-l", "1"]).code
                != 0)
        // After a wrong authority the chip takes none for a while, the right one neither.
        #expect(throws: MachineSafeError.lockedOut) {
            try safe.closeGuessing(most: 99, forgetting: .seconds(1), under: TestSecret.make(201))
        }
        let after = try safe.guessing()
        #expect(after.wrong == 1 && after.most == 32 && after.isClosed)
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
    }

    @Test("An authority that another set is not replaced")
    func other() throws {
        try safe.closeGuessing(most: 32, forgetting: .seconds(7200), under: TestSecret.make(201))
        #expect(throws: MachineSafeError.wrongAuthorisation) {
            try safe.closeGuessing(most: 99, forgetting: .seconds(1), under: TestSecret.make(202))
        }
        #expect(try safe.guessing().most == 32)
    }

    @Test("Who has the authority sets another limit and the count back; nothing of it is seen on the wires")
    func again() throws {
        let tap = try BusTap(before: chip)
        defer { tap.end() }
        let tapped = TrustedPlatform(transport: tap.transport)
        try tapped.closeGuessing(most: 32, forgetting: .seconds(7200), under: TestSecret.make(201))
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        _ = try? safe.open(slot, with: TestSecret.make(102))
        try tapped.closeGuessing(most: 20, forgetting: .seconds(600), under: TestSecret.make(201))
        #expect(
            try safe.guessing() == GuessingLimit(wrong: 0, most: 20, forgetting: .seconds(600), isClosed: true))
        for window in 0...24 { #expect(!tap.traffic.contains(TestSecret.bytes(201)[window..<(window + 8)])) }
    }

    @Test("At the limit the right one is refused, also after the machine was off; a card still opens what is a card's")
    func atTheLimit() throws {
        try safe.closeGuessing(most: 10, forgetting: .seconds(7200), under: TestSecret.make(201))
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        for _ in 0..<10 {
            #expect(throws: MachineSafeError.wrongAuthorisation) { try safe.open(slot, with: TestSecret.make(102)) }
        }
        #expect(throws: MachineSafeError.lockedOut) { try safe.open(slot, with: TestSecret.make(101)) }
        try chip.restart()
        #expect(throws: MachineSafeError.lockedOut) { try safe.open(slot, with: TestSecret.make(101)) }
        guard SoftwareCard.isInstalled else { return }
        let card = try SoftwareCard(.p384, in: chip.folder)
        let his = try safe.keep(TestSecret.make(2), openedBy: [card.key], bound: [])
        let opening = try safe.beginOpening(his)
        #expect(
            try opening.open(with: card.sign(opening.message), of: card.key).contents == TestSecret.bytes(2))
        try safe.closeGuessing(most: 10, forgetting: .seconds(7200), under: TestSecret.make(201))
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
    }

    @Test("A limit that a few flat batteries reach, or none, is refused")
    func bounds() throws {
        for most in [.min, -1, 0, 9, .max] {
            #expect(throws: MachineSafeError.failed(code: 0x084)) {
                try safe.closeGuessing(most: most, forgetting: .seconds(600), under: TestSecret.make(201))
            }
        }
        for forgetting in [Duration.zero, .seconds(-5), .milliseconds(999), .seconds(Int64.max)] {
            #expect(throws: MachineSafeError.failed(code: 0x084)) {
                try safe.closeGuessing(most: 32, forgetting: forgetting, under: TestSecret.make(201))
            }
        }
        #expect(try !safe.guessing().isClosed)
    }

    /// TPM 2.0 Part 1, section 19.8.6: else power could be cut before a wrong one is written down.
    @Test("Power that goes after an opening counts as a wrong one")
    func flatBattery() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        _ = try safe.open(slot, with: TestSecret.make(101))
        #expect(try safe.guessing().wrong == 0)
        try chip.restart()
        #expect(try safe.guessing().wrong == 1)
    }
}
