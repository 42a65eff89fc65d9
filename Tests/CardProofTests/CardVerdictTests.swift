import CardProof
import Crypto
import DeviceEmulation
import EnrolmentCore
import Testing

@Suite("Verdicts on cards")
struct CardVerdictTests {
    @Test(
        "every honest profile is right in all its parts",
        arguments: [
            CardProfile.v10, .v10EMV, .v11, .v17, .v17Rekeyed, .v18, .kidsUnder6Applet17, .kidsUnder6, .kids6To12,
            .foreignerEUPlus, .foreignerA, .mixedPhoto, .mixedAddress, .notActivated,
        ])
    func honest(_ profile: CardProfile) throws {
        let proof = try ProofFixture(profile).proof()
        #expect(proof.verdict == .revocationNotChecked, "\(proof.findings)")
        #expect(proof.isTest)
        #expect(proof.outcome(of: .revocation) == .notChecked)
        let parts = proof.findings.map(\.outcome)
        #expect(parts.allSatisfy { $0 == .right || $0 == .notApplicable || $0 == .notChecked })
        #expect(Set(proof.findings.map(\.part)) == Set(CardFinding.Part.allCases))
        #expect(proof.root?.contains("TEST") == true)
        #expect(proof.trustListVersion == 1)
    }

    @Test("what fills a certificate's file does not matter", arguments: [CardProfile.v11, .v17, .v17Rekeyed, .v18])
    func wholeFiles(_ profile: CardProfile) throws {
        let fixture = try ProofFixture(profile)
        let prover = CardProver(try fixture.trust())
        #expect(prover.proof(of: try fixture.reading(isWhole: true), at: fixture.time).verdict == .revocationNotChecked)
    }

    @Test("case 24: identity by SHA-1 and address by SHA-256 are told apart on one card")
    func mixedDigests() throws {
        let proof = try ProofFixture(.mixedAddress).proof()
        let details = proof.findings.filter { $0.part == .identitySignature || $0.part == .addressSignature }
            .map(\.detail)
        #expect(details == ["SHA-1, RSA-1024", "SHA-256, RSA-1024"])
    }

    @Test("case 24: a photo by SHA-1 goes with signatures by SHA-256")
    func mixedPhoto() throws {
        let proof = try ProofFixture(.mixedPhoto).proof()
        #expect(proof.findings.first { $0.part == .photoDigest }?.detail == "SHA-1")
        #expect(proof.findings.first { $0.part == .identitySignature }?.detail == "SHA-256, RSA-2048")
    }

    @Test("case 25: the address is signed with the identity's signature as it is stored, filling included")
    func trimmedIdentitySignature() throws {
        let fixture = try ProofFixture(.v17Rekeyed)
        let reading = try fixture.reading()
        let stored = try #require(reading.files[.identitySignature])
        let address = try #require(reading.files[.address])
        let trimmed = Self.withoutZeros(stored)
        #expect(stored.count == 256 && trimmed.count < 110)
        let other = try fixture.authority.registrySignature(over: Self.withoutZeros(address) + trimmed)
        let filled = other + [UInt8](repeating: 0, count: 256 - other.count)
        let proof = CardProver(try fixture.trust()).proof(
            of: reading.with([.addressSignature: filled]), at: fixture.time)
        #expect(proof.outcome(of: .addressSignature) == .wrong)
        #expect(proof.verdict == .forged)
    }

