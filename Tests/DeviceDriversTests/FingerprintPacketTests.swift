import DeviceDrivers
import StationTestSupport
import Testing

@Suite struct FingerprintPacketTests {
    /// The header of a recorded picture of a U.are.U 4500.
    static let header: [UInt8] = [
        0x10, 0x40, 0x80, 0x01, 0x21, 0x01, 0x00, 0x00, 0xC4, 0x7A, 0x10, 0xC0, 0x00, 0x57, 0x00, 0xC7, 0x02, 0x48,
        0x00,
        0x01, 0x02, 0x31, 0x01, 0x01, 0x00, 0x01, 0x02, 0x31, 0x00, 0x01, 0x02, 0x74, 0x00, 0x00, 0x10, 0x40, 0x80,
        0x01,
        0x5A, 0x00, 0x00, 0x00, 0xC4, 0x7A, 0x30, 0x00, 0x00, 0x00, 0x38, 0x26, 0x05, 0x4D, 0x02, 0x06, 0x05, 0x7B,
        0x00,
        0x00, 0x05, 0x02, 0x18, 0x40, 0x10, 0x31,
    ]

    @Test("The header of a recorded picture names its lines, key and blocks")
    func recordedHeader() throws {
        let packet = try #require(UareUPacket(Self.header + [UInt8](repeating: 1, count: 289 * 384)))
        #expect(packet.lines == 289 && packet.keyNumber == 0)
        #expect(packet.blocks.map(\.lines) == [72, 1, 49, 1, 1, 49, 1, 116])
        #expect(packet.blocks.map(\.flags) == [2, 0, 2, 1, 0, 2, 0, 2])
    }

    @Test("A picture cut anywhere is refused")
    func everyCut() {
        let whole = Self.header + [UInt8](repeating: 1, count: 289 * 384)
        for length in Array(0...65) + [200, 384, 64 + 100 * 384, whole.count - 1] {
            #expect(UareUPacket(Array(whole.prefix(length))) == nil)
        }
    }

    @Test("A header that claims no line or as many as the whole picture is refused")
    func lineCounts() {
        for lines in [0, 290, 291, 65535] {
            var header = Self.header
            header[4] = UInt8(lines & 0xFF)
            header[5] = UInt8(lines >> 8)
            #expect(UareUPacket(header + [UInt8](repeating: 1, count: 111_360)) == nil)
        }
    }

    @Test("Any header decodes to a whole picture or to none", arguments: [UInt64(1), 2, 3])
    func hostileHeaders(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            var bytes = (0..<64 + 12 * 384).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            bytes[4] = UInt8.random(in: 0...12, using: &generator)
            bytes[5] = 0
            guard let packet = UareUPacket(bytes) else { continue }
            var decoder = UareUDecoder(packet)
            var step = decoder.begin()
            var keys = 0
            while case .needsKey = step {
                keys += 1
                step = decoder.advance(key: UInt32(truncatingIfNeeded: generator.next()))
            }
            #expect(keys <= 16)
            if case .done(let picture) = step { #expect(picture.count == 384 * 290) }
        }
    }

    @Test("The shift register steps as the published vectors say")
    func cipherSteps() {
        // Read-back F2 28 AE 05 with seed 51EA2124.
        var cipher = UareUStreamCipher(key: 0x05AE_28F2 ^ 0x51EA_2124)
        #expect(cipher.key == 0x5444_09D6)
        // Taps 1 2 4 … of the key: 05444 09D6 & 9248144D has an odd number of ones only when bit 31 is set next.
        let parity = (cipher.key & 0x9248_144D).nonzeroBitCount % 2
        cipher.step()
        #expect(cipher.key == UInt32(parity) << 31 | 0x5444_09D6 >> 1)
        cipher.step(31)
        #expect(cipher.key != 0)
    }
}
