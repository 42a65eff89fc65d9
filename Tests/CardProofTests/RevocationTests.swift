import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

@testable import CardProof

@Suite("Revocation, with openssl as the authority", .enabled(if: OpenSSL.path != nil, "openssl is not installed"))
struct RevocationTests {
    @Test("a good and fresh answer makes a card authentic", arguments: [CardProfile.v11, .v17, .v18])
    func good(_ profile: CardProfile) throws {
        let world = try RevocationWorld(profile)
        defer { world.openssl.remove() }
        for evidence in [try world.ocsp(.good), try world.crl(.good), try world.crl(.good, version: 2)] {
            let answer = try world.subject.answer(in: evidence, at: RevocationWorld.now)
            #expect(answer.status == .good && answer.revokedAt == nil && answer.source == evidence.kind)
            #expect(answer.isFresh(at: RevocationWorld.now))
            let proof = world.prover.proof(
                of: try world.fixture.reading(), at: RevocationWorld.now, revocation: evidence)
            #expect(proof.verdict == .authentic, "\(proof.findings)")
        }
    }

    @Test(
        "a signer that was revoked leaves a card that cannot be used, and says so", arguments: [CardProfile.v17, .v18])
    func revoked(_ profile: CardProfile) throws {
        let world = try RevocationWorld(profile)
        defer { world.openssl.remove() }
        for evidence in [try world.ocsp(.revoked), try world.crl(.revoked), try world.crl(.revoked, version: 2)] {
            let answer = try world.subject.answer(in: evidence, at: RevocationWorld.now)
            #expect(answer.status == .revoked)
            #expect(answer.revokedAt == Timestamp(milliseconds: ProofFixture.day(2025, 1, 1).milliseconds + 43_200_000))
            let proof = world.prover.proof(
                of: try world.fixture.reading(), at: RevocationWorld.now, revocation: evidence)
            #expect(proof.verdict == .cannotBeChecked)
            #expect(proof.outcome(of: .revocation) == .wrong)
        }
    }

