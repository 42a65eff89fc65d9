import CardProof
import DeviceEmulation
import EnrolmentCore
import Testing

@Suite("When a card's certificates were issued")
struct CardIssuedTests {
    private func issued(_ fixture: ProofFixture, _ reading: CardReading? = nil, _ trust: CardTrust? = nil) throws
        -> Timestamp?
    {
        try HolderProver(trust ?? fixture.trust()).issued(on: reading ?? fixture.reading())
    }

    @Test(
        "is told by an honest card, whatever the time of the reading says", arguments: [CardProfile.v11, .v17, .v18])
    func honest(_ profile: CardProfile) throws {
        var fixture = try ProofFixture(profile)
        for time in [ProofFixture.day(1970, 1, 1), ProofFixture.day(2026, 11, 22), ProofFixture.day(2099, 1, 1)] {
            fixture.time = time
            #expect(try issued(fixture) == ProofFixture.day(2020, 1, 1))
        }
    }

    @Test("is told by neither certificate when both say another day than was signed, and by the other when one does")
    func forgedDay() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        let keys: [CardFile] = [.authenticationCertificate, .signatureCertificate]
        func moved(_ files: [CardFile]) throws -> CardReading {
            var changes: [CardFile: [UInt8]?] = [:]
            for file in files {
                let old = try #require(reading.files[file])
                let changed = old.replacing(Array("200101000000Z".utf8), with: Array("300101000000Z".utf8))
                #expect(changed != old)
                changes[file] = changed
            }
            return reading.with(changes)
        }
        #expect(try issued(fixture, moved(keys)) == nil)
        for file in keys { #expect(try issued(fixture, moved([file])) == ProofFixture.day(2020, 1, 1)) }
    }

    @Test("is not told where anything above is wrong, absent or only a test's")
    func unproven() throws {
        let fixture = try ProofFixture(.v18)
        let reading = try fixture.reading()
        #expect(try issued(fixture, nil, fixture.trust(acceptsTestRoots: false)) == nil)
        #expect(try issued(fixture, nil, ProofFixture.trust([])) == nil)
        let other = try ProofFixture(.v17)
        #expect(try issued(fixture, nil, other.trust()) == nil)
        for changes: [CardFile: [UInt8]?] in [
            [.caCertificate: nil], [.caCertificate: try other.reading().files[.caCertificate]],
            [.caCertificate: reading.files[.authenticationCertificate]], [.caCertificate: [0x30, 0x82]],
            [.authenticationCertificate: nil, .signatureCertificate: nil],
            [.authenticationCertificate: [], .signatureCertificate: [0, 0, 0]],
            // A certificate of an authority is no holder's.
            [.authenticationCertificate: reading.files[.caCertificate], .signatureCertificate: nil],
            [.authenticationCertificate: reading.files[.registryCertificate], .signatureCertificate: nil],
        ] {
            #expect(try issued(fixture, reading.with(changes)) == nil, "\(changes.keys.map(\.rawValue))")
        }
        #expect(try issued(try ProofFixture(.v18), fixture.reading(isWhole: true)) == ProofFixture.day(2020, 1, 1))
    }
}
