import DeviceEmulation
import EnrolmentCore
import Foundation
import StationTestSupport
import Testing

@testable import CardProof

/// Certificates, signatures and answers that a fuzzer changed: a named outcome each time, and no crash.
@Suite("Mutated input")
struct CardMutationTests {
    private static let campaign = ProcessInfo.processInfo.environment["LOKET_CARD_CAMPAIGN"] != nil
    private static let seed: UInt64 = 20_261_122

    @Test("mutated files of a card: a verdict each time, and never one that trusts it")
    func cards() throws {
        let count = Self.campaign ? 10_000 : 200
        var random = SeededGenerator(seed: Self.seed)
        var verdicts: [CardVerdict: Int] = [:]
        let sources = try [CardProfile.v11, .v17Rekeyed, .v18].map { try ProofFixture($0) }
        let prover = CardProver(try ProofFixture.trust(sources.map(\.authority)))
        let readings = try sources.map { try $0.reading() }
        let files: [CardFile] = [
            .identity, .identitySignature, .address, .addressSignature, .registryCertificate, .rootCertificate,
            .basicKey,
        ]
        for round in 0..<count {
            let reading = readings[round % readings.count]
            let there = files.filter { reading.files[$0] != nil }
            let file = there[Int(random.next() % UInt64(there.count))]
            let content = try #require(reading.files[file])
            let mutated = Self.mutate(content, &random)
            let proof = prover.proof(of: reading.with([file: mutated]), at: sources[0].time)
            verdicts[proof.verdict, default: 0] += 1
            #expect(proof.findings.count == 9)
            let isSame = DERFile.cut(mutated) == content || mutated == content
            // Zero bytes behind an address, its signature or a certificate are no part of it.
            let isPadding =
                (file == .address || file == .addressSignature)
                && CardVerdictTests.withoutZeros(mutated) == CardVerdictTests.withoutZeros(content)
            let isAbsent = file == .rootCertificate && mutated.allSatisfy { $0 == 0 }
            #expect(!proof.verdict.isTrusted || isSame || isPadding || isAbsent, "round \(round), \(file.rawValue)")
        }
        print(
            "cards, seed \(Self.seed): \(count) mutated: \(verdicts.map { "\($0.value) \($0.key.rawValue)" }.sorted())")
    }

    @Test("mutated certificates of a holder: a verdict each time, and never a usable one")
    func holders() throws {
        let count = Self.campaign ? 10_000 : 200
        var random = SeededGenerator(seed: Self.seed &+ 1)
        var verdicts: [CardVerdict: Int] = [:]
        let fixture = try ProofFixture(.v18)
        let prover = HolderProver(try fixture.trust())
        let reading = try fixture.reading()
        for round in 0..<count {
            let file = round % 2 == 0 ? CardFile.authenticationCertificate : .caCertificate
            let content = try #require(reading.files[file])
            let mutated = Self.mutate(content, &random)
            let proof = prover.proof(of: .authentication, on: reading.with([file: mutated]), at: fixture.time)
            verdicts[proof.verdict, default: 0] += 1
            #expect(!proof.isUsable || DERFile.cut(mutated) == content, "round \(round), \(file.rawValue)")
        }
        print(
            "holders, seed \(Self.seed &+ 1): \(count) mutated: \(verdicts.map { "\($0.value) \($0.key.rawValue)" }.sorted())"
        )
    }

    @Test(
        "mutated answers about revocation: a named error, or the answer that was signed",
        .enabled(if: OpenSSL.path != nil, "openssl is not installed"))
    func answers() throws {
        let count = Self.campaign ? 10_000 : 200
        var random = SeededGenerator(seed: Self.seed &+ 2)
        var outcomes: [String: Int] = [:]
        let world = try RevocationWorld(.v18)
        defer { world.openssl.remove() }
        try world.makeResponder("good", usage: "OCSPSigning")
        let sources = [
            try world.ocsp(.revoked), try world.ocsp(.revoked, signer: "good"), try world.crl(.revoked),
            try world.crl(.revoked, version: 2, scope: "onlyuser=TRUE"),
        ]
        for round in 0..<count {
            let source = sources[round % sources.count]
            let evidence = RevocationEvidence(source.kind, Self.mutate(source.bytes, &random))
            do {
                let answer = try world.subject.answer(in: evidence, at: RevocationWorld.now)
                #expect(answer.status == .revoked, "round \(round)")
                outcomes["revoked", default: 0] += 1
            } catch {
                outcomes["\(error)", default: 0] += 1
            }
        }
        print("answers, seed \(Self.seed &+ 2): \(count) mutated: \(outcomes.map { "\($0.value) \($0.key)" }.sorted())")
    }

    /// One to four of: a byte set, a bit flipped, bytes taken out, put in, doubled, a length changed, a cut.
    private static func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var mutated = bytes
        for _ in 0...(random.next() % 4) {
            guard !mutated.isEmpty else { return mutated }
            let place = Int(random.next() % UInt64(mutated.count))
            let length = Int(random.next() % 16)
            let end = min(mutated.count, place + length)
            switch random.next() % 7 {
            case 0: mutated[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: mutated[place] ^= 1 << UInt8(random.next() % 8)
            case 2: mutated.removeSubrange(place..<end)
            case 3:
                mutated.insert(
                    contentsOf: (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }, at: place)
            case 4: mutated.insert(contentsOf: mutated[place..<end], at: place)
            case 5: mutated[place] = [0x00, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF][Int(random.next() % 7)]
            default: mutated = [UInt8](mutated.prefix(place))
            }
        }
        return mutated
    }
}
