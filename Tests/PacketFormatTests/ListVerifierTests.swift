import EnrolmentCore
import Testing

@testable import PacketFormat

@Suite("A signed list")
struct ListVerifierTests {
    private let key = ReceiptSigningKey()

    private func roster(version: Int = 3, kit: KitID = StatementFixtures.kit, officers: Int = 2) -> OfficerRoster {
        OfficerRoster(
            version: version, kit: kit, issuedAt: Timestamp(milliseconds: 1_795_293_600_000),
            validUntil: Timestamp(milliseconds: 1_797_885_600_000),
            officers: (0..<officers).map { number in
                RosterOfficer(
                    id: OfficerID("S\(number)"), nationalNumber: NationalNumber("7102030001\(number % 10)"),
                    mayUsePassphrase: number == 1)
            })
    }

    private func roots(_ version: String = "7") -> [UInt8] { Array(#"{"roots":[],"version":\#(version)}"#.utf8) }

    private func verify(
        _ compact: String, as kind: SignedListKind = .roster, replacing held: Int? = nil
    ) throws -> SignedList {
        try ListVerifier(kit: StatementFixtures.kit, keys: [key.verifyingKey])
            .verify(compact, as: kind, replacing: held)
    }

    @Test("is believed when all agrees, and holds what was signed")
    func roundTrip() throws {
        let signed = try ListSigner(key: key).sign(roster())
        let list = try verify(signed.compact, replacing: 3)
        #expect(list == signed)
        #expect(list.roster == roster())
        #expect(list.version == 3)
        let roots = try verify(ListSigner(key: key).sign(cardRoots: roots()).compact, as: .cardRoots, replacing: nil)
        #expect(roots.payload == self.roots())
        #expect(roots.version == 7 && roots.roster == nil)
    }

    @Test("never gives way to an older one")
    func downgrade() throws {
        let compact = try ListSigner(key: key).sign(roster()).compact
        #expect(throws: StatementError.olderVersion(held: 4, found: 3)) { try verify(compact, replacing: 4) }
    }

    @Test("for another kit is refused")
    func otherKit() throws {
        let compact = try ListSigner(key: key).sign(roster(kit: KitID("kit-08"))).compact
        #expect(throws: StatementError.otherKit) { try verify(compact) }
    }

    @Test("of one kind never passes for the other, nor for a receipt, nor a receipt for it")
    func kinds() throws {
        let signer = ListSigner(key: key)
        let (roster, roots) = (try signer.sign(roster()).compact, try signer.sign(cardRoots: roots()).compact)
        #expect(throws: StatementError.otherType) { try verify(roster, as: .cardRoots) }
        #expect(throws: StatementError.otherType) { try verify(roots, as: .roster) }
        let receipt = try ReceiptSigner(key: key).sign(StatementFixtures.receipt())
        #expect(throws: StatementError.otherType) { try verify(receipt) }
        #expect(throws: StatementError.otherType) {
            try ReceiptVerifier(server: StatementFixtures.server, keys: [key.verifyingKey])
                .verify(roots, for: StatementFixtures.manifest(), after: nil)
        }
    }

    @Test("of another key is refused, and so is one with any character changed")
    func tampered() throws {
        let compact = try ListSigner(key: key).sign(roster()).compact
        let other = try ListSigner(key: ReceiptSigningKey()).sign(roster()).compact
        #expect(throws: StatementError.unknownKey) { try verify(other) }
        let characters = Array(compact)
        for index in stride(from: 0, to: characters.count, by: 3) {
            var changed = characters
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(throws: StatementError.self, "character \(index)") { try verify(String(changed)) }
        }
    }

    @Test(
        "without a version of at least 1 is neither signed nor read",
        arguments: [
            "{}", #"{"version":0}"#, #"{"version":-1}"#, #"{"version":"1"}"#, #"{"version":1.5}"#, "[1]", "", "x",
        ])
    func noVersion(payload: String) throws {
        #expect(throws: StatementError.unreadable) { try ListSigner(key: key).sign(cardRoots: Array(payload.utf8)) }
        let signed = try CompactSignature.sign(Array(payload.utf8), type: "loket-card-roots+jws", with: key)
        #expect(throws: StatementError.unreadable) { try verify(signed, as: .cardRoots) }
    }

    @Test("holds a thousand officers, and is refused unread beyond its bound")
    func size() throws {
        let long = try ListSigner(key: key).sign(roster(officers: 1000))
        #expect(long.compact.utf8.count > CompactSignature.largestByteCount)
        #expect(try verify(long.compact).roster?.officers.count == 1000)
        #expect(throws: StatementError.tooLarge) { try ListSigner(key: key).sign(roster(officers: 8000)) }
        #expect(throws: StatementError.malformed) {
            try verify(String(repeating: "A", count: SignedList.largestByteCount + 1))
        }
    }

    @Test("shows nothing of its content when it is printed")
    func printing() throws {
        let list = try ListSigner(key: key).sign(roster())
        var dumped = ""
        dump(list, to: &dumped)
        for text in [dumped, "\(list)", String(reflecting: list)] {
            #expect(text.contains("roster 3") && !text.contains("710203") && !text.contains(list.compact.prefix(20)))
        }
    }
}
