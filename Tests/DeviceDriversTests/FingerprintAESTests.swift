import Testing

@testable import DeviceDrivers

@Suite struct FingerprintAESTests {
    @Test("The example of FIPS 197 appendix B comes out")
    func standard() throws {
        let cipher = try #require(AESBlockCipher(key: bytes("2b7e151628aed2a6abf7158809cf4f3c")))
        #expect(cipher.encrypt(bytes("3243f6a8885a308d313198a2e0370734")) == bytes("3925841d02dc09fbdc118597196a0b32"))
    }

    @Test("A real reader's question gets the answer that it accepted")
    func recordedAnswer() throws {
        let cipher = try #require(AESBlockCipher(key: bytes("79ac91795ca1478e98e00f3c598f5f4b")))
        #expect(cipher.encrypt(bytes("4dae5a0b1247a86c9fbf29fdcc178a74")) == bytes("329351371e4adfb1f35f09f329c6ab46"))
    }

    @Test("A key or block of another length is refused")
    func lengths() throws {
        #expect(AESBlockCipher(key: []) == nil)
        #expect(AESBlockCipher(key: [UInt8](repeating: 0, count: 24)) == nil)
        let cipher = try #require(AESBlockCipher(key: [UInt8](repeating: 0, count: 16)))
        #expect(cipher.encrypt([UInt8](repeating: 0, count: 15)) == nil)
    }

    private func bytes(_ text: String) -> [UInt8] {
        stride(from: 0, to: text.count, by: 2).compactMap { offset in
            let start = text.index(text.startIndex, offsetBy: offset)
            return UInt8(text[start..<text.index(start, offsetBy: 2)], radix: 16)
        }
    }
}
