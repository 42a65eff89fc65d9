import EnrolmentCore
import Testing

@testable import PacketFormat

@Suite("A signed manifest")
struct ManifestVerifierTests {
    private let key = KitSigningKey()
    private var verifier: ManifestVerifier { ManifestVerifier(keys: [StatementFixtures.kit: [key.verifyingKey]]) }

    @Test("is believed from the kit that it names")
    func roundTrip() throws {
        let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest())
        #expect(try verifier.verify(signed.compact) == signed)
        #expect(signed.digest.utf8.count == 64)
    }

    @Test("is refused when it names another kit than its key belongs to")
    func otherKit() throws {
        let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest(kit: KitID("kit-08")))
        #expect(throws: StatementError.otherKit) { try verifier.verify(signed.compact) }
    }

    @Test("is refused from a key that nobody pinned")
    func unknownKey() throws {
        let signed = try ManifestSigner(key: KitSigningKey()).sign(StatementFixtures.manifest())
        #expect(throws: StatementError.unknownKey) { try verifier.verify(signed.compact) }
    }

    @Test("is not a receipt, nor is a receipt a manifest")
    func otherType() throws {
        let receipt = try ReceiptSigner(key: key).sign(StatementFixtures.receipt())
        #expect(throws: StatementError.otherType) { try verifier.verify(receipt) }
        let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest())
        let receipts = ReceiptVerifier(server: StatementFixtures.server, keys: [key.verifyingKey])
        #expect(throws: StatementError.otherType) {
            try receipts.verify(signed.compact, for: StatementFixtures.manifest(), after: nil)
        }
    }

    @Test("is refused when what was signed is something else")
    func unreadable() throws {
        for payload in [#"{}"#, #"[]"#, "", #"{"version":2}"#] {
            let compact = try CompactSignature.sign(Array(payload.utf8), type: ManifestSigner.type, with: key)
            #expect(throws: StatementError.unreadable) { try verifier.verify(compact) }
        }
    }

    @Test("holds with either key while a kit's key is being replaced")
    func rotation() throws {
        let next = KitSigningKey()
        let verifier = ManifestVerifier(keys: [StatementFixtures.kit: [key.verifyingKey, next.verifyingKey]])
        for key in [key, next] {
            let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest())
            #expect(try verifier.verify(signed.compact) == signed)
        }
    }
}
