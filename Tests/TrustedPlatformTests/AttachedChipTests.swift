import EnrolmentCore
import Foundation
import Testing

@testable import TrustedPlatform

/// The machine's own chip, through the kernel and its resource manager. `Tests/Witness/chip-kernel.sh` gives a kernel
/// of its own one to change; no other machine's chip is touched.
@Suite(
    "The chip behind the kernel", .serialized,
    .enabled(
        if: getenv("LOKET_CHIP_PROCESS") != nil, "only in a kernel with a chip for tests: Tests/Witness/chip-kernel.sh")
)
struct AttachedChipTests {
    let safe: TrustedPlatform

    init() throws {
        safe = try #require(TrustedPlatform.attached())
    }

    @Test("A secret, bound and not, and a counter go through the kernel as they do over a socket")
    func everyCall() throws {
        let name = try safe.name()
        let named = try #require(TrustedPlatform.attached(expected: name))
        for measurements in [[], [0, 7]] {
            let slot = try named.keep(TestSecret.make(1), under: TestSecret.make(101), bound: measurements)
            #expect(try named.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
            #expect(throws: MachineSafeError.wrongAuthorisation) { try named.open(slot, with: TestSecret.make(102)) }
            try named.destroy(slot)
            #expect(try !named.holds(slot))
            #expect(throws: MachineSafeError.unknownSlot) { try named.open(slot, with: TestSecret.make(101)) }
        }
        let counter = try safe.makeCounter()
        let before = try safe.value(of: counter)
        #expect(try safe.advance(counter) == before + 1)
        try safe.destroy(counter)
    }

    /// As when the program is killed in the middle of a call.
    @Test("What a connection leaves in the chip goes with it: far more sessions and keys than it has room for")
    func leftBehind() throws {
        for _ in 0..<80 {
            let chip = try Conversation(over: safe.transport, expecting: nil)
            _ = try chip.beginSession(.init(0), saltedTo: Conversation.none)
        }
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
        try safe.destroy(slot)
    }

    @Test("Openings that wait for their cards do not get into each other's way, nor into a counter's")
    func waitingOpenings() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let card = try SoftwareCard(.p384, in: folder)
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [7])
        let first = try safe.beginOpening(slot)
        let second = try safe.beginOpening(slot)
        let third = try safe.beginOpening(slot)
        let fourth = try safe.beginOpening(slot)
        let counter = try safe.makeCounter()
        _ = try safe.advance(counter)
        #expect(try fourth.open(with: card.sign(fourth.message), of: card.key).contents == TestSecret.bytes(1))
        #expect(try first.open(with: card.sign(first.message), of: card.key).contents == TestSecret.bytes(1))
        #expect(try third.open(with: card.sign(third.message), of: card.key).contents == TestSecret.bytes(1))
        #expect(try second.open(with: card.sign(second.message), of: card.key).contents == TestSecret.bytes(1))
        try safe.destroy(slot)
        try safe.destroy(counter)
    }

    @Test("A chip that hangs is given up on, and used again when it goes on")
    func hung() throws {
        let process = try #require(getenv("LOKET_CHIP_PROCESS").flatMap { Int32(String(cString: $0)) })
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        kill(process, SIGSTOP)
        let waited = ContinuousClock().measure {
            #expect(throws: MachineSafeError.absent) { try safe.open(slot, with: TestSecret.make(101)) }
        }
        kill(process, SIGCONT)
        print("a hung chip: given up on after \(waited)")
        #expect(waited < .seconds(200))
        // What it answers late is nobody's: the kernel may hand on one more error before it is in step again.
        let opened = (0..<5).lazy.compactMap { _ in try? safe.open(slot, with: TestSecret.make(101)) }.first
        #expect(opened?.contents == TestSecret.bytes(1))
        try safe.destroy(slot)
    }
}
