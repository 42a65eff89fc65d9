import Testing

@testable import PacketFormat

@Suite("The header parser")
struct AgeHeaderParserTests {
    private static let version = "age-encryption.org/v1\n"
    private static let stanza = "-> X25519 abc\n\(String(repeating: "A", count: 43))\n"
    private static let end = "--- \(String(repeating: "A", count: 43))\n"

    private func parse(_ text: String) throws -> AgeHeader? {
        var parser = AgeHeaderParser()
        var bytes = Array(text.utf8)[...]
        return try parser.consume(&bytes)
    }

    @Test("accepts stanzas of types that it does not know, with any arguments")
    func unknownStanza() throws {
        let header = try #require(try parse("\(Self.version)-> grease !~ x\n\n\(Self.stanza)\(Self.end)"))
        #expect(header.stanzas.map(\.type) == ["grease", "X25519"])
        #expect(header.stanzas[0].arguments == ["!~", "x"])
        #expect(header.stanzas[0].body.isEmpty)
        #expect(header.stanzas[1].body.count == 32)
    }

    @Test("writes what it reads")
    func roundTrip() throws {
        for count in [0, 1, 32, 47, 48, 49, 96, 97] {
            let stanza = AgeStanza(type: "t", arguments: ["a"], body: AgeFixtures.plaintext(count))
            let header = AgeHeader(stanzas: [stanza], fileKey: AgeFileKey())
            let text = String(decoding: header.encoded, as: UTF8.self)
            #expect(try parse(text) == header)
            #expect(header.byteCount == header.encoded.count)
        }
    }

    @Test(
        "refuses",
        arguments: [
            "age-encryption.org/v2\n", "age-encryption.org/v1\r\n", "age-encryption.org/v1 \n", "\n",
            "\(version)\(end)",
            "\(version)->\n\n\(end)", "\(version)-> \n\n\(end)", "\(version)->  X\n\n\(end)",
            "\(version)-> X \n\n\(end)", "\(version)-> X  y\n\n\(end)", "\(version)-> X\u{7F}\n\n\(end)",
            "\(version)-> \u{E9}\n\n\(end)", "\(version)-> X\r\n\n\(end)", "\(version)--> X\n\n\(end)",
            "\(version)-> X\n\(String(repeating: "A", count: 65))\n\(end)",
            "\(version)-> X\n\(String(repeating: "A", count: 64))\n\(end)",
            "\(version)-> X\nAAA=\n\(end)", "\(version)-> X\nA\n\(end)", "\(version)-> X\nAB\n\(end)",
            "\(version)-> X\nAA\nAA\n\(end)", "\(version)-> X\nAA\r\n\(end)", "\(version)-> X\nA A\n\(end)",
            "\(version)\(stanza)---\n", "\(version)\(stanza)--- \n",
            "\(version)\(stanza)---\(String(repeating: "A", count: 43))\n",
            "\(version)\(stanza)---  \(String(repeating: "A", count: 43))\n",
            "\(version)\(stanza)--- \(String(repeating: "A", count: 42))\n",
            "\(version)\(stanza)--- \(String(repeating: "A", count: 44))\n",
            "\(version)\(stanza)--- \(String(repeating: "A", count: 42))B\n",
            "\(version)\(stanza)--- \(String(repeating: "A", count: 43)) \n",
            "\(version)\(stanza)--- \(String(repeating: "A", count: 43))\r\n",
        ])
    func refuses(text: String) {
        #expect { try parse(text) } throws: { ($0 as? AgeError)?.failure == .header }
    }

    @Test("gives up at 64 KiB, with and without a line feed")
    func limit() {
        #expect(throws: AgeError(.header, "longer than 64 KiB")) {
            try parse(Self.version + "-> " + String(repeating: "x", count: 70_000))
        }
        #expect(throws: AgeError(.header, "longer than 64 KiB")) {
            try parse(Self.version + String(repeating: "-> x\n\n", count: 20_000))
        }
    }

    @Test("checks stanzas of a type that it opens before it decrypts")
    func ownStanzas() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let good = try identity.recipient.wrap(AgeFileKey())
        #expect(try identity.unwrap(good) != nil)
        let share = good.arguments[0]
        let wrong = [
            AgeStanza(type: "X25519", arguments: [], body: good.body),
            AgeStanza(type: "X25519", arguments: [share, "more"], body: good.body),
            AgeStanza(type: "X25519", arguments: [share + "A"], body: good.body),
            AgeStanza(type: "X25519", arguments: [share + "="], body: good.body),
            AgeStanza(type: "X25519", arguments: [share], body: good.body + [0]),
            AgeStanza(type: "X25519", arguments: [share], body: good.body.dropLast()),
        ]
        for stanza in wrong {
            #expect { try identity.unwrap(stanza) } throws: { ($0 as? AgeError)?.failure == .header }
        }
        #expect(try identity.unwrap(AgeStanza(type: "x25519", arguments: [], body: [])) == nil)
    }

    @Test("refuses a passphrase beside any other recipient, whoever reads it")
    func passphraseAlone() throws {
        let identity = try AgeFixtures.identity(.x25519)
        let key = AgeFileKey()
        let header = AgeHeader(
            stanzas: [try identity.recipient.wrap(key), try AgePassphrase("p", workFactor: 1).wrap(key)], fileKey: key)
        #expect { try header.fileKey(for: [identity]) } throws: { ($0 as? AgeError)?.failure == .header }
    }

    @Test(
        "refuses work factors that are not plain decimals",
        arguments: ["0", "01", "+1", "-1", "0x1", "1 ", "", "23", "99999999999999999999"])
    func workFactor(text: String) throws {
        let good = try AgePassphrase("p", workFactor: 1).wrap(AgeFileKey())
        let stanza = AgeStanza(type: "scrypt", arguments: [good.arguments[0], text], body: good.body)
        #expect { try AgePassphrase("p").unwrap(stanza) } throws: { ($0 as? AgeError)?.failure == .header }
    }
}
