import Testing

@testable import EnrolmentCore

@Suite("PINBlock")
struct PINBlockTests {
    private func secret(_ text: String) throws -> SecretBytes {
        let secret = try SecretBytes()
        for byte in text.utf8 { secret.append(byte) }
        return secret
    }

    private func block(_ pin: String) throws -> [UInt8]? {
        let command = try SecretBytes()
        return PINBlock.append(try secret(pin), to: command) ? command.withBytes { [UInt8]($0) } : nil
    }

    @Test(
        "A PIN is written in nibbles, filled up with F",
        arguments: [
            ("1234", [0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("12345", [0x25, 0x12, 0x34, 0x5F, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("000000", [0x26, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("12345678901", [0x2B, 0x12, 0x34, 0x56, 0x78, 0x90, 0x1F, 0xFF]),
            ("987654321098", [0x2C, 0x98, 0x76, 0x54, 0x32, 0x10, 0x98, 0xFF]),
        ] as [(String, [UInt8])])
    func vectors(_ pin: String, _ expected: [UInt8]) throws {
        #expect(try block(pin) == expected)
    }

    @Test("Every length from four to twelve has its own block of eight bytes", arguments: 4...12)
    func lengths(_ count: Int) throws {
        let digits = String("567890123456".prefix(count))
        let text = "2" + String(count, radix: 16) + digits + String(repeating: "f", count: 14 - count)
        let written = try #require(try block(digits))
        #expect(written.map { String($0 >> 4, radix: 16) + String($0 & 0x0F, radix: 16) }.joined() == text)
    }

    @Test(
        "What is no PIN is refused, and nothing is added",
        arguments: ["", "123", "1234567890123", "12a4", "12 4", "١٢٣٤", "1234\n", "-123", "12:4", "12/4"])
    func refused(_ text: String) throws {
        let command = try secret("command")
        #expect(!PINBlock.append(try secret(text), to: command))
        #expect(command.withBytes { [UInt8]($0) } == [UInt8]("command".utf8))
        #expect(!PINBlock.accepts(try secret(text)))
    }

    @Test("A block goes behind what is there, also another block")
    func following() throws {
        let command = try secret("C")
        #expect(PINBlock.append(try secret("1234"), to: command))
        #expect(PINBlock.append(try secret("56789"), to: command))
        let expected: [UInt8] = [
            0x43, 0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x25, 0x56, 0x78, 0x9F, 0xFF, 0xFF, 0xFF, 0xFF,
        ]
        #expect(command.withBytes { [UInt8]($0) } == expected)
    }

    @Test("A full command takes no block")
    func full() throws {
        let command = try SecretBytes()
        _ = command.fill(count: SecretBytes.capacity - 7) { _ in }
        #expect(!PINBlock.append(try secret("1234"), to: command))
        #expect(command.count == SecretBytes.capacity - 7)
    }
}
