import Testing

@testable import CardProof

@Suite("ECDSA signatures as cards store them")
struct ECDSASignatureTests {
    /// r of 48 bytes below 0x80, s of 48 bytes from 0x80 on, so with a zero in front.
    private let r = [UInt8](repeating: 0x11, count: 48)
    private let s = [UInt8](repeating: 0x99, count: 48)
    private var plain: [UInt8] { [0x30, 0x65, 0x02, 0x30] + r + [0x02, 0x31, 0x00] + s }

    @Test("case 24: r and s come out at full length, whatever fills the file", arguments: [0, 1, 153])
    func filled(_ zeros: Int) {
        let file = plain + [UInt8](repeating: 0, count: zeros)
        #expect(ECDSASignature(der: file, numberLength: 48)?.raw == r + s)
    }

    @Test("case 24: short numbers are filled up in front")
    func shortNumbers() {
        let file: [UInt8] = [0x30, 0x07, 0x02, 0x01, 0x05, 0x02, 0x02, 0x00, 0x80]
        let zeros = [UInt8](repeating: 0, count: 47)
        #expect(ECDSASignature(der: file, numberLength: 48)?.raw == zeros + [5] + zeros + [0x80])
    }

    @Test("case 24: lengths may be in their long form")
    func longForm() {
        let inner = [0x02, 0x81, 0x30] + r + [0x02, 0x82, 0x00, 0x31, 0x00] + s
        let file = [0x30, 0x81, UInt8(inner.count)] + inner
        #expect(ECDSASignature(der: file, numberLength: 48)?.raw == r + s)
    }

    @Test("case 24: a length beyond the file is no signature, at every cut")
    func cut() {
        for length in 0..<plain.count {
            #expect(ECDSASignature(der: [UInt8](plain.prefix(length)), numberLength: 48) == nil)
        }
        #expect(ECDSASignature(der: [0x30, 0x82, 0xFF, 0xFF, 0x02, 0x01, 0x01], numberLength: 48) == nil)
        #expect(ECDSASignature(der: [0x30, 0x84, 0x00, 0x00, 0x00, 0x02, 0x02, 0x00], numberLength: 48) == nil)
    }

    @Test(
        "what is not exactly r and s is no signature",
        arguments: [
            [0x30, 0x06, 0x02, 0x01, 0x85, 0x02, 0x01, 0x01],  // negative
            [0x30, 0x07, 0x02, 0x02, 0x00, 0x05, 0x02, 0x01, 0x01],  // a needless zero
            [0x30, 0x05, 0x02, 0x00, 0x02, 0x01, 0x01],  // an empty number
            [0x30, 0x03, 0x02, 0x01, 0x01],  // r alone
            [0x30, 0x09, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01],  // a third number
            [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01, 0x07],  // something behind it
            [0x31, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01],  // a SET
            [0x30, 0x80, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01],  // without a length
        ] as [[UInt8]])
    func refused(_ file: [UInt8]) {
        #expect(ECDSASignature(der: file, numberLength: 48) == nil)
    }

    @Test("numbers that are longer than the curve's are no signature")
    func tooLong() {
        #expect(ECDSASignature(der: plain, numberLength: 32) == nil)
        #expect(ECDSASignature(raw: r + s, numberLength: 32) == nil)
        #expect(ECDSASignature(raw: r + s, numberLength: 48)?.raw == r + s)
    }
}