    @Test("case 25: zero bytes inside an address are part of it, those behind it are not", arguments: [0, 3, 30])
    func zerosInAddress(_ padding: Int) throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let content: [UInt8] =
            [0x01, 0x04, 0x41, 0x00, 0x00, 0x42, 0x02, 0x04] + [UInt8]("9999".utf8) + [0x03, 0x01, 0x54]
        let signature = try fixture.authority.registrySignature(
            over: content + (try #require(reading.files[.identitySignature])))
        let proof = CardProver(try fixture.trust()).proof(
            of: reading.with([
                .address: content + [UInt8](repeating: 0, count: padding), .addressSignature: signature,
            ]), at: fixture.time)
        #expect(proof.outcome(of: .addressSignature) == .right)
    }

    @Test("an address that holds nothing is right when its signature says so, and cannot be checked without one")
    func emptyAddress() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let prover = CardProver(try fixture.trust())
        let zeros = [UInt8](repeating: 0, count: 121)
        let signature = try fixture.authority.registrySignature(
            over: try #require(reading.files[.identitySignature]))
        let signed = prover.proof(of: reading.with([.address: zeros, .addressSignature: signature]), at: fixture.time)
        #expect(signed.verdict == .revocationNotChecked)
        let unsigned = prover.proof(of: reading.with([.address: zeros, .addressSignature: zeros]), at: fixture.time)
        #expect(unsigned.verdict == .cannotBeChecked)
        let blanked = prover.proof(of: reading.with([.address: zeros]), at: fixture.time)
        #expect(blanked.verdict == .forged)
        let unread = prover.proof(of: reading.with([.address: nil]), at: fixture.time)
        #expect(unread.verdict == .cannotBeChecked)
    }

    @Test(
        "case 26: files of another card, and a chain that a forger made, are forged",
        arguments: [CardProfile.otherPhoto, .otherAddress, .strangeRegistry, .falseRoot])
    func forged(_ profile: CardProfile) throws {
        let fixture = try ProofFixture(profile)
        // The false root is its own; a kit knows Belgium's and the one of tests.
        let known = try TestCardAuthority(.ellipticCurve)
        let proof = try fixture.proof(try ProofFixture.trust([known]))
        #expect(proof.verdict == .forged, "\(proof.findings)")
        let wrong: [CardProfile: [CardFinding.Part]] = [
            .otherPhoto: [.photoDigest], .otherAddress: [.addressSignature], .strangeRegistry: [.registryCertificate],
            .falseRoot: [.registryCertificate, .root],
        ]
        #expect(proof.findings.filter { $0.outcome == .wrong }.map(\.part) == wrong[profile])
    }

    @Test("case 26: a root that nobody knows cannot be checked, even with all signatures right")
    func unknownRoot() throws {
        let fixture = try ProofFixture(.v18)
        let proof = try fixture.proof(CardTrust(try TrustList.builtIn(), acceptsTestRoots: true))
        #expect(proof.verdict == .cannotBeChecked)
        #expect(proof.outcome(of: .root) == .notPossible)
        #expect(proof.outcome(of: .identitySignature) == .right)
        #expect(proof.root == nil && !proof.isTest)
    }

    @Test("case 26: a kit that serves people takes no test root, and says why")
    func testRootOnProduction() throws {
        let fixture = try ProofFixture(.v18)
        let proof = try fixture.proof(try fixture.trust(acceptsTestRoots: false))
        #expect(proof.verdict == .cannotBeChecked)
        #expect(proof.isTest)
        let root = try #require(proof.findings.first { $0.part == .root })
        #expect(root.outcome == .notPossible && root.detail.contains("tests"))
    }

    @Test("case 26: a chain that ran out is told from one that is wrong")
    func expired() throws {
        let proof = try ProofFixture(.expiredChain).proof()
        #expect(proof.verdict == .chainExpired)
        #expect(proof.outcome(of: .registryCertificate) == .expired)
        #expect(proof.outcome(of: .identitySignature) == .right)
    }

    @Test("certificates are judged by the second at which the card was read")
    func validityByReading() throws {
        var fixture = try ProofFixture(.expiredChain)
        fixture.time = ProofFixture.day(2021, 12, 15)
        #expect(try fixture.proof().verdict == .revocationNotChecked)
        fixture.time = Timestamp(milliseconds: ProofFixture.day(2021, 12, 15).milliseconds + 999)
        #expect(try fixture.proof().verdict == .revocationNotChecked)
        fixture.time = Timestamp(milliseconds: ProofFixture.day(2021, 12, 15).milliseconds + 1000)
        #expect(try fixture.proof().verdict == .chainExpired)
        fixture.time = ProofFixture.day(2007, 10, 3)
        #expect(try fixture.proof().verdict == .cannotBeChecked)
    }

    @Test("a card is not believed because it was read in the past of a kit whose clock ran flat")
    func clockInThePast() throws {
        var fixture = try ProofFixture(.v18)
        fixture.time = ProofFixture.day(1970, 1, 1)
        let proof = try fixture.proof()
        #expect(proof.verdict == .cannotBeChecked)
        #expect(proof.findings.first { $0.part == .registryCertificate }?.detail.contains("clock") == true)
    }

    @Test("case 27: a copy of all files in another chip is forged")
    func clone() throws {
        let proof = try ProofFixture(.clone).proof()
        #expect(proof.verdict == .forged)
        #expect(proof.outcome(of: .basicKeyDigest) == .right)
        #expect(proof.outcome(of: .chipGenuineness) == .wrong)
    }

    @Test("case 27: without its key, or without an answer, a chip cannot be checked")
    func noAnswer() throws {
        #expect(try ProofFixture(.noBasicKey).proof().verdict == .cannotBeChecked)
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let prover = CardProver(try fixture.trust())
        let question = try #require(reading.challenge).challenge
        let refused = reading.with(challenge: CardChallenge(challenge: question, response: []))
        #expect(prover.proof(of: refused, at: fixture.time).verdict == .cannotBeChecked)
        #expect(prover.proof(of: reading.with(challenge: nil), at: fixture.time).verdict == .cannotBeChecked)
        let short = CardChallenge(challenge: [1, 2, 3], response: [UInt8](repeating: 1, count: 96))
        #expect(prover.proof(of: reading.with(challenge: short), at: fixture.time).verdict == .cannotBeChecked)
    }

    @Test("case 27: an answer to another challenge is no answer")
    func otherChallenge() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let old = try #require(reading.challenge)
        let asked = CardChallenge(challenge: old.challenge.map { $0 ^ 1 }, response: old.response)
        let proof = CardProver(try fixture.trust()).proof(of: reading.with(challenge: asked), at: fixture.time)
        #expect(proof.verdict == .forged)
    }

