import Testing

@testable import PacketFormat

@Suite("The age plugin for hybrid keys")
struct AgePluginTests {
    /// Says all of `stanzas` through the lines of a real talk, replies `ok` to each answer, and gives the answers.
    private func talk(_ role: AgePlugin.Role, _ stanzas: [AgeStanza], piece: Int = 100) throws -> [AgeStanza] {
        var (plugin, lines, answers) = (AgePlugin(role), AgePluginLines(), [AgeStanza]())
        var rest = (stanzas + [command("done")]).flatMap { AgePluginLines.bytes(of: $0) }[...]
        while !rest.isEmpty {
            for stanza in try lines.update(Array(rest.prefix(piece))) {
                if let answer = try plugin.handle(stanza) { answers.append(answer) }
            }
            rest = rest.dropFirst(piece)
        }
        while !plugin.isOver, let answer = try plugin.handle(command("ok")) { answers.append(answer) }
        return answers
    }

    private func command(_ type: String, _ arguments: String..., body: [UInt8] = []) -> AgeStanza {
        AgeStanza(type: type, arguments: arguments, body: body)
    }

    private func offered(_ stanza: AgeStanza, file: String = "0") -> AgeStanza {
        AgeStanza(type: "recipient-stanza", arguments: [file, stanza.type] + stanza.arguments, body: stanza.body)
    }

    @Test(
        "unwraps the key of each file that its identities open, and says nothing of the others",
        arguments: [1, 64, 9_000])
    func unwraps(piece: Int) throws {
        let (identity, other) = (try AgeFixtures.identity(.hybrid), try AgeIdentity.generate())
        let (first, second) = (AgeFileKey(), AgeFileKey())
        let answers = try talk(
            .identity,
            [
                command("add-identity", try #require(other.pluginText)), command("grease-x", body: [1, 2, 3]),
                command("add-identity", try #require(identity.pluginText)),
                offered(try AgeFixtures.identity(.x25519).recipient.wrap(first)),
                offered(try identity.recipient.wrap(first)),
                offered(try AgeIdentity.generate().recipient.wrap(second), file: "1"),
                offered(try other.recipient.wrap(second), file: "2"),
            ], piece: piece)
        #expect(answers.map(\.type) == ["file-key", "file-key", "done"])
        #expect(answers.map(\.arguments) == [["0"], ["2"], []])
        #expect(answers[0].body == first.bytes && answers[1].body == second.bytes)
    }

    @Test("wraps a file key for each recipient, so that their identities open it")
    func wraps() throws {
        let (identity, key) = (try AgeFixtures.identity(.hybrid), AgeFileKey())
        let answers = try talk(
            .recipient,
            [
                command("add-recipient", identity.recipient.text),
                command("add-identity", try #require(identity.pluginText)),
                command("wrap-file-key", body: key.bytes),
            ])
        #expect(answers.map(\.type) == ["recipient-stanza", "recipient-stanza", "done"])
        for answer in answers.dropLast() {
            let stanza = AgeStanza(
                type: answer.arguments[1], arguments: Array(answer.arguments.dropFirst(2)), body: answer.body)
            #expect(answer.arguments[0] == "0")
            #expect(try identity.unwrap(stanza)?.bytes == key.bytes)
        }
    }

    @Test("names what it cannot use: a key of another kind, a malformed stanza")
    func problems() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        #expect(try talk(.identity, [command("add-identity", "AGE-PLUGIN-PQ-1X")])[0].arguments == ["identity", "0"])
        #expect(
            try talk(.recipient, [command("add-recipient", AgeFixtures.x25519Recipient)])[0].arguments
                == ["recipient", "0"])
        let malformed = command("recipient-stanza", "0", "mlkem768x25519", "AAAA", body: [1])
        let answers = try talk(.identity, [command("add-identity", try #require(identity.pluginText)), malformed])
        #expect(answers.map(\.type) == ["error", "done"])
        #expect(answers[0].arguments == ["stanza", "0", "0"])
    }

    @Test("ends a talk that is no talk with an error")
    func noTalk() throws {
        var lines = AgePluginLines()
        #expect(throws: AgeError.self) { try lines.update(Array("hello\n".utf8)) }
        #expect(throws: AgeError.self) { try lines.update([UInt8](repeating: 0x2D, count: 70_000)) }
        #expect(throws: AgeError.self) {
            try talk(.identity, Array(repeating: command("recipient-stanza", "0", "x"), count: 5_000), piece: 4_000)
        }
    }

    @Test("a stanza without an end, and a talk without one, end at what they may take of the memory")
    func endless() throws {
        var lines = AgePluginLines()
        _ = try lines.update(Array("-> recipient-stanza 0 x\n".utf8))
        let body = Array((String(repeating: "A", count: 64) + "\n").utf8)
        var count = 0
        let error = #expect(throws: AgeError.self) {
            while count < 100_000 {
                _ = try lines.update(body)
                count += 1
            }
        }
        #expect(error?.reason == "a body is too long" && count <= (64 << 10) / 48)

        var talk = AgePluginLines()
        let command = AgePluginLines.bytes(of: command("x", String(repeating: "a", count: 60_000)))
        var said = 0
        #expect(throws: AgeError(.header, "too much is said")) {
            while said < 100 << 20 {
                _ = try talk.update(command)
                said += command.count
            }
        }
        #expect(said <= AgePluginLines.largestTalk)
    }

    @Test("knows a hybrid identity under its own name and under the plugin's, and no other")
    func names() throws {
        let identity = try AgeFixtures.identity(.hybrid)
        let text = try #require(identity.pluginText)
        #expect(text.hasPrefix("AGE-PLUGIN-PQ-1") && text.utf8.count == 73)
        #expect(try AgeIdentity(pluginText: text).recipient == identity.recipient)
        #expect(try AgeFixtures.identity(.x25519).pluginText == nil)
        #expect(throws: AgeError.self) { try AgeIdentity(pluginText: identity.secretText) }
        #expect(throws: AgeError.self) { try AgeIdentity(text) }
    }
}
