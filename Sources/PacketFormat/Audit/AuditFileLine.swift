import FoundationEssentials

/// One line of a journal that was given away: JSON with its members in the order of their names, as
/// `Tests/Witness/audit-verify.py` reads it too.
///
/// A file begins with `audit`, holds each `line` of the journal and each `seal` behind the line that it covers
/// last, and ends with `end`, which signs every byte before it.
package enum AuditFileLine: Hashable, Sendable {
    package struct Head: Hashable, Sendable, Codable {
        /// Of the file's form; 1.
        package let version: Int
        package let kit: String
        package let training: Bool

        package init(version: Int = 1, kit: String, training: Bool) {
            self.version = version
            self.kit = kit
            self.training = training
        }
    }

    case head(Head)
    case line(JournalRecord)
    case seal(number: Int, statement: String)
    case end(statement: String)

    /// With the line's end.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Nil unless `bytes`, without the line's end, are exactly what `encoded` gives for some line: then no byte
    /// of a file can be another one without being seen.
    package init?(_ bytes: some Collection<UInt8>) {
        guard let line = try? JSONDecoder().decode(Self.self, from: Data(bytes)),
            let again = try? line.encoded(), again.dropLast().elementsEqual(bytes)
        else { return nil }
        self = line
    }
}

extension AuditFileLine: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
        // audit
        case version, kit, training
        // line
        case position, at, event
        case caseID = "case"
        case packet, officer, reason, digest
        // seal, end
        case number, statement
    }

    private enum Kind: String, Codable {
        case audit, line, seal, end
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        switch try members.decode(Kind.self, forKey: .type) {
        case .audit:
            self = .head(
                Head(
                    version: try members.decode(Int.self, forKey: .version),
                    kit: try members.decode(String.self, forKey: .kit),
                    training: try members.decode(Bool.self, forKey: .training)))
        case .line:
            self = .line(
                JournalRecord(
                    position: try members.decode(Int.self, forKey: .position),
                    at: try members.decode(Int64.self, forKey: .at),
                    event: try members.decode(String.self, forKey: .event),
                    caseID: try members.decodeIfPresent(String.self, forKey: .caseID),
                    packetID: try members.decodeIfPresent(String.self, forKey: .packet),
                    officer: try members.decodeIfPresent(String.self, forKey: .officer),
                    reason: try members.decodeIfPresent(String.self, forKey: .reason),
                    digest: try members.decode(String.self, forKey: .digest)))
        case .seal:
            self = .seal(
                number: try members.decode(Int.self, forKey: .number),
                statement: try members.decode(String.self, forKey: .statement))
        case .end: self = .end(statement: try members.decode(String.self, forKey: .statement))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .head(let head):
            try members.encode(Kind.audit, forKey: .type)
            try members.encode(head.version, forKey: .version)
            try members.encode(head.kit, forKey: .kit)
            try members.encode(head.training, forKey: .training)
        case .line(let line):
            try members.encode(Kind.line, forKey: .type)
            try members.encode(line.position, forKey: .position)
            try members.encode(line.at, forKey: .at)
            try members.encode(line.event, forKey: .event)
            try members.encodeIfPresent(line.caseID, forKey: .caseID)
            try members.encodeIfPresent(line.packetID, forKey: .packet)
            try members.encodeIfPresent(line.officer, forKey: .officer)
            try members.encodeIfPresent(line.reason, forKey: .reason)
            try members.encode(line.digest, forKey: .digest)
        case .seal(let number, let statement):
            try members.encode(Kind.seal, forKey: .type)
            try members.encode(number, forKey: .number)
            try members.encode(statement, forKey: .statement)
        case .end(let statement):
            try members.encode(Kind.end, forKey: .type)
            try members.encode(statement, forKey: .statement)
        }
    }
}
