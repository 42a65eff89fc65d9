import Testing

@testable import PacketFormat

@Suite("A changed age file")
struct AgeTamperTests {
    @Test("that is cut anywhere never opens", arguments: AgeRecipient.Kind.allCases)
    func truncated(kind: AgeRecipient.Kind) throws {
        let identity = try AgeFixtures.identity(kind)
        let file = try AgeFixtures.seal([1, 2, 3, 4, 5], for: identity.recipient)
        let header = kind == .hybrid ? 1627 : 168
        for length in 0..<file.count {
            let expected: AgeError.Failure = length < header + 16 ? .header : .payload
            #expect(AgeFixtures.failure(Array(file.prefix(length)), with: identity) == expected, "cut at \(length)")
        }
    }

    @Test("is refused for each byte that is changed, with the class of its region")
    func everyByte() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let file = try AgeFixtures.seal([1, 2, 3, 4, 5], for: identity.recipient)
        for index in file.indices {
            var changed = file
            changed[index] ^= 1
            let failure = AgeFixtures.failure(changed, with: identity)
            #expect(expected(at: index).contains(failure), "byte \(index): \(String(describing: failure))")
        }
    }

    /// The X25519 header is 168 bytes: version line to 21, type to 31, share to 76, body to 120, end
    /// line to 167.
    private func expected(at index: Int) -> Set<AgeError.Failure?> {
        switch index {
        case 0..<22: [.header]
        case 22..<25: [.header]
        // Another type is no stanza of ours, a byte outside the grammar is no stanza at all.
        case 25..<32: [.noMatch, .header]
        // A share may stay a share of another point, or stop being canonical base64.
        case 32..<76, 76..<120: [.noMatch, .header]
        case 120..<124: [.header]
        case 124..<167: [.headerMAC, .header]
        case 167: [.header]
        default: [.payload]
        }
    }

    @Test("is refused with the right class in each region of a hybrid header")
    func hybridRegions() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let file = try AgeFixtures.seal(AgeFixtures.plaintext(70_000), for: identity.recipient)
        func failure(changing index: Int, to byte: UInt8) -> AgeError.Failure? {
            var changed = file
            changed[index] = changed[index] == byte ? byte ^ 3 : byte
            return AgeFixtures.failure(changed, with: identity)
        }
        let a = UInt8(ascii: "A")
        #expect(failure(changing: 20, to: UInt8(ascii: "2")) == .header)
        #expect(failure(changing: 25, to: UInt8(ascii: "M")) == .noMatch)
        // In the ML-KEM ciphertext: implicit rejection.
        #expect(failure(changing: 100, to: a) == .noMatch)
        // In the wrapped file key.
        #expect(failure(changing: 1540, to: a) == .noMatch)
        // In the MAC.
        #expect(failure(changing: 1600, to: a) == .headerMAC)
        // In the nonce, the first chunk, its tag, the last chunk, its tag.
        for index in [1627, 1643, 1643 + 65_540, 1643 + 65_552, file.count - 1] {
            #expect(failure(changing: index, to: a) == .payload)
        }
    }

    @Test("with a stanza added by someone who cannot know the file key fails its authentication")
    func addedStanza() throws {
        let (identity, other) = (try AgeFixtures.identity(.x25519), try AgeIdentity.generate(.x25519))
        let file = try AgeFixtures.seal([1], for: identity.recipient)
        let forged = try other.recipient.wrap(AgeFileKey()).encoded
        let changed = Array(file[..<22]) + forged + Array(file[22...])
        #expect(AgeFixtures.failure(changed, with: identity) == .headerMAC)
    }

    @Test("with its chunks swapped, repeated, dropped or added to is refused")
    func chunks() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let file = try AgeFixtures.seal(AgeFixtures.plaintext(3 * 65_536), for: identity.recipient)
        let head = Array(file[..<184])
        let chunk = (0..<3).map { Array(file[(184 + $0 * 65_552)..<(184 + ($0 + 1) * 65_552)]) }
        #expect(AgeFixtures.failure(head + chunk[0] + chunk[1] + chunk[2], with: identity) == nil)
        #expect(AgeFixtures.failure(head + chunk[1] + chunk[0] + chunk[2], with: identity) == .payload)
        #expect(AgeFixtures.failure(head + chunk[0] + chunk[1], with: identity) == .payload)
        #expect(AgeFixtures.failure(head + chunk[0] + chunk[2], with: identity) == .payload)
        #expect(AgeFixtures.failure(head + chunk[0] + chunk[1] + chunk[2] + chunk[2], with: identity) == .payload)
        #expect(AgeFixtures.failure(head + chunk[0] + chunk[1] + chunk[2] + [0], with: identity) == .payload)
        #expect(AgeFixtures.failure(head, with: identity) == .payload)
    }

    @Test("gives errors for ever once it gave one")
    func staysFailed() throws {
        let identity = try AgeFixtures.identity(.x25519)
        var decryptor = AgeDecryptor(identities: [identity])
        #expect(throws: AgeError.self) { try decryptor.update(Array("no age file\n".utf8)) { _ in } }
        let file = try AgeFixtures.seal([1], for: identity.recipient)
        #expect(throws: AgeError.self) { try decryptor.update(file) { _ in } }
        #expect(throws: AgeError.self) { try decryptor.finish { _ in } }
    }

    @Test("a share of low order is refused, not taken for another key's")
    func lowOrderShare() throws {
        let identity = try AgeFixtures.identity(.x25519)
        for point in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31)] {
            let stanza = AgeStanza(
                type: "X25519", arguments: [String(decoding: Base64.unpadded.encode(point), as: UTF8.self)],
                body: [UInt8](repeating: 7, count: 32))
            #expect(throws: AgeError(.header, "the X25519 share is degenerate")) { try identity.unwrap(stanza) }
        }
    }
}
