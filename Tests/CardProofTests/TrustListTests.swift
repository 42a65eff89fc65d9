import CardProof
import DeviceEmulation
import EnrolmentCore
import Foundation
import OfflineCacheSchema
import Testing

@Suite("The list of roots")
struct TrustListTests {
    @Test("the built-in list has every root of Belgium's cards, none of tests")
    func builtIn() throws {
        let list = try TrustList.builtIn()
        #expect(list.version == 1)
        #expect(
            Set(list.roots.map(\.name)) == [
                "Belgium Root CA", "Belgium Root CA2", "Belgium Root CA3", "Belgium Root CA4", "Belgium Root CA6",
            ])
        #expect(list.roots.allSatisfy { $0.kind == .production })
    }

    @Test("the roots' fingerprints are those that the middleware's own list has")
    func fingerprints() throws {
        // From the fact sheet, section 3.2, which read them in another place than the certificates.
        let sheet = [
            "9F9744463BE13714754E1A3BECF98C08CC205E4AB32028F4E2830C4A1B2775B8",
            "A8D14E945E3E5156BCAE5E39737CF6A1B1F51028BBBF982F50CE5F4C05568B4D",
            "C3FBF37259AF0954EEEA4282DD1C7226A54E7150F7C29A2C495BA34DBFE09CA0",
            "702DD5C1A093CF0A9D71FADD9BF9A7C5857D89FB73B716E867228B3C2BEB968F",
            "9C872BC979A7C09A58D4A274C199E5CB16CFA9B9618D98BC9A9988E984B8495C",
        ]
        let known = try TrustList.builtIn().roots.map { $0.sha256.map { String(format: "%02X", $0) }.joined() }
        #expect(sheet.allSatisfy { known.contains($0) })
    }

    @Test("a list is the same after JSON and back")
    func roundTrip() throws {
        let list = try TrustList.builtIn()
        #expect(try TrustList(json: list.json()) == list)
        #expect(try list.json() == TrustList(json: list.json()).json())
    }

    @Test("a list never goes back, nor stays")
    func neverBackwards() throws {
        let first = try TrustList.builtIn()
        let second = TrustList(version: 2, issuedAt: first.issuedAt, roots: first.roots)
        #expect(try second.replacing(first).version == 2)
        #expect(throws: TrustListError.notNewer(version: 1, than: 2)) { try first.replacing(second) }
        #expect(throws: TrustListError.notNewer(version: 1, than: 1)) { try first.replacing(first) }
    }

    @Test(
        "what is not understood is refused by name",
        arguments: [
            (#""version""#, #""sneaky": 1, "version""#, TrustListError.unknownField("sneaky")),
            (#""name""#, #""trusted": true, "name""#, .unknownField("trusted")),
            (#""version" : 1"#, #""version" : 0"#, .malformed("version 0")),
            ("2026-11-22T00:00:00.000Z", "yesterday", .malformed("issuedAt is no time")),
            (#""kind" : "production""#, #""kind" : "other""#, .malformed("no list of roots in JSON")),
        ])
    func strict(_ old: String, _ new: String, _ error: TrustListError) throws {
        let text = String(decoding: CardRoots.json, as: UTF8.self).replacingOccurrences(of: #"": "#, with: #"" : "#)
        let changed = text.replacingOccurrences(of: old, with: new)
        #expect(changed != text)
        #expect(throws: error) { try TrustList(json: [UInt8](changed.utf8)) }
    }

    @Test("a certificate that is not the one of its fingerprint is refused")
    func otherFingerprint() throws {
        let text = String(decoding: CardRoots.json, as: UTF8.self)
            .replacingOccurrences(of: "9c872bc9", with: "9c872bc8")
        #expect(throws: TrustListError.otherFingerprint(root: "Belgium Root CA6")) {
            try TrustList(json: [UInt8](text.utf8))
        }
    }

    @Test("no list, an empty one, and bytes that are none are refused")
    func nothing() {
        #expect(throws: TrustListError.malformed("no list of roots in JSON")) { try TrustList(json: []) }
        #expect(throws: TrustListError.malformed("no list of roots in JSON")) { try TrustList(json: [0xFF, 0x00]) }
        let empty = #"{"version":1,"issuedAt":"2026-11-22T00:00:00Z","roots":[]}"#
        #expect(throws: TrustListError.empty) { try TrustList(json: [UInt8](empty.utf8)) }
    }

    @Test("an anchor is taken as DER and as PEM, and nothing that is no authority's")
    func anchors() throws {
        let authority = try TestCardAuthority(.ellipticCurve)
        let der = authority.rootCertificate
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        let pem = "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
        let fromDER = try TrustRoot(certificate: der, kind: .test)
        #expect(try TrustRoot(certificate: [UInt8](pem.utf8), kind: .test) == fromDER)
        #expect(fromDER.name.contains("TEST"))
        #expect(throws: TrustListError.self) { try TrustRoot(certificate: authority.registryCertificate, kind: .test) }
        #expect(throws: TrustListError.self) { try TrustRoot(certificate: [UInt8]("no PEM".utf8), kind: .test) }
        #expect(throws: TrustListError.self) { try TrustRoot(certificate: [], kind: .test) }
    }

    @Test("an old root of tests is taken though it does not say so, or by an algorithm that nobody takes any more")
    func oldAnchors() throws {
        for (base64, name) in [(Self.anchorWithWideName, "TEST root é"), (Self.anchorWithMD5, "TEST root MD5")] {
            let der = [UInt8](try #require(Data(base64Encoded: base64)))
            #expect(try TrustRoot(certificate: der, kind: .test).name == name)
            #expect(throws: TrustListError.unusableCertificate(root: name)) {
                try TrustRoot(certificate: der, kind: .production)
            }
        }
    }

    /// P-256, its name as a BMPString, and a subjectKeyIdentifier for its only extension.
    private static let anchorWithWideName = """
        MIIBQTCB6KADAgECAgEBMAoGCCqGSM49BAMCMCExHzAdBgNVBAMeFgBUAEUAUwBUACAAcgBvAG8AdAAgAOkwHhcNMjAwMTAxMTIw\
        MDAwWhcNMzIwMTAxMTIwMDAwWjAhMR8wHQYDVQQDHhYAVABFAFMAVAAgAHIAbwBvAHQAIADpMFkwEwYHKoZIzj0CAQYIKoZIzj0D\
        AQcDQgAEnErxhMxxeAWUsDhsYNrwKGUVVUvDGGNaUr8R4vREW1cAPY46Eon8Zaw7PmPfYDyqdprq0sCnq1bx9owbmMzbTKMRMA8w\
        DQYDVR0OBAYEBAECAwQwCgYIKoZIzj0EAwIDSAAwRQIhAOYOM/P/fMADfUiejBuxqiO+wPIniQsDyPHXmUPiqgtVAiAfgYhl1sQY\
        +xUhr293wCbXW2tPR5G5KunlEyG4j4pUkQ==
        """

    /// Version 1, RSA-1024, md5WithRSAEncryption.
    private static let anchorWithMD5 = """
        MIIBnzCCAQgCAQEwDQYJKoZIhvcNAQEEBQAwGDEWMBQGA1UEAxMNVEVTVCByb290IE1ENTAeFw0yMDAxMDExMjAwMDBaFw0zMjAx\
        MDExMjAwMDBaMBgxFjAUBgNVBAMTDVRFU1Qgcm9vdCBNRDUwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBALwI5YhG5CeVAX4I\
        xpcWU4j30tNQCxkMgqWf1WkEa6+nKZ1TR6XAItWN9RogTTQ58jX3CxU2w4IeFQ64lNoKpc5/PKqg1wdjcuglb7EqgNUyT/yorUng\
        ygSrNvLUFpp/MyEMgs0ljXDdTiIXUganXgYKuhvMuodlFEE4F7Q5uNh7AgMBAAEwDQYJKoZIhvcNAQEEBQADgYEAjgJjfFSOwGEY\
        w6QUFPA3AklN54Kbytcwqler9hP1PPHQAlK0BRbmfNPto7Tcy8ecrV5CF1drz+uK5xGEl988nwygDuxXt+Wxgt7cl10C1Bqban+t\
        KmcdrI3hlwVsSTt0IbXJFLwNq+5lDv1wVrxsdG5gQkcZR6O6wIEEshv+3iY=
        """

    @Test("a root that comes from the command line is one of tests, whatever it says")
    func extraRoots() throws {
        let fixture = try ProofFixture(.v18)
        let root = try TrustRoot(certificate: fixture.authority.rootCertificate, kind: .production)
        let trust = CardTrust(try TrustList.builtIn(), acceptsTestRoots: true, extraTestRoots: [root])
        #expect(try fixture.proof(trust).isTest)
    }

    @Test("a list with the fingerprint alone takes the root that the card brings")
    func fingerprintOnly() throws {
        let fixture = try ProofFixture(.v17)
        let whole = try TrustRoot(certificate: fixture.authority.rootCertificate, kind: .test)
        let bare = TrustRoot(
            name: whole.name, kind: .test, sha256: whole.sha256, validFrom: whole.validFrom,
            validUntil: whole.validUntil, certificate: nil)
        let list = TrustList(version: 3, issuedAt: fixture.time, roots: [bare])
        let trust = CardTrust(list, acceptsTestRoots: true)
        #expect(try fixture.proof(trust).verdict == .revocationNotChecked)
        let without = CardProver(trust).proof(
            of: try fixture.reading().with([.rootCertificate: nil]), at: fixture.time)
        #expect(without.verdict == .cannotBeChecked)
        #expect(try fixture.proof(trust).trustListVersion == 3)
    }

    @Test("a root that was issued anew, with the same name and key, is the known one")
    func issuedAnew() throws {
        let fixture = try ProofFixture(.expiredChain)
        let current = try TestCardAuthority(.rsa1024)
        #expect(current.rootCertificate != fixture.authority.rootCertificate)
        let proof = try fixture.proof(try ProofFixture.trust([current]))
        #expect(proof.verdict == .chainExpired)
        #expect(proof.outcome(of: .root) == .right)
        #expect(proof.outcome(of: .registryCertificate) == .expired)
    }
}