    @Test("a responder that does not know the certificate leaves it unchecked")
    func unknown() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        let evidence = try world.ocsp(.unknown)
        #expect(try world.subject.answer(in: evidence, at: RevocationWorld.now).status == .unknown)
        let proof = world.prover.proof(of: try world.fixture.reading(), at: RevocationWorld.now, revocation: evidence)
        #expect(proof.verdict == .revocationNotChecked)
        #expect(proof.outcome(of: .revocation) == .notPossible)
    }

    @Test("an answer counts until it says it does, and no longer")
    func stale() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        for evidence in [try world.ocsp(.good), try world.crl(.good)] {
            let now = RevocationWorld.now
            let later = now.advanced(by: .seconds(8 * 86_400))
            #expect(try !world.subject.answer(in: evidence, at: later).isFresh(at: later))
            let proof = world.prover.proof(of: try world.fixture.reading(), at: later, revocation: evidence)
            #expect(proof.verdict == .revocationNotChecked)
            let before = now.advanced(by: .seconds(-3600))
            #expect(throws: RevocationError.notYetValid) { try world.subject.answer(in: evidence, at: before) }
        }
    }

    @Test("an answer that promises newer news within a minute counts for a day")
    func shortLived() throws {
        let world = try RevocationWorld(.v17)
        defer { world.openssl.remove() }
        let evidence = try world.ocsp(.good, lifetime: ["-nmin", "1"])
        let answer = try world.subject.answer(in: evidence, at: RevocationWorld.now)
        #expect(answer.nextUpdate == answer.thisUpdate.advanced(by: .seconds(60)))
        #expect(answer.isFresh(at: answer.thisUpdate.advanced(by: .seconds(86_400))))
        #expect(!answer.isFresh(at: answer.thisUpdate.advanced(by: .seconds(86_401))))
    }

    @Test("a responder that the issuer appointed may answer")
    func delegated() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        try world.makeResponder("good", usage: "OCSPSigning")
        let evidence = try world.ocsp(.good, signer: "good")
        #expect(try world.subject.answer(in: evidence, at: RevocationWorld.now).status == .good)
        let later = RevocationWorld.now.advanced(by: .seconds(31 * 86_400))
        #expect(throws: RevocationError.unauthorisedSigner) { try world.subject.answer(in: evidence, at: later) }
    }

    @Test(
        "nobody else may answer: without the use for it, or by himself",
        arguments: [("plain", nil, false), ("server", "serverAuth", false), ("self", "OCSPSigning", true)]
            as [(String, String?, Bool)])
    func unauthorised(_ name: String, _ usage: String?, _ byItself: Bool) throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        try world.makeResponder(name, usage: usage, byItself: byItself)
        let evidence = try world.ocsp(.good, signer: name)
        #expect(throws: RevocationError.unauthorisedSigner) {
            try world.subject.answer(in: evidence, at: RevocationWorld.now)
        }
    }

    @Test("an answer with the nonce of another request is refused")
    func nonce() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        let nonce = [UInt8](1...32)
        let evidence = try world.ocsp(.good, request: world.subject.ocspRequest(nonce: nonce))
        #expect(try world.subject.answer(in: evidence, at: RevocationWorld.now, nonce: nonce).status == .good)
        #expect(throws: RevocationError.otherNonce) {
            try world.subject.answer(in: evidence, at: RevocationWorld.now, nonce: [UInt8](2...33))
        }
        let without = try world.ocsp(.good)
        #expect(try world.subject.answer(in: without, at: RevocationWorld.now, nonce: nonce).status == .good)
        // Old clients send, and get back, the bytes as they are.
        let question = world.subject.ocspRequest(nonce: nonce)
        let bare = Self.withBareNonce(question, nonce)
        #expect(bare != question)
        let old = try world.ocsp(.good, request: bare)
        #expect(try world.subject.answer(in: old, at: RevocationWorld.now, nonce: nonce).status == .good)
    }

    /// The request with the nonce's octets not wrapped once more; every length around it is two less.
    private static func withBareNonce(_ request: [UInt8], _ nonce: [UInt8]) -> [UInt8] {
        let wrapped = DERWriter.octets(DERWriter.octets(nonce))
        let name = DERWriter.nonceIdentifier
        let whole = DERWriter.value(0xA2, DERWriter.sequence(DERWriter.sequence(name + wrapped)))
        let bare = DERWriter.value(0xA2, DERWriter.sequence(DERWriter.sequence(name + DERWriter.octets(nonce))))
        guard let place = request.firstRange(of: whole), let inner = DERFile.content(of: request),
            let list = DERFile.content(of: inner)
        else { return request }
        let before = list.prefix(list.count - (request.count - place.lowerBound))
        return DERWriter.sequence(DERWriter.sequence(before + bare))
    }

    @Test("an answer about another certificate, or of another authority, is none")
    func otherCertificate() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        let other = try RevocationWorld(.v17)
        defer { other.openssl.remove() }
        for evidence in [try other.ocsp(.good), try other.crl(.good)] {
            #expect(throws: RevocationError.otherCertificate) {
                try world.subject.answer(in: evidence, at: RevocationWorld.now)
            }
        }
        let authority = try #require(ChainCertificate(file: world.fixture.authority.citizenAuthorityCertificate))
        let sibling = RevocationSubject(authority, issuedBy: world.subject.issuer)
        let evidence = try world.ocsp(.good)
        #expect(throws: RevocationError.otherCertificate) {
            try sibling.answer(in: evidence, at: RevocationWorld.now)
        }
    }

    @Test("no flipped bit of what was signed makes another answer: every 29th")
    func flipped() throws {
        let world = try RevocationWorld(.v17)
        defer { world.openssl.remove() }
        for evidence in [try world.ocsp(.revoked), try world.crl(.revoked)] {
            for bit in stride(from: 3, to: evidence.bytes.count * 8, by: 29) {
                var bytes = evidence.bytes
                bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                let answer = try? world.subject.answer(
                    in: RevocationEvidence(evidence.kind, bytes), at: RevocationWorld.now)
                // What stands outside of the signature, as certificates do, may change without harm.
                #expect(answer == nil || answer?.status == .revoked, "bit \(bit)")
            }
        }
    }

    @Test("a list of 20,000 is looked through in well under a second")
    func large() throws {
        let world = try RevocationWorld(.v17)
        defer { world.openssl.remove() }
        let evidence = try world.crl(.good, others: 20_000)
        #expect(evidence.bytes.count > 400_000)
        let start = ContinuousClock.now
        #expect(try world.subject.answer(in: evidence, at: RevocationWorld.now).status == .good)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test("a list that leaves the certificate out says nothing about it")
    func scopes() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        let now = RevocationWorld.now
        let forHolders = try world.crl(.good, version: 2, scope: "onlyuser=TRUE")
        #expect(try world.subject.answer(in: forHolders, at: now).status == .good)
        let forAuthorities = try world.crl(.good, version: 2, scope: "onlyCA=TRUE")
        #expect(throws: RevocationError.otherCertificate) { try world.subject.answer(in: forAuthorities, at: now) }
        for scope in ["indirectCRL=TRUE", "onlyAA=TRUE", "onlysomereasons=keyCompromise"] {
            let partial = try world.crl(.good, version: 2, scope: scope)
            #expect(throws: RevocationError.unknownExtension) { try world.subject.answer(in: partial, at: now) }
        }
    }

    @Test(
        "a responder or a time stamper of the root's signs no cards",
        arguments: ["OCSPSigning", "critical,timeStamping"])
    func responderAsRegistry(_ usage: String) throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        try world.makeResponder("other", usage: usage)
        try world.openssl.run("x509", "-in", "other.pem", "-outform", "DER", "-out", "other.der")
        let reading = try world.fixture.reading()
        let key = try TestCardKey(pem: String(decoding: try world.openssl.read("other.key"), as: UTF8.self))
        let identity = try #require(reading.files[.identity])
        let address = CardVerdictTests.withoutZeros(try #require(reading.files[.address]))
        let signature = try key.signature(over: identity, .sha384)
        let proof = world.prover.proof(
            of: reading.with([
                .registryCertificate: try world.openssl.read("other.der"), .identitySignature: signature,
                .addressSignature: try key.signature(over: address + signature, .sha384),
            ]), at: RevocationWorld.now)
        #expect(proof.outcome(of: .identitySignature) == .right)
        #expect(proof.outcome(of: .addressSignature) == .right)
        #expect(proof.outcome(of: .registryCertificate) == .wrong)
        #expect(proof.verdict == .forged)
    }

    @Test("a question can be kept, and asked later")
    func stored() throws {
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        let kept = try JSONDecoder().decode(RevocationSubject.self, from: JSONEncoder().encode(world.subject))
        #expect(kept == world.subject)
        #expect(kept.ocspURLs == ["http://ocsp.loket.example/eid"])
        #expect(kept.crlURLs == ["http://crl.loket.example/eid.crl"])
        #expect(kept.ocspRequest() == world.subject.ocspRequest())
    }
}

