import Crypto
package import EnrolmentCore
import FoundationEssentials

/// A card that opens a kit's key, as the kit remembers it: sealed, and without a personal datum.
package struct CardOpener: Hashable, Sendable, Codable {
    /// Whose card it is.
    package let officer: OfficerID
    /// What the machine's chip makes of the card's key.
    package let branch: [UInt8]
    /// Until when its certificate holds.
    package let validUntil: Timestamp
    /// SHA-256 of the question whether its certificate was revoked, as the store keeps questions; empty where nobody
    /// can be asked.
    package let question: [UInt8]
    package let addedAt: Timestamp
    /// What a list of revocations would name its certificate by, at most 64 bytes; empty where no list can.
    package let listedName: [UInt8]

    /// - Parameter officer: at most 64 bytes of UTF-8.
    package init(
        officer: OfficerID, branch: [UInt8], validUntil: Timestamp, question: [UInt8], listedName: [UInt8],
        addedAt: Timestamp
    ) {
        self.officer = officer
        self.branch = branch
        self.validUntil = validUntil
        self.question = question
        self.addedAt = addedAt
        self.listedName = listedName
    }

    /// What `question` is made of: a question as the store keeps it.
    package static func digest(ofQuestion content: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: content)) }

    private enum CodingKeys: String, CodingKey { case officer, branch, validUntil, question, addedAt, listedName }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        officer = OfficerID(try container.decode(String.self, forKey: .officer))
        branch = Array(try container.decode(Data.self, forKey: .branch))
        validUntil = Timestamp(milliseconds: try container.decode(Int64.self, forKey: .validUntil))
        question = Array(try container.decode(Data.self, forKey: .question))
        addedAt = Timestamp(milliseconds: try container.decode(Int64.self, forKey: .addedAt))
        // A program that looked at no lists wrote none.
        listedName = Array(try container.decodeIfPresent(Data.self, forKey: .listedName) ?? Data())
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(officer.text, forKey: .officer)
        try container.encode(Data(branch), forKey: .branch)
        try container.encode(validUntil.milliseconds, forKey: .validUntil)
        try container.encode(Data(question), forKey: .question)
        try container.encode(addedAt.milliseconds, forKey: .addedAt)
        try container.encode(Data(listedName), forKey: .listedName)
    }

    static func encoded(_ openers: [CardOpener]) throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard
            openers.allSatisfy({
                $0.officer.text.utf8.count <= 64 && $0.question.count <= 32 && $0.listedName.count <= 64
            }),
            let text = try? encoder.encode(openers)
        else { throw .unwritable("store.key (cards)") }
        return Array(text)
    }

    static func decoded(_ text: SecretBytes) throws(StoreError) -> [CardOpener] {
        let text = text.withBytes { Data($0) }
        guard let openers = try? JSONDecoder().decode([CardOpener].self, from: text) else { throw .keyDamaged }
        return openers
    }
}
