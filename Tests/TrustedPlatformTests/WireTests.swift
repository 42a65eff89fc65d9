import EnrolmentCore
import Foundation
import Synchronization
import Testing

@testable import TrustedPlatform

/// What passes between processor and chip, and what happens when it is changed on the way.
@Suite("On the wires", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct WireTests {
    @Test(
        "Who listens sees neither authorisation nor secret, and would see both in a plain session",
        arguments: [[], [7]])
    func listening(measurements: [Int]) throws {
        let chip = try SoftwareChip()
        let tap = try BusTap(before: chip)
        defer { tap.end() }
        let safe = TrustedPlatform(transport: tap.transport)
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: measurements)
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
        // No run of eight bytes of either.
        for window in 0...24 {
            #expect(!tap.traffic.contains(TestSecret.bytes(1)[window..<(window + 8)]))
            #expect(!tap.traffic.contains(TestSecret.bytes(101)[window..<(window + 8)]))
        }
        #expect(tap.traffic.count > 1000)

        // The control: the tools' plain password session over the same wires.
        let place = "0x01500001"
        let code = chip.folder.appendingPathComponent("code").path
        let content = chip.folder.appendingPathComponent("content").path
        try Data(TestSecret.bytes(101)).write(to: URL(fileURLWithPath: code))
        try Data(TestSecret.bytes(1)).write(to: URL(fileURLWithPath: content))
        let define = [place, "-s", "32", "-a", "authread|authwrite", "-p", "file:\(code)"]
        #expect(try chip.tool("tpm2_nvdefine", define, over: tap.transport).code == 0)
        let write = [place, "-C", place, "-P", "file:\(code)", "-i", content]
        #expect(try chip.tool("tpm2_nvwrite", write, over: tap.transport).code == 0)
        #expect(tap.traffic.contains(TestSecret.bytes(1)))
        #expect(tap.traffic.contains(TestSecret.bytes(101)))
    }

    @Test(
        "Who listens does not see a secret that a card opens either",
        .enabled(if: SoftwareCard.isInstalled, "no openssl"))
    func listeningToCard() throws {
        let chip = try SoftwareChip()
        let tap = try BusTap(before: chip)
        defer { tap.end() }
        let safe = TrustedPlatform(transport: tap.transport)
        let card = try SoftwareCard(.p384, in: chip.folder)
        let slot = try safe.keep(TestSecret.make(1), openedBy: [card.key], bound: [7])
        let opening = try safe.beginOpening(slot)
        let secret = try opening.open(with: card.sign(opening.message), of: card.key)
        #expect(secret.contents == TestSecret.bytes(1))
        for window in 0...24 { #expect(!tap.traffic.contains(TestSecret.bytes(1)[window..<(window + 8)])) }
        #expect(tap.traffic.contains(opening.message.prefix(32)))
    }

    @Test("Two readings of one secret look different on the wires")
    func fresh() throws {
        let chip = try SoftwareChip()
        let safe = TrustedPlatform(transport: chip.transport)
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let readings = try (0..<2).map { _ in
            let last = Mutex<[UInt8]>([])
            // The answer of NV_Read is the longest that comes with a session: 10 + 4 + 34 + 2 + 32 + 1 + 2 + 32.
            let tap = try BusTap(before: chip) { _, answer in
                if answer.count == 117 { last.withLock { $0 = answer } }
                return answer
            }
            defer { tap.end() }
            _ = try TrustedPlatform(transport: tap.transport).open(slot, with: TestSecret.make(101))
            return last.withLock(\.self)
        }
        #expect(readings.map(\.count) == [117, 117])
        #expect(readings[0][16..<48] != readings[1][16..<48])
    }
}
