import Testing

@testable import TrustedPlatform

@Suite("A chip as a machine's safe", .enabled(if: SoftwareChip.isInstalled, "swtpm or tpm2-tools is not installed"))
struct ContractTests {
    @Test("does what every safe does, as the fake does that the store's tests use")
    func contract() throws {
        let chip = try SoftwareChip()
        try MachineSafeContract(safe: TrustedPlatform(transport: chip.transport)).check()
    }
}
