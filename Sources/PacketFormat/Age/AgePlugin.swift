/// The plugin's side of a talk with another age tool (C2SP age-plugin), for hybrid keys: with it Debian's age
/// and others that do not know them open packets, and make files for central.
///
/// The tool first says all that it has, then the plugin answers; each answer but the last waits for the tool's
/// reply. A command that is not known is passed over, as the protocol asks.
package struct AgePlugin: Sendable {
    package enum Role: String, CaseIterable, Sendable {
        /// Unwraps file keys.
        case identity = "identity-v1"
        /// Wraps them.
        case recipient = "recipient-v1"
    }

    /// More than any tool says; `AgePluginLines` bounds the memory that they take.
    private static let mostStanzas = 4_096

    private let role: Role
    private var identities: [AgeIdentity] = []
    private var recipients: [AgeRecipient] = []
    /// File keys to wrap, in order.
    private var fileKeys: [AgeFileKey] = []
    /// What may hold a file key, by the tool's name for the file, in order.
    private var files: [(name: String, stanzas: [AgeStanza])] = []
    private var problems: [AgeStanza] = []
    private var stanzaCount = 0
    /// Nil while the tool speaks.
    private var answers: [AgeStanza]?

    package init(_ role: Role) { self.role = role }

    /// True when the last answer was given.
    package var isOver: Bool { answers?.isEmpty ?? false }

    /// Takes what the tool says, and gives what to say now.
    ///
    /// - Throws: `AgeError` when it says more than it may.
    package mutating func handle(_ stanza: AgeStanza) throws(AgeError) -> AgeStanza? {
        if answers != nil { return nextAnswer() }
        stanzaCount += 1
        guard stanzaCount <= Self.mostStanzas else { throw AgeError(.header, "too many commands") }
        switch (stanza.type, role) {
        case ("add-identity", _): addIdentity(stanza)
        case ("add-recipient", .recipient): addRecipient(stanza)
        case ("wrap-file-key", .recipient):
            if let key = AgeFileKey(stanza.body) { fileKeys.append(key) }
        case ("recipient-stanza", .identity): addStanza(stanza)
        case ("done", _):
            answers = problems.isEmpty ? role == .identity ? unwrap() : wrap() : problems
            answers?.append(AgeStanza(type: "done", arguments: [], body: []))
            return nextAnswer()
        default: break
        }
        return nil
    }

    private mutating func nextAnswer() -> AgeStanza? {
        guard let answer = answers?.first else { return nil }
        answers?.removeFirst()
        return answer
    }

    private mutating func addIdentity(_ stanza: AgeStanza) {
        guard let text = stanza.arguments.first, let identity = try? AgeIdentity(pluginText: text) else {
            return problems.append(Self.problem("identity", identities.count, "no hybrid identity"))
        }
        identities.append(identity)
        if role == .recipient { recipients.append(identity.recipient) }
    }

    private mutating func addRecipient(_ stanza: AgeStanza) {
        guard let text = stanza.arguments.first, let recipient = try? AgeRecipient(text), recipient.isPostQuantum else {
            return problems.append(Self.problem("recipient", recipients.count, "no hybrid recipient"))
        }
        recipients.append(recipient)
    }

    private mutating func addStanza(_ stanza: AgeStanza) {
        guard stanza.arguments.count >= 2 else { return }
        let name = stanza.arguments[0]
        if files.last?.name != name { files.append((name, [])) }
        files[files.count - 1].stanzas.append(
            AgeStanza(type: stanza.arguments[1], arguments: Array(stanza.arguments.dropFirst(2)), body: stanza.body))
    }

    private func unwrap() -> [AgeStanza] {
        files.compactMap { name, stanzas in
            for (index, stanza) in stanzas.enumerated() {
                for identity in identities {
                    do throws(AgeError) {
                        guard let key = try identity.unwrap(stanza) else { continue }
                        return AgeStanza(type: "file-key", arguments: [name], body: key.bytes)
                    } catch {
                        return AgeStanza(
                            type: "error", arguments: ["stanza", name, String(index)], body: Array(error.reason.utf8))
                    }
                }
            }
            return nil
        }
    }

    private func wrap() -> [AgeStanza] {
        var answers: [AgeStanza] = []
        for (index, key) in fileKeys.enumerated() {
            for recipient in recipients {
                guard let stanza = try? recipient.wrap(key) else { continue }
                answers.append(
                    AgeStanza(
                        type: "recipient-stanza", arguments: [String(index), stanza.type] + stanza.arguments,
                        body: stanza.body))
            }
        }
        return answers
    }

    private static func problem(_ what: String, _ index: Int, _ reason: String) -> AgeStanza {
        AgeStanza(type: "error", arguments: [what, String(index)], body: Array(reason.utf8))
    }
}

/// The bytes of a talk: lines to stanzas, with a limit for each line, for a stanza's body and for all of it.
///
/// What the tool says is kept until it has said all, so that the last is what bounds the memory.
package struct AgePluginLines: Sendable {
    /// A tool says the stanzas of a header or two, and the keys of a file with keys.
    static let largestTalk = 4 << 20

    private var parser = AgeStanzaParser()
    private var held: [UInt8] = []
    private var byteCount = 0

    package init() {}

    /// The stanzas that end within `bytes`.
    ///
    /// - Throws: `AgeError` with `.header`.
    package mutating func update(_ bytes: [UInt8]) throws(AgeError) -> [AgeStanza] {
        byteCount += bytes.count
        guard byteCount <= Self.largestTalk else { throw AgeError(.header, "too much is said") }
        var stanzas: [AgeStanza] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = held.isEmpty ? rest[..<end] : (held + rest[..<end])[...]
            held = []
            if let stanza = try parser.take(line) { stanzas.append(stanza) }
            rest = rest[(end + 1)...]
        }
        held += rest
        guard held.count <= AgeHeader.largestByteCount else { throw AgeError(.header, "a line is too long") }
        return stanzas
    }

    /// What is sent for a stanza.
    package static func bytes(of stanza: AgeStanza) -> [UInt8] { stanza.encoded }
}
