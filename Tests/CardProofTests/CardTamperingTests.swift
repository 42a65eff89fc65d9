import CardProof
import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

@Suite("Tampering with the signed files of a card")
struct CardTamperingTests {
    private static let campaign = ProcessInfo.processInfo.environment["LOKET_CARD_CAMPAIGN"]
    private static let signedFiles: [CardFile] = [
        .identity, .identitySignature, .address, .addressSignature, .photo, .registryCertificate, .rootCertificate,
        .basicKey,
    ]

    @Test(
        "no flipped bit of a signed file leaves the card trusted: every 97th",
        arguments: [CardProfile.v11, .v17Rekeyed, .v18])
    func sampled(_ profile: CardProfile) throws {
        let counts = try Self.flip(profile, step: 97, from: 13)
        #expect(counts.trusted.isEmpty, "\(counts.trusted)")
        #expect(counts.flips > 80)
    }

    @Test(
        "no flipped bit of a signed file leaves the card trusted: every one",
        .enabled(if: campaign != nil, "long; LOKET_CARD_CAMPAIGN=all runs it"),
        arguments: campaign == "all" ? [CardProfile.v11, .v17, .v17Rekeyed, .v18] : [.v17, .v18])
    func every(_ profile: CardProfile) throws {
        let start = ContinuousClock.now
        let counts = try Self.flip(profile, step: 1, from: 0)
        #expect(counts.trusted.isEmpty, "\(counts.trusted)")
        print("\(profile.rawValue): \(counts.summary), \(ContinuousClock.now - start)")
    }

    private struct Counts {
        var flips = 0
        var verdicts: [CardVerdict: Int] = [:]
        var byFile: [CardFile: Int] = [:]
        var trusted: [String] = []

        var summary: String {
            let verdicts = verdicts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                "\($0.value) \($0.key.rawValue)"
            }
            let files = byFile.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            return "\(flips) bits flipped (\(files.joined(separator: ", "))): \(verdicts.joined(separator: ", "))"
        }
    }

    /// Certificates come with some of the zero bytes behind them: those are bits of the file too.
    private static func flip(_ profile: CardProfile, step: Int, from first: Int) throws -> Counts {
        let fixture = try ProofFixture(profile)
        let prover = CardProver(try fixture.trust())
        let reading = try fixture.reading()
        #expect(prover.proof(of: reading, at: fixture.time).verdict.isTrusted)
        var counts = Counts()
        for file in signedFiles {
            guard let content = reading.files[file] else { continue }
            for bit in stride(from: first, to: content.count * 8, by: step) {
                var flipped = content
                flipped[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                let verdict = prover.proof(of: reading.with([file: flipped]), at: fixture.time).verdict
                counts.flips += 1
                counts.byFile[file, default: 0] += 1
                counts.verdicts[verdict, default: 0] += 1
                if verdict.isTrusted { counts.trusted.append("\(file.rawValue) bit \(bit)") }
            }
        }
        return counts
    }
}
