import EnrolmentCore
import Foundation
import Testing

@testable import TrustedPlatform

@Suite("A counter in a chip", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct CounterTests {
    @Test("A counter goes up by one, also after the machine was off, and one made later starts above it")
    func onlyUp() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let counter = try safe.makeCounter()
        let first = try safe.value(of: counter)
        #expect(try safe.advance(counter) == first + 1)
        try chip.restart()
        #expect(try safe.value(of: counter) == first + 1)
        #expect(try safe.advance(counter) == first + 2)
        try safe.destroy(counter)
        #expect(throws: MachineSafeError.unknownSlot) { try safe.value(of: counter) }
        #expect(throws: MachineSafeError.unknownSlot) { try safe.advance(counter) }
        try safe.destroy(counter)
        let next = try safe.makeCounter()
        #expect(next == counter)
        #expect(try safe.value(of: next) > first + 2)
    }

    @Test("No authority sets a counter back: not its own, not the owner's")
    func notSetBack() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let counter = try safe.makeCounter()
        let before = try safe.advance(counter)
        let zeroes = chip.folder.appendingPathComponent("zeroes")
        try Data(count: 8).write(to: zeroes)
        let place = "0x" + String(counter.index, radix: 16)
        for authority in [place, "o"] {
            #expect(try chip.tool("tpm2_nvwrite", [place, "-C", authority, "-i", zeroes.path]).code != 0)
        }
        #expect(try safe.value(of: counter) == before)
        #expect(
            try chip.tool("tpm2_nvread", [place, "-C", place]).output
                == withUnsafeBytes(of: before.bigEndian) { [UInt8]($0) })
    }

    /// What the chip cannot show: that its own memory was put back. On a real one nobody can; in a software one that
    /// is a copied folder.
    @Test("A software chip whose own state is put back does go back: that is not what a counter guards against")
    func stateOfChipPutBack() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let counter = try safe.makeCounter()
        let before = try safe.value(of: counter)
        chip.stop()
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("chip-" + UUID().uuidString)
        try FileManager.default.copyItem(at: chip.folder, to: copy)
        try chip.restart()
        #expect(try safe.advance(counter) == before + 1)
        let older = try SoftwareChip(stateIn: copy)
        #expect(try TrustedPlatform(transport: older.transport).value(of: counter) == before)
    }

    @Test("A secret is no counter and a counter no secret")
    func kinds() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let counter = try safe.makeCounter()
        #expect(throws: MachineSafeError.unknownSlot) { try safe.value(of: MachineCounter(index: slot.index)) }
        #expect(throws: MachineSafeError.unknownSlot) { try safe.advance(MachineCounter(index: slot.index)) }
        #expect(try !safe.holds(MachineSlot(index: counter.index, measurements: [])))
    }
}
