import Testing

@testable import PacketFormat

@Suite("A passphrase")
struct AgePassphraseTests {
    private func failure(_ factor: String, memory: Int?) throws -> AgeError? {
        let good = try AgePassphrase("p", workFactor: 1).wrap(AgeFileKey())
        let stanza = AgeStanza(type: "scrypt", arguments: [good.arguments[0], factor], body: good.body)
        do {
            _ = try AgePassphrase(bytes: [1], availableMemory: { memory }).unwrap(stanza)
            return nil
        } catch {
            return error
        }
    }

    @Test("is not tried when the machine lacks the memory that the file asks for: 4 GiB at the limit of 22")
    func memory() throws {
        #expect(
            try failure("22", memory: 4 << 30)
                == AgeError(.memory, "the passphrase's work factor needs 4096 MiB of memory"))
        #expect(try failure("14", memory: 16 << 20)?.failure == .memory)
        #expect(try failure("14", memory: 18 << 20) == nil)
        #expect(try failure("10", memory: nil) == nil)
    }

    @Test("above the limit is a fault of the header, whatever memory there is")
    func limit() throws {
        for factor in ["23", "62", "63", "64", "9223372036854775807"] {
            #expect(try failure(factor, memory: .max)?.failure == .header, "\(factor)")
        }
    }

    @Test("may be any bytes, but not none")
    func bytes() throws {
        let key = AgeFileKey()
        let stanza = try AgePassphrase(bytes: [0xFF, 0x20, 0x00], workFactor: 1).wrap(key)
        #expect(try AgePassphrase(bytes: [0xFF, 0x20, 0x00]).unwrap(stanza)?.bytes == key.bytes)
        #expect(try AgePassphrase(bytes: [0xFF, 0x20, 0x01]).unwrap(stanza) == nil)
        #expect(throws: AgeError(.key, "an empty passphrase")) { try AgePassphrase("").wrap(key) }
    }

    @Test("knows how much memory is left on this machine")
    func room() throws {
        let room = try #require(MemoryRoom.bytes())
        #expect(room > 1 << 20)
    }
}
