import Glibc
import Testing

@testable import PacketFormat

@Suite("An age file")
struct AgeRoundTripTests {
    @Test(
        "opens to what was sealed, whatever its length and pieces",
        arguments: [0, 1, 65_535, 65_536, 65_537, 131_072], AgeRecipient.Kind.allCases)
    func roundTrip(length: Int, kind: AgeRecipient.Kind) throws {
        let identity = try AgeFixtures.identity(kind)
        let plain = AgeFixtures.plaintext(length)
        let file = try AgeFixtures.seal(plain, for: identity.recipient)
        let header = kind == .hybrid ? 1627 : 168
        #expect(file.count == header + 16 + length + 16 * max(1, (length + 65_535) / 65_536))
        #expect(try AgeFixtures.open(file, with: identity) == plain)
        #expect(try AgeFixtures.open(file, with: identity, piece: 4_099) == plain)
    }

    @Test("opens when its bytes come one by one")
    func byteByByte() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let plain = AgeFixtures.plaintext(500)
        let file = try AgeFixtures.seal(plain, for: identity.recipient)
        #expect(try AgeFixtures.open(file, with: identity, piece: 1) == plain)
    }

    @Test("is the same whether the plaintext came in one piece or in many")
    func pieces() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let plain = AgeFixtures.plaintext(140_000)
        var rest = plain[...]
        var file: [UInt8] = []
        try AgeWriter.encrypt(
            {
                defer { rest = rest.dropFirst(777) }
                return rest.isEmpty ? nil : Array(rest.prefix(777))
            }, to: [identity.recipient], into: { file += $0 })
        #expect(try AgeFixtures.open(file, with: identity) == plain)
    }

    @Test("never repeats: two files of one plaintext share no key and no nonce")
    func fresh() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let first = try AgeFixtures.seal([1, 2, 3], for: identity.recipient)
        let second = try AgeFixtures.seal([1, 2, 3], for: identity.recipient)
        #expect(first.suffix(35) != second.suffix(35))
        #expect(first.prefix(168) != second.prefix(168))
    }

    @Test("opens with any one of its recipients")
    func severalRecipients() throws {
        let (first, second) = (try AgeIdentity.generate(), try AgeIdentity.generate())
        var file: [UInt8] = []
        try AgeWriter.encrypt(pieces([7, 8, 9]), to: [first.recipient, second.recipient], into: { file += $0 })
        #expect(try AgeFixtures.open(file, with: first) == [7, 8, 9])
        #expect(try AgeFixtures.open(file, with: second) == [7, 8, 9])
    }

    @Test("is refused for hybrid and X25519 recipients together, for none, and for a passphrase with company")
    func mixedRecipients() throws {
        let hybrid = try AgeFixtures.identity(.hybrid).recipient
        let x25519 = try AgeFixtures.identity(.x25519).recipient
        #expect(throws: AgeError.self) { try AgeEncryptor(to: []) }
        #expect(throws: AgeError.self) { try AgeEncryptor(to: [hybrid, x25519]) }
        #expect(throws: AgeError.self) { try AgeEncryptor(to: [hybrid, AgePassphrase("p", workFactor: 2)]) }
    }

    @Test("of both kinds, made by another tool, still opens with either")
    func foreignMix() throws {
        let (hybrid, x25519) = (try AgeFixtures.identity(.hybrid), try AgeFixtures.identity(.x25519))
        var encryptor = try AgeEncryptor(fileKey: AgeFileKey(), recipients: [hybrid.recipient, x25519.recipient])
        var file: [UInt8] = []
        try encryptor.finish { file += $0 }
        #expect(try AgeFixtures.open(file, with: hybrid).isEmpty)
        #expect(try AgeFixtures.open(file, with: x25519).isEmpty)
    }

    @Test("opens with its passphrase and with no other")
    func passphrase() throws {
        let file = try AgeFixtures.seal([1, 2, 3], for: AgePassphrase("correct", workFactor: 4))
        #expect(try AgeFixtures.open(file, with: AgePassphrase("correct")) == [1, 2, 3])
        #expect(AgeFixtures.failure(file, with: AgePassphrase("wrong")) == .noMatch)
        #expect(AgeFixtures.failure(file, with: AgePassphrase("correct", limit: 3)) == .header)
    }

    @Test("of 50 MB passes through in bounded memory, both ways")
    func boundedMemory() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let piece = AgeFixtures.plaintext(50_000)
        // Once through first, so that what is only set up once is not counted.
        _ = try AgeFixtures.open(try AgeFixtures.seal(piece, for: identity.recipient), with: identity)
        let before = try residentBytes()
        var (left, released, peak) = (1_000, 0, 0)
        var decryptor = AgeDecryptor(identities: [identity])
        try AgeWriter.encrypt(
            {
                left -= 1
                if left % 100 == 0 { peak = max(peak, try residentBytes()) }
                return left >= 0 ? piece : nil
            }, to: [identity.recipient], into: { try decryptor.update($0) { released += $0.count } })
        try decryptor.finish { released += $0.count }
        #expect(released == 50_000_000)
        #expect(peak - before < 20 << 20, "grew by \(peak - before) bytes")
    }

    private func pieces(_ bytes: [UInt8]) -> ByteSource {
        var rest: [UInt8]? = bytes
        return {
            defer { rest = nil }
            return rest
        }
    }

    private func residentBytes() throws -> Int {
        let file = try #require(fopen("/proc/self/statm", "r"))
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        _ = try #require(fgets(&text, 128, file))
        let fields = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        return try #require(Int(fields[1])) * sysconf(Int32(_SC_PAGESIZE))
    }
}
