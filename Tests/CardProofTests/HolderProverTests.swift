import CardProof
import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

@Suite("Certificates of a card's holder")
struct HolderProverTests {
    private static let message = [UInt8]("a challenge of the kit, and what it is for".utf8)

    private func prove(
        _ fixture: ProofFixture, _ key: CardHolderKey, reading: CardReading? = nil
    ) throws -> HolderProof {
        HolderProver(try fixture.trust()).proof(of: key, on: try reading ?? fixture.reading(), at: fixture.time)
    }

    @Test(
        "both certificates of an honest card are right", arguments: [CardProfile.v11, .v17, .v17Rekeyed, .v18],
        CardHolderKey.allCases)
    func honest(_ profile: CardProfile, _ key: CardHolderKey) throws {
        let fixture = try ProofFixture(profile)
        let proof = try prove(fixture, key)
        #expect(proof.verdict == .revocationNotChecked, "\(proof.findings)")
        #expect(proof.isUsable && proof.isTest)
        #expect(proof.nationalNumber?.digits == ProofFixture.persona.nationalNumber)
        #expect(Set(proof.findings.map(\.part)) == Set(HolderFinding.Part.allCases))
    }

    @Test("what the card's key signed is told from anything else")
    func signatures() throws {
        for profile in [CardProfile.v17, .v18] {
            let fixture = try ProofFixture(profile)
            let proof = try prove(fixture, .authentication)
            let signer = try fixture.authority.key(.authentication)
            let signature = try Self.signature(signer, Self.message, proof.digest(of: Self.message))
            #expect(proof.verifies(signature, of: Self.message))
            #expect(!proof.verifies(signature, of: Self.message + [0]))
            let other = try Self.signature(
                fixture.authority.key(.signature), Self.message, proof.digest(of: Self.message))
            #expect(!proof.verifies(other, of: Self.message))
            let mislabelled = CardSignature(bytes: signature.bytes, isEllipticCurve: !signature.isEllipticCurve)
            #expect(!proof.verifies(mislabelled, of: Self.message))
            for cut in [0, 1, signature.bytes.count - 1] {
                let short = CardSignature(
                    bytes: [UInt8](signature.bytes.prefix(cut)), isEllipticCurve: signature.isEllipticCurve)
                #expect(!proof.verifies(short, of: Self.message))
            }
        }
    }

    @Test("what the card's key signed is proven by the digest that it was given too")
    func digests() throws {
        for profile in [CardProfile.v11, .v17, .v18] {
            let fixture = try ProofFixture(profile)
            let proof = try prove(fixture, .authentication)
            let signer = try fixture.authority.key(.authentication)
            for hash in [CardHash.sha256, .sha384] {
                let bytes = hash.hash(Self.message)
                let digest = hash == .sha256 ? CardDigest.sha256(bytes) : .sha384(bytes)
                let der = try signer.signature(over: Self.message, hash)
                let signature = CardSignature(
                    bytes: signer.isEllipticCurve ? Self.raw(der) : der, isEllipticCurve: signer.isEllipticCurve)
                #expect(proof.verifies(signature, over: digest))
                #expect(proof.verifies(signature, of: Self.message))
                let other = bytes.map { $0 ^ 1 }
                #expect(!proof.verifies(signature, over: hash == .sha256 ? .sha256(other) : .sha384(other)))
                #expect(!proof.verifies(signature, over: hash == .sha256 ? .sha384(bytes) : .sha256(bytes)))
                #expect(!proof.verifies(signature, over: .sha256([])))
            }
        }
    }

