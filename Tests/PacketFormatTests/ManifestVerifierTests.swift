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

    @Test("is believed in both versions, and only with what its version has")
    func versions() throws {
        let first = try ManifestSigner(key: key).sign(StatementFixtures.manifest())
        #expect(try verifier.verify(first.compact).manifest.version == 1)
        let digest = Manifest.caseDigest(of: CaseID("2026-0815-1"))
        let second = try ManifestSigner(key: key).sign(StatementFixtures.manifest(caseDigest: digest))
        #expect(second.manifest.version == 2 && second.manifest.caseDigest == digest)
        #expect(try verifier.verify(second.compact) == second)
        #expect(Manifest.claimed(by: second.compact)?.manifest == second.manifest)
        #expect(Manifest.claimed(by: second.compact)?.keyID == key.keyID)
        for wrong in [digest.uppercased(), String(digest.dropLast()), ""] {
            let signed = try ManifestSigner(key: key).sign(StatementFixtures.manifest(caseDigest: wrong))
            #expect(throws: StatementError.unreadable) { try verifier.verify(signed.compact) }
        }
        let payload = String(decoding: try CompactSignature.encode(second.manifest), as: UTF8.self)
        for (old, new) in [("\"version\":2", "\"version\":1"), ("\"version\":2", "\"version\":3")] {
            let changed = payload.replacing(old, with: new)
            #expect(changed != payload)
            let compact = try CompactSignature.sign(Array(changed.utf8), type: ManifestSigner.type, with: key)
            #expect(throws: StatementError.unreadable) { try verifier.verify(compact) }
        }
    }

    @Test("names a case the same on every kit, and by nothing that can be read")
    func caseDigest() {
        // printf 'draagbaar-loket case, version 1\n2026-0815-1' | sha256sum
        let expected = "2087a893a6da8054abfede3fcdecef2c53f45ba2801a92fdff9dd58acd472f57"
        #expect(Manifest.caseDigest(of: CaseID("2026-0815-1")) == expected)
        #expect(Manifest.caseDigest(of: CaseID("2026-0815-2")) != expected)
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
