import Testing

@testable import PacketFormat

@Suite("The text of an age key")
struct AgeKeyTests {
    @Test("gives the specification's sample recipient for its sample identity")
    func sample() throws {
        let identity = try AgeIdentity(AgeFixtures.x25519Identity)
        #expect(identity.recipient.text == AgeFixtures.x25519Recipient)
        #expect(identity.secretText == AgeFixtures.x25519Identity)
        #expect(try AgeRecipient(AgeFixtures.x25519Recipient) == identity.recipient)
    }

    @Test("is read back, and has the length of its kind", arguments: AgeRecipient.Kind.allCases)
    func roundTrip(kind: AgeRecipient.Kind) throws {
        let identity = try AgeIdentity.generate(kind)
        #expect(try AgeIdentity(identity.secretText).recipient == identity.recipient)
        #expect(try AgeRecipient(identity.recipient.text) == identity.recipient)
        #expect(identity.recipient.text.utf8.count == (kind == .hybrid ? 1959 : 62))
        #expect(identity.secretText.utf8.count == (kind == .hybrid ? 77 : 74))
        #expect(identity.recipient.keyID.utf8.count == 16)
    }

    @Test("is refused with any one character changed, in mixed case, cut, or with another prefix")
    func damaged() throws {
        let text = Array(AgeFixtures.x25519Recipient)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == "q" ? "p" : "q"
            #expect(throws: AgeError.self, "character \(index)") { try AgeRecipient(String(changed)) }
        }
        #expect(throws: AgeError.self) { try AgeRecipient("A" + AgeFixtures.x25519Recipient.dropFirst()) }
        #expect(throws: AgeError.self) { try AgeRecipient(String(AgeFixtures.x25519Recipient.dropLast())) }
        #expect(throws: AgeError.self) { try AgeRecipient(AgeFixtures.x25519Identity) }
        #expect(throws: AgeError.self) { try AgeIdentity(AgeFixtures.x25519Recipient) }
        #expect(throws: AgeError.self) { try AgeIdentity(AgeFixtures.x25519Identity.lowercased()) }
        for text in ["", "1", "age1", "age1qqqqqq", "age1\u{E9}", "age1 qqqqqqqq"] {
            #expect(throws: AgeError.self) { try AgeRecipient(text) }
        }
    }

    @Test(
        "BIP 173 vectors decode", arguments: ["A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"])
    func vectors(text: String) throws {
        #expect(try Bech32.decode(text).prefix == (text.lowercased().hasPrefix("a1") ? "a" : "abcdef"))
    }

    @Test(
        "BIP 173 counter-examples do not",
        arguments: ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8", "1qzzfhee"])
    func counterExamples(text: String) {
        #expect(throws: AgeError.self) { try Bech32.decode(text) }
    }

    @Test("a hybrid recipient of the right size that is no key is refused at once")
    func badLattice() {
        #expect(throws: AgeError.self) {
            try AgeRecipient(kind: .hybrid, publicKey: [UInt8](repeating: 0xFF, count: 1216))
        }
        #expect(throws: AgeError.self) { try AgeRecipient(kind: .hybrid, publicKey: [1, 2, 3]) }
        #expect(throws: AgeError.self) { try AgeRecipient(kind: .x25519, publicKey: [UInt8](repeating: 0, count: 32)) }
    }

    @Test("never shows a secret in a description")
    func description() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        #expect("\(identity)" == "AgeIdentity(mlkem768x25519 \(identity.recipient.keyID))")
    }

    @Test("is found in a key file between comments, and a file without one is refused")
    func keyFile() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let text = AgeKeyFile.text(of: identity)
        #expect(try AgeKeyFile.identities(in: text).map(\.recipient) == [identity.recipient])
        #expect(try AgeKeyFile.identities(in: "# x\r\n\r\n\(identity.secretText)\r\n").count == 1)
        #expect(try AgeKeyFile.recipients(in: identity.recipient.text + "\n") == [identity.recipient])
        for text in ["", "# only a comment\n", "not a key\n", text + "x"] {
            #expect(throws: AgeError.self) { try AgeKeyFile.identities(in: text) }
        }
    }
}
