import Crypto
import OfflineCacheSchema
import Testing

@Suite("Migrations")
struct SchemaMigrationTests {
    /// A released migration is never edited: a new line comes with each new one, no line changes.
    static let released = [
        "v001-store": "8d8b755b74ea3d203a48338fd8e48de7342359f644feabfa8212ac5fb49d2a88",
        "v002-login": "6af1158a647f0cf05d85a70d50c971fa54509f7983a8ffdbd5a31e21461b34c1",
        "v003-keys": "f9cd3396f982bf697bfa45dfdb04fe6da15c39bfacb22a586bf72ffd5f7cb2af",
        "v004-queue": "42f0d78f1a9ee78a5dbaa9d8d5c74027257f2b1d734d4fccb6cc71080c07ad21",
        "v005-audit": "1f115affec26333c3fbe9d97306146558f42f4a3d9e7530057c19035f8cf78cd",
        "v006-chain": "77b6cf6993dae001953e588f56532d1f93094dff550c42d4e5db3bc670041ee9",
        "v007-entry": "215ea18ab4d94763afed9606a51496800a1438f77f0927f3afb001dcfd89ffdf",
        "v008-rows": "09cda082f00f55ac0623a8bf8fc437de4171e114f2d7349c8d618e17bd05e9ea",
    ]

    @Test("every released migration is still the file that was released")
    func pinned() {
        let found = SchemaMigration.all.map { migration in
            (migration.name, SHA256.hash(data: Array(migration.sql.utf8)).map { hexByte($0) }.joined())
        }
        #expect(Dictionary(uniqueKeysWithValues: found) == Self.released)
    }

    @Test("names begin with a letter and sort in the order in which they are applied")
    func names() {
        let names = SchemaMigration.all.map(\.name)
        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.first?.isLetter == true })
    }
}

@Suite("Reasons to discard a draft")
struct DiscardReasonTests {
    @Test("each has a code of its own and words in the four languages of the screens")
    func table() {
        let reasons = DiscardReason.all
        #expect(reasons.count == 13)
        #expect(Set(reasons.map(\.code)).count == reasons.count)
        for reason in reasons {
            #expect(Set(reason.words.keys) == ["nl", "fr", "de", "en"])
            #expect(reason.words.values.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("a code is found again, and only a listed one")
    func lookup() {
        #expect(DiscardReason(code: "wrong-person")?.words["fr"] == "Mauvaise personne")
        #expect(DiscardReason(code: "because") == nil)
    }
}

private func hexByte(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
