import EnrolmentCore
import Foundation
import Testing

@testable import TrustedPlatform

@Suite("A chip that refuses", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct RefusingTests {
    let chip: SoftwareChip
    let safe: TrustedPlatform

    init() throws {
        chip = try SoftwareChip()
        safe = TrustedPlatform(transport: chip.transport)
    }

    @Test(
        "Wrong authorisations count; at the chip's limit the right one is refused too, and switching off does not help",
        arguments: [[], [7]])
    func lockout(measurements: [Int]) throws {
        try chip.tool("tpm2_dictionarylockout", ["--setup-parameters", "-n", "5", "-t", "1000", "-l", "1000"])
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: measurements)
        for count in 1...4 {
            #expect(throws: MachineSafeError.wrongAuthorisation) { try safe.open(slot, with: TestSecret.make(102)) }
            #expect(try wrongOnes() == count)
        }
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
        #expect(throws: MachineSafeError.wrongAuthorisation) { try safe.open(slot, with: TestSecret.make(102)) }
        #expect(throws: MachineSafeError.lockedOut) { try safe.open(slot, with: TestSecret.make(101)) }
        try chip.restart()
        #expect(throws: MachineSafeError.lockedOut) { try safe.open(slot, with: TestSecret.make(101)) }
        // What needs no authorisation still goes.
        #expect(try safe.holds(slot))
        try chip.tool("tpm2_dictionarylockout", ["--clear-lockout"])
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
    }

    private func wrongOnes() throws -> Int? {
        let lines = try chip.tool("tpm2_getcap", ["properties-variable"]).text.split(separator: "\n")
        let line = lines.first { $0.hasPrefix("TPM2_PT_LOCKOUT_COUNTER:") }
        return line.flatMap { $0.split(separator: "x").last }.flatMap { Int($0, radix: 16) }
    }

    @Test("An authorisation of another length is a wrong one that the chip is not asked about")
    func length() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        #expect(throws: MachineSafeError.wrongAuthorisation) { try safe.open(slot, with: TestSecret.make([])) }
        #expect(try wrongOnes() == 0)
    }

    @Test("Once a register was extended its secrets stay shut, and no try counts as a wrong one")
    func measurements() throws {
        let bound = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7, 16])
        let elsewhere = try safe.keep(TestSecret.make(2), under: TestSecret.make(102), bound: [8])
        let unbound = try safe.keep(TestSecret.make(3), under: TestSecret.make(103), bound: [])
        #expect(try safe.open(bound, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
        let measured = String(repeating: "5a", count: 32)
        #expect(try chip.tool("tpm2_pcrextend", ["16:sha256=\(measured)"]).code == 0)
        #expect(throws: MachineSafeError.measurementsChanged) { try safe.open(bound, with: TestSecret.make(101)) }
        #expect(throws: MachineSafeError.measurementsChanged) { try safe.open(bound, with: TestSecret.make(102)) }
        #expect(try wrongOnes() == 0)
        #expect(try safe.holds(bound))
        #expect(try safe.open(elsewhere, with: TestSecret.make(102)).contents == TestSecret.bytes(2))
        #expect(try safe.open(unbound, with: TestSecret.make(103)).contents == TestSecret.bytes(3))
    }

    @Test("Leaving the measurements out of a slot, or others in, does not open it")
    func otherMeasurements() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7])
        let without = MachineSlot(index: slot.index, measurements: [])
        #expect(throws: MachineSafeError.unknownSlot) { try safe.open(without, with: TestSecret.make(101)) }
        let others = MachineSlot(index: slot.index, measurements: [8])
        #expect(throws: MachineSafeError.measurementsChanged) { try safe.open(others, with: TestSecret.make(101)) }
    }

    /// Such a register would otherwise be left out of the policy without a word.
    @Test("A secret is not bound to registers that the chip does not measure in its SHA-256 bank")
    func unmeasured() throws {
        #expect(try chip.tool("tpm2_pcrallocate", ["sha1:all+sha256:none+sha384:all+sha512:all"]).code == 0)
        try chip.restart()
        #expect(throws: MachineSafeError.measurementsChanged) {
            try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7])
        }
        #expect(try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: []).index == 0x0150_0000)
    }

    @Test("A full chip says so, leaves nothing half made, and takes a secret again when one goes")
    func full() throws {
        var slots = [try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])]
        try fillUp()
        #expect(throws: MachineSafeError.full) {
            while slots.count < 1000 {
                slots.append(try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: []))
            }
        }
        let last = try #require(slots.last)
        #expect(
            try chip.tool("tpm2_getcap", ["handles-nv-index"]).text.components(separatedBy: "0x15000").count - 1
                == slots.count)
        try safe.destroy(last)
        #expect(try safe.keep(TestSecret.make(2), under: TestSecret.make(102), bound: []) == last)
    }

    /// With places of somebody else, big ones first, until there is hardly room for one of ours.
    private func fillUp() throws {
        try safe.converse { chip throws(MachineSafeError) in
            var index: UInt32 = 0x0180_0000
            for size in [2048, 256] {
                while (try? chip.define(NVPlace(index: index, attributes: 0x4_0004, size: size, policy: nil)) { _ in })
                    != nil
                {
                    index += 1
                }
            }
        }
    }

    @Test("With an owner authority set nothing goes, and nobody is told that his own authorisation is wrong")
    func ownerAuthority() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        #expect(try chip.tool("tpm2_changeauth", ["-c", "owner", "TEST"]).code == 0)
        #expect(throws: MachineSafeError.failed(code: 0x9A2)) {
            try safe.keep(TestSecret.make(2), under: TestSecret.make(102), bound: [])
        }
        #expect(throws: MachineSafeError.failed(code: 0x9A2)) {
            try safe.open(slot, with: TestSecret.make(101))
        }
        #expect(throws: MachineSafeError.failed(code: 0x9A2)) { try safe.destroy(slot) }
        #expect(try safe.holds(slot))
    }
}
