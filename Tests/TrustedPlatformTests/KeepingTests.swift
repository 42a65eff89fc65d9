import EnrolmentCore
import Testing

@testable import TrustedPlatform

@Suite("A secret in a chip", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct KeepingTests {
    let chip: SoftwareChip
    let safe: TrustedPlatform

    init() throws {
        chip = try SoftwareChip()
        safe = TrustedPlatform(transport: chip.transport)
    }

    @Test("A secret comes back with its authorisation, also after the machine was off", arguments: [[], [0, 7, 23]])
    func roundTrip(measurements: [Int]) throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: measurements)
        #expect(slot.measurements == measurements)
        #expect(try safe.holds(slot))
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
        try chip.restart()
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
    }

    @Test("Secrets lie beside each other, and a freed place is used again")
    func places() throws {
        let slots = try (0..<3).map {
            try safe.keep(TestSecret.make($0), under: TestSecret.make(100 + $0), bound: [])
        }
        #expect(slots.map(\.index) == [0x0150_0000, 0x0150_0001, 0x0150_0002])
        for (number, slot) in slots.enumerated() {
            let opened = try safe.open(slot, with: TestSecret.make(100 + UInt8(number)))
            #expect(opened.contents == TestSecret.bytes(UInt8(number)))
        }
        try safe.destroy(slots[1])
        #expect(try safe.keep(TestSecret.make(9), under: TestSecret.make(109), bound: []).index == 0x0150_0001)
    }

    /// The chip and the library drop zeroes at the end of an authorisation (TPM 2.0 Part 1, section 19.6.4.3).
    @Test("An authorisation may end in zeroes, and a secret be all zeroes")
    func zeroes() throws {
        let code = Array(TestSecret.bytes(101).dropLast(2)) + [0, 0]
        let nothing = [UInt8](repeating: 0, count: 32)
        for measurements in [[], [7]] {
            let slot = try safe.keep(TestSecret.make(nothing), under: TestSecret.make(code), bound: measurements)
            #expect(try safe.open(slot, with: TestSecret.make(code)).contents == nothing)
        }
    }

    @Test("What is destroyed is unknown, and destroying it again is no error")
    func destroyed() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        try safe.destroy(slot)
        #expect(try !safe.holds(slot))
        #expect(throws: MachineSafeError.unknownSlot) { try safe.open(slot, with: TestSecret.make(101)) }
        try safe.destroy(slot)
    }

    @Test("Another machine's chip does not know the place; one that keeps something else there refuses")
    func otherMachine() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let other = try SoftwareChip()
        let otherSafe = TrustedPlatform(transport: other.transport)
        #expect(throws: MachineSafeError.unknownSlot) { try otherSafe.open(slot, with: TestSecret.make(101)) }
        #expect(try !otherSafe.holds(slot))
        let theirs = try otherSafe.keep(TestSecret.make(2), under: TestSecret.make(102), bound: [])
        #expect(theirs == slot)
        #expect(throws: MachineSafeError.wrongAuthorisation) {
            try otherSafe.open(slot, with: TestSecret.make(101))
        }
    }

    @Test("A place outside our range, or one that is no secret of ours, is neither opened nor removed")
    func foreignPlace() throws {
        try chip.tool("tpm2_nvdefine", ["0x01500000", "-s", "32", "-a", "authread|authwrite|ownerwrite"])
        let foreign = MachineSlot(index: 0x0150_0000, measurements: [])
        #expect(try !safe.holds(foreign))
        #expect(throws: MachineSafeError.unknownSlot) { try safe.open(foreign, with: TestSecret.make(101)) }
        for index in [0x8100_0001, 0x4000_0001, 0x0180_0000, 0, .max] as [UInt32] {
            let outside = MachineSlot(index: index, measurements: [])
            #expect(try !safe.holds(outside))
            #expect(throws: MachineSafeError.unknownSlot) { try safe.destroy(outside) }
        }
        #expect(try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: []).index == 0x0150_0001)
    }

    @Test("Anything but 32 bytes, and registers that no chip has, are refused before the chip is asked")
    func refused() throws {
        let nowhere = TrustedPlatform(transport: "swtpm:host=127.0.0.1,port=1")
        for bad in [[], [UInt8](repeating: 7, count: 31), [UInt8](repeating: 7, count: 33)] {
            #expect(throws: MachineSafeError.failed(code: 0x095)) {
                try nowhere.keep(TestSecret.make(bad), under: TestSecret.make(101), bound: [])
            }
            #expect(throws: MachineSafeError.failed(code: 0x095)) {
                try nowhere.keep(TestSecret.make(1), under: TestSecret.make(bad), bound: [])
            }
        }
        for register in [-1, 24, .min, .max] {
            #expect(throws: MachineSafeError.failed(code: 0x084)) {
                try nowhere.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [register])
            }
        }
    }

    @Test(
        "Where nothing answers, the chip is absent",
        arguments: [
            "swtpm:host=127.0.0.1,port=1", "device:/dev/no-such-chip", "no-such-transport:x", "", "swtpm:port=x",
        ])
    func absent(transport: String) throws {
        let nowhere = TrustedPlatform(transport: transport)
        #expect(throws: MachineSafeError.absent) { try nowhere.makeCounter() }
    }
}
