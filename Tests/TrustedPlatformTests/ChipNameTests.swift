import EnrolmentCore
import Synchronization
import Testing

@testable import TrustedPlatform

@Suite("A chip's name", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct ChipNameTests {
    @Test("A chip keeps its name until it is cleared, and no other has it")
    func kept() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let name = try safe.name()
        #expect(name.bytes.count == 34)
        try chip.restart()
        #expect(try safe.name() == name)
        let other = try SoftwareChip()
        #expect(try TrustedPlatform(transport: other.transport).name() != name)
        #expect(try chip.tool("tpm2_clear", ["-c", "lockout"]).code == 0)
        #expect(try safe.name() != name)
    }

    @Test("A chip of another name is asked for no secret and told none")
    func other() throws {
        let chip = try SoftwareChip()
        let other = try SoftwareChip()
        let name = try TrustedPlatform(transport: chip.transport).name()
        let slot = try TrustedPlatform(transport: chip.transport, expected: name)
            .keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        #expect(
            try TrustedPlatform(transport: other.transport)
                .keep(TestSecret.make(1), under: TestSecret.make(101), bound: []) == slot)
        let swapped = TrustedPlatform(transport: other.transport, expected: name)
        #expect(throws: MachineSafeError.otherChip) { try swapped.open(slot, with: TestSecret.make(101)) }
        #expect(throws: MachineSafeError.otherChip) {
            try swapped.keep(TestSecret.make(2), under: TestSecret.make(102), bound: [])
        }
        #expect(throws: MachineSafeError.otherChip) { try swapped.holds(slot) }
        #expect(throws: MachineSafeError.otherChip) { try swapped.destroy(slot) }
        // What lies there is another kit's.
        #expect(try TrustedPlatform(transport: other.transport).holds(slot))
    }

    /// The one who cuts the bus: he passes on all but the key that the session is to be salted to.
    @Test(
        "A key put in the place of the chip's own is found before a session is begun with it", arguments: [true, false])
    func keyChanged(isNamed: Bool) throws {
        let chip = try SoftwareChip()
        let mine = try SoftwareChip()
        let name = try TrustedPlatform(transport: chip.transport).name()
        let slot = try TrustedPlatform(transport: chip.transport)
            .keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let myKey = Mutex<[UInt8]>([])
        let lesson = try BusTap(before: mine) { number, answer in
            if number == 0 { myKey.withLock { $0 = answer } }
            return answer
        }
        _ = try TrustedPlatform(transport: lesson.transport).name()
        lesson.end()
        // The first command of an opening makes the key.
        let tap = try BusTap(before: chip) { number, answer in number == 0 ? myKey.withLock(\.self) : answer }
        defer { tap.end() }
        let safe = TrustedPlatform(transport: tap.transport, expected: isNamed ? name : nil)
        if isNamed {
            #expect(throws: MachineSafeError.otherChip) { try safe.open(slot, with: TestSecret.make(101)) }
            // The key, and the key flushed.
            #expect(tap.commands == 2)
        } else {
            // The control: without the name a session is begun with it, which only the true chip does not understand.
            #expect(throws: MachineSafeError.self) { try safe.open(slot, with: TestSecret.make(101)) }
            #expect(tap.commands > 2)
        }
    }
}
