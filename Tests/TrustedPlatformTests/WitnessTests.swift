import EnrolmentCore
import Foundation
import Testing

@testable import TrustedPlatform

/// What tpm2-tools, which share no code of ours, see of a place.
@Suite("tpm2-tools as a witness", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct WitnessTests {
    let chip: SoftwareChip
    let safe: TrustedPlatform

    init() throws {
        chip = try SoftwareChip()
        safe = TrustedPlatform(transport: chip.transport)
    }

    @Test("The place has the attributes that we claim, and no others")
    func attributes() throws {
        _ = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        _ = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7])
        _ = try safe.makeCounter()
        let told = try chip.tool("tpm2_nvreadpublic", []).text
        let attributes = told.split(separator: "\n").filter { $0.contains("friendly") }
            .map {
                Set(
                    $0.split(separator: ":").last?.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                        ?? [])
            }
        let common: Set = ["ownerwrite", "writelocked", "writeall", "writedefine", "written"]
        #expect(
            attributes.filter { $0.contains("written") } == [
                common.union(["authread"]), common.union(["policyread"]),
                ["authread", "authwrite", "nt=0x1", "no_da", "written"],
            ])
    }

    @Test("They read the secret with its authorisation, and not with another, the owner's or none")
    func reading() throws {
        _ = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let place = "0x01500000"
        let right = "hex:" + hex(TestSecret.bytes(101))
        #expect(try chip.tool("tpm2_nvread", [place, "-C", place, "-P", right]).output == TestSecret.bytes(1))
        for refused in [
            ["-C", place, "-P", "hex:" + hex(TestSecret.bytes(102))], ["-C", place], ["-C", "o"], ["-C", "p"],
        ] {
            let answer = try chip.tool("tpm2_nvread", [place] + refused)
            #expect(answer.code != 0 && answer.output.isEmpty, "\(refused)")
        }
    }

    @Test("Nobody writes to the place again, not even its owner")
    func writing() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [])
        let other = chip.folder.appendingPathComponent("other")
        try Data(TestSecret.bytes(2)).write(to: other)
        let place = "0x01500000"
        for authority in [["-C", "o"], ["-C", place, "-P", "hex:" + hex(TestSecret.bytes(101))]] {
            #expect(try chip.tool("tpm2_nvwrite", [place, "-i", other.path] + authority).code != 0)
        }
        try chip.restart()
        #expect(try chip.tool("tpm2_nvwrite", [place, "-i", other.path, "-C", "o"]).code != 0)
        #expect(try safe.open(slot, with: TestSecret.make(101)).contents == TestSecret.bytes(1))
    }

    @Test("A bound secret is read by them under the policy that they work out themselves, and without it not")
    func policy() throws {
        _ = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7, 8])
        let place = "0x01500000"
        let right = hex(TestSecret.bytes(101))
        #expect(try chip.tool("tpm2_nvread", [place, "-C", place, "-P", "hex:" + right]).code != 0)
        #expect(try chip.tool("tpm2_nvread", [place, "-C", place, "-P", "pcr:sha256:7,8"]).code != 0)
        #expect(try readUnderPolicy(place, "sha256:7,8", "hex:" + right) == TestSecret.bytes(1))
        #expect(try readUnderPolicy(place, "sha256:7,9", "hex:" + right) == [])
    }

    /// The tools' own policy session: begun, told of the registers and the authorisation, used, ended.
    private func readUnderPolicy(_ place: String, _ registers: String, _ authorisation: String) throws -> [UInt8] {
        let session = chip.folder.appendingPathComponent("session").path
        #expect(try chip.tool("tpm2_startauthsession", ["--policy-session", "-S", session]).code == 0)
        #expect(try chip.tool("tpm2_policypcr", ["-S", session, "-l", registers]).code == 0)
        #expect(try chip.tool("tpm2_policyauthvalue", ["-S", session]).code == 0)
        let answer = try chip.tool("tpm2_nvread", [place, "-C", place, "-P", "session:\(session)+\(authorisation)"])
        try chip.tool("tpm2_flushcontext", [session])
        return answer.output
    }

    @Test("No session and no key of ours stays in the chip, whatever a call came to")
    func nothingLeft() throws {
        let slot = try safe.keep(TestSecret.make(1), under: TestSecret.make(101), bound: [7])
        _ = try safe.open(slot, with: TestSecret.make(101))
        _ = try? safe.open(slot, with: TestSecret.make(102))
        _ = try? safe.open(MachineSlot(index: slot.index, measurements: [8]), with: TestSecret.make(101))
        try safe.destroy(slot)
        _ = try? safe.open(slot, with: TestSecret.make(101))
        for kind in ["handles-transient", "handles-loaded-session", "handles-saved-session", "handles-nv-index"] {
            #expect(try chip.tool("tpm2_getcap", [kind]).text.isEmpty, "\(kind)")
        }
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