    @Test("case 27: another key than the identity names is forged")
    func otherKey() throws {
        var fixture = try ProofFixture(.v18)
        let other = P384.Signing.PrivateKey()
        fixture.image.basicKey = other
        fixture.image.files[.basicKey] = [UInt8](other.publicKey.derRepresentation)
        let proof = try fixture.proof()
        #expect(proof.verdict == .forged)
        #expect(proof.outcome(of: .basicKeyDigest) == .wrong)
    }

    @Test("a copy of an applet 1.8 card does not pass by calling itself 1.7")
    func downgrade() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading().with([.basicKey: nil], appletVersion: 0x17).with(challenge: nil)
        let proof = CardProver(try fixture.trust()).proof(of: reading, at: fixture.time)
        #expect(proof.verdict == .cannotBeChecked)
        #expect(proof.outcome(of: .chipGenuineness) == .notPossible)
    }

    @Test("a chip that gives another number than the identity file is forged")
    func otherChip() throws {
        let fixture = try ProofFixture(.v17)
        let reading = try fixture.reading().with([:], chipNumber: [UInt8](repeating: 7, count: 16))
        #expect(CardProver(try fixture.trust()).proof(of: reading, at: fixture.time).verdict == .forged)
    }

    @Test("case 28: a photo whose digest is of no known length, or no photo, cannot be checked")
    func photoDigests() throws {
        let fixture = try ProofFixture(.v17)
        let prover = CardProver(try fixture.trust())
        let none = prover.proof(of: try fixture.reading().with([.photo: nil]), at: fixture.time)
        #expect(none.verdict == .cannotBeChecked)
        let identity: [UInt8] = [0x02, 0x10] + fixture.image.cardData.prefix(16) + [0x11, 0x03, 1, 2, 3]
        let signature = try fixture.authority.registrySignature(over: identity)
        let odd = prover.proof(
            of: try fixture.reading().with([.identity: identity, .identitySignature: signature]), at: fixture.time)
        #expect(odd.outcome(of: .photoDigest) == .notPossible)
        #expect(odd.outcome(of: .identitySignature) == .right)
    }

    @Test(
        "case 28: a photo of another card is wrong by SHA-1, SHA-256 and SHA-384",
        arguments: [CardProfile.v11, .v17, .v18])
    func otherPhoto(_ profile: CardProfile) throws {
        let fixture = try ProofFixture(profile)
        let reading = try fixture.reading().with([.photo: ProofFixture.photo + [0]])
        let proof = CardProver(try fixture.trust()).proof(of: reading, at: fixture.time)
        #expect(proof.verdict == .forged)
        #expect(proof.outcome(of: .photoDigest) == .wrong)
    }

    @Test("case 29: a registry certificate of zeros, cut short, or too long by its own word, cannot be checked")
    func unreadableCertificate() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let prover = CardProver(try fixture.trust())
        let whole = try #require(reading.files[.registryCertificate])
        for file in [
            [], [UInt8](repeating: 0, count: 2500), [UInt8](whole.dropLast(9)), [0x30, 0x82, 0xFF, 0xFF], [0x30],
        ] {
            let proof = prover.proof(of: reading.with([.registryCertificate: file]), at: fixture.time)
            #expect(proof.verdict == .cannotBeChecked)
            #expect(proof.outcome(of: .registryCertificate) == .notPossible)
        }
        let none = prover.proof(of: reading.with([.registryCertificate: nil]), at: fixture.time)
        #expect(none.verdict == .cannotBeChecked)
    }

    @Test("case 29: neither the certificates of the holder nor 503A are part of a card's proof")
    func withoutHolderCertificates() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading().with([
            .authenticationCertificate: nil, .signatureCertificate: nil, .caCertificate: nil,
        ])
        #expect(
            CardProver(try fixture.trust()).proof(of: reading, at: fixture.time).verdict == .revocationNotChecked)
    }

    @Test("a card without its root is proven by the list alone, one with another root is not")
    func rootOnCard() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let prover = CardProver(try fixture.trust())
        let without = prover.proof(of: reading.with([.rootCertificate: nil]), at: fixture.time)
        #expect(without.verdict == .revocationNotChecked)
        let rsa = try ProofFixture(.v17).reading().files[.rootCertificate]
        let unknown = prover.proof(of: reading.with([.rootCertificate: rsa]), at: fixture.time)
        #expect(unknown.verdict == .cannotBeChecked)
        let garbled = prover.proof(of: reading.with([.rootCertificate: [0x30, 0x03, 1, 2, 3]]), at: fixture.time)
        #expect(garbled.verdict == .cannotBeChecked)
    }

    @Test("a citizen's authority does not sign cards, though the root signed it")
    func authorityAsRegistry() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let identity = try #require(reading.files[.identity])
        let address = Self.withoutZeros(try #require(reading.files[.address]))
        let key = try fixture.authority.key(.authority)
        let identitySignature = try key.signature(over: identity, .sha384)
        let addressSignature = try key.signature(over: address + identitySignature, .sha384)
        let proof = CardProver(try fixture.trust()).proof(
            of: reading.with([
                .registryCertificate: fixture.authority.citizenAuthorityCertificate,
                .identitySignature: identitySignature, .addressSignature: addressSignature,
            ]), at: fixture.time)
        #expect(proof.outcome(of: .identitySignature) == .right)
        #expect(proof.outcome(of: .registryCertificate) == .wrong)
        #expect(proof.verdict == .forged)
    }

    @Test("findings name nobody")
    func noPersonalData() throws {
        for profile in [CardProfile.v11, .v18, .falseRoot, .expiredChain] {
            let proof = try ProofFixture(profile).proof()
            let text = "\(proof)"
            #expect(!text.contains("Voorbeeld") && !text.contains(ProofFixture.persona.nationalNumber))
        }
    }

    static func withoutZeros(_ bytes: [UInt8]) -> [UInt8] {
        guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return [] }
        return [UInt8](bytes[...last])
    }
}