@Suite("Answers about revocation that are none")
struct RevocationRefusalTests {
    private func subject() throws -> RevocationSubject {
        let fixture = try ProofFixture(.v18)
        return try #require(CardProver(try fixture.trust()).revocationSubject(of: fixture.reading()))
    }

    @Test("a responder that refuses is told from one that says something else", arguments: [1, 2, 3, 5, 6])
    func refused(_ status: UInt8) throws {
        let subject = try subject()
        #expect(throws: RevocationError.refused(status: status)) {
            try subject.answer(
                in: RevocationEvidence(.ocsp, [0x30, 0x03, 0x0A, 0x01, status]), at: ProofFixture.day(2026, 11, 22))
        }
    }

    @Test(
        "bytes that are no answer are malformed",
        arguments: [[], [0x30, 0x00], [0x30, 0x03, 0x0A, 0x01, 0x00], [UInt8]("<html>".utf8)] as [[UInt8]])
    func malformed(_ bytes: [UInt8]) throws {
        let subject = try subject()
        for kind in RevocationEvidence.Kind.allCases {
            #expect(throws: RevocationError.malformed) {
                try subject.answer(in: RevocationEvidence(kind, bytes), at: ProofFixture.day(2026, 11, 22))
            }
        }
    }

    @Test("nobody is asked about a card of an unknown root")
    func unknownRoot() throws {
        let fixture = try ProofFixture(.v18)
        let prover = CardProver(CardTrust(try TrustList.builtIn(), acceptsTestRoots: true))
        #expect(prover.revocationSubject(of: try fixture.reading()) == nil)
    }
}

extension DERFile {
    /// What is inside of a SEQUENCE.
    fileprivate static func content(of value: [UInt8]) -> [UInt8]? {
        guard value.count > 2, cut(value) == value else { return nil }
        let header = value[1] < 0x80 ? 2 : 2 + Int(value[1] & 0x7F)
        return [UInt8](value[header...])
    }
}
