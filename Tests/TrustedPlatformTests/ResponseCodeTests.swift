import EnrolmentCore
import Testing

@testable import TrustedPlatform

@Suite("Response codes")
struct ResponseCodeTests {
    @Test(
        "A chip's code is told by what it means, whichever handle or session it speaks of",
        arguments: [
            (0x98E as UInt32, MachineSafeError.wrongAuthorisation), (0x9A2, .wrongAuthorisation),
            (0x921, .lockedOut), (0x99D, .measurementsChanged), (0x128, .measurementsChanged),
            (0x18B, .unknownSlot), (0x28B, .unknownSlot), (0x14B, .full), (0x14A, .unknownSlot),
            (0x000C_098E, .wrongAuthorisation), (0x000A_000A, .absent), (0x000A_0008, .absent),
            (0x0007_0007, .absent), (0x000A_0011, .failed(code: 0x000A_0011)),
            (0x0007_000B, .failed(code: 0x0007_000B)),
            (0x1C4, .failed(code: 0x1C4)), (0x101, .failed(code: 0x101)), (0xFFFF_FFFF, .failed(code: 0xFFFF_FFFF)),
        ])
    func meaning(code: UInt32, meaning: MachineSafeError) {
        #expect(throws: meaning) { try ResponseCode(raw: code).check() }
    }

    @Test(
        "What a chip has not learnt to compute is not the card's fault, and a wrong signature is",
        arguments: [
            (0x2A6 as UInt32, MachineSafeError.unknownCurve), (0x000C_05C3, .unknownCurve),
            (0x5C4, .failed(code: 0x5C4)), (0x283, .unknownCurve), (0x5DB, .wrongAuthorisation),
        ])
    func cardKey(code: UInt32, meaning: MachineSafeError) {
        #expect(throws: meaning) { try ResponseCode(raw: code).checkCardKey() }
    }

    @Test("Success is no error")
    func success() throws {
        try ResponseCode(raw: 0).check()
    }
}