    @Test("a certificate is good for its own use only")
    func otherUse() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let swapped = reading.with([
            .authenticationCertificate: reading.files[.signatureCertificate],
            .signatureCertificate: reading.files[.authenticationCertificate],
        ])
        for key in CardHolderKey.allCases {
            let proof = try prove(fixture, key, reading: swapped)
            #expect(proof.verdict == .cannotBeChecked)
            #expect(proof.outcome(of: .certificate) == .notPossible)
        }
    }

    @Test("case 29: cards of small children have no certificates, and those of older ones one")
    func kids() throws {
        let small = try ProofFixture(.kidsUnder6)
        #expect(try prove(small, .authentication).verdict == .cannotBeChecked)
        let older = try ProofFixture(.kids6To12)
        #expect(try prove(older, .authentication).isUsable)
        let none = try prove(older, .signature)
        #expect(none.verdict == .cannotBeChecked)
        #expect(none.findings.first?.detail == "not on the card")
        #expect(!none.verifies(CardSignature(bytes: [], isEllipticCurve: true), of: Self.message))
    }

    @Test("case 29: without the authority's certificate nothing can be checked")
    func withoutAuthority() throws {
        let fixture = try ProofFixture(.v18)
        let proof = try prove(fixture, .authentication, reading: try fixture.reading().with([.caCertificate: nil]))
        #expect(proof.verdict == .cannotBeChecked)
        #expect(proof.outcome(of: .authority) == .notPossible)
    }

    @Test("a certificate that ran out is nothing to log in with")
    func expired() throws {
        let proof = try prove(try ProofFixture(.expiredChain), .authentication)
        #expect(proof.verdict == .chainExpired)
        #expect(!proof.isUsable)
    }

    @Test("a chain of a forger's own is forged by the name of a known root, and unknown by any other")
    func forger() throws {
        let known = try ProofFixture.trust([try TestCardAuthority(.ellipticCurve)])
        let forged = try ProofFixture(.falseRoot)
        let proof = HolderProver(known).proof(of: .authentication, on: try forged.reading(), at: forged.time)
        #expect(proof.verdict == .forged && !proof.isUsable)
        let strange = try ProofFixture(.v17)
        let other = HolderProver(known).proof(of: .authentication, on: try strange.reading(), at: strange.time)
        #expect(other.verdict == .cannotBeChecked && !other.isUsable)
    }

    @Test("a holder cannot stand as authority for another")
    func holderAsAuthority() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let proof = try prove(
            fixture, .authentication,
            reading: reading.with([.caCertificate: reading.files[.signatureCertificate]]))
        #expect(!proof.isUsable)
        let registry = try prove(
            fixture, .authentication, reading: reading.with([.caCertificate: reading.files[.registryCertificate]]))
        #expect(registry.verdict == .forged)
    }

    @Test("no flipped bit of certificate or authority leaves the proof usable: every 131st")
    func flipped() throws {
        for profile in [CardProfile.v17, .v18] {
            let fixture = try ProofFixture(profile)
            let reading = try fixture.reading()
            let prover = HolderProver(try fixture.trust())
            for file in [CardFile.authenticationCertificate, .caCertificate] {
                let content = try #require(reading.files[file])
                for bit in stride(from: 5, to: content.count * 8, by: 131) {
                    var bytes = content
                    bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                    let proof = prover.proof(of: .authentication, on: reading.with([file: bytes]), at: fixture.time)
                    #expect(!proof.isUsable, "\(file.rawValue) bit \(bit)")
                }
            }
        }
    }

    @Test("a kit that serves people takes no officer with a card of tests")
    func production() throws {
        let fixture = try ProofFixture(.v18)
        let prover = HolderProver(try fixture.trust(acceptsTestRoots: false))
        #expect(
            prover.proof(of: .authentication, on: try fixture.reading(), at: fixture.time).verdict == .cannotBeChecked)
    }

    @Test("it is asked about the certificate, of its authority")
    func revocation() throws {
        let fixture = try ProofFixture(.v18)
        let prover = HolderProver(try fixture.trust())
        let subject = try #require(prover.revocationSubject(of: .authentication, on: try fixture.reading()))
        #expect(subject.ocspURLs == ["http://ocsp.loket.example/eid"])
        #expect(subject.ocspRequest().count < 200)
        let evidence = RevocationEvidence(.ocsp, [0x30, 0x03, 0x0A, 0x01, 0x03])
        let proof = prover.proof(of: .authentication, on: try fixture.reading(), at: fixture.time, revocation: evidence)
        #expect(proof.verdict == .revocationNotChecked)
        #expect(proof.outcome(of: .revocation) == .notPossible)
    }

    /// As the chip signs: r and s bare for elliptic curves.
    private static func signature(
        _ key: TestCardKey, _ message: [UInt8], _ digest: CardDigest
    ) throws -> CardSignature {
        guard key.isEllipticCurve else {
            #expect(digest == .sha256(CardHash.sha256.hash(message)))
            return CardSignature(bytes: try key.signature(over: message, .sha256), isEllipticCurve: false)
        }
        #expect(digest == .sha384(CardHash.sha384.hash(message)))
        return CardSignature(bytes: raw(try key.signature(over: message, .sha384)), isEllipticCurve: true)
    }

    private static func raw(_ der: [UInt8]) -> [UInt8] {
        func number(_ start: Int) -> (bytes: [UInt8], next: Int) {
            let length = Int(der[start + 1])
            let digits = der[(start + 2)..<(start + 2 + length)].drop { $0 == 0 }
            return ([UInt8](repeating: 0, count: 48 - digits.count) + digits, start + 2 + length)
        }
        let r = number(2)
        return r.bytes + number(r.next).bytes
    }
}
