import DeviceEmulation
import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("A card's certificates")
struct CardCertificateTests {
    private func reading(_ profile: CardProfile, changing change: (inout [CardFile: [UInt8]]) -> Void = { _ in })
        throws -> CardReading
    {
        let image = try #require(try profile.image(of: CardFixtures.alma, photo: CardFixtures.photo(2999)))
        var files = CardFixtures.wholeFiles(image)
        change(&files)
        return CardReading(
            files: files, chipNumber: [UInt8](image.cardData.prefix(16)), appletVersion: image.appletVersion,
            atr: image.atr, identity: try CardIdentity(file: files[.identity] ?? []), address: nil,
            readAt: Timestamp(milliseconds: 0))
    }

    @Test(
        "All five are parsed from an adult's card of any generation, with the zeros behind them",
        arguments: [CardProfile.v10, .v11, .v17, .v17Rekeyed, .v18, .foreignerEUPlus])
    func adult(_ profile: CardProfile) throws {
        let certificates = try reading(profile).certificates
        #expect(certificates.count == 5)
        let authentication = try #require(certificates[.authenticationCertificate])
        #expect(authentication.issuer.contains("TEST"))
        #expect(authentication.subject.contains("(Authentication)"))
        #expect(authentication.subject.contains("serialNumber="))
        #expect(authentication.issuer == certificates[.caCertificate]?.subject)
        #expect(certificates[.caCertificate]?.issuer == certificates[.rootCertificate]?.subject)
        #expect(certificates[.rootCertificate]?.issuer == certificates[.rootCertificate]?.subject)
        #expect(certificates.values.allSatisfy { $0.notBefore < $0.notAfter && !$0.serialNumber.isEmpty })
        let isCurve = profile == .v17Rekeyed || profile.applet == .v18
        #expect(
            certificates.values.allSatisfy {
                $0.signatureAlgorithm.hasPrefix(isCurve ? "ecdsa-with" : "sha")
            })
    }

    @Test("Case 29: a child's card has none of its own, and zeros are none", arguments: [1300, 2500, 1, 0])
    func zeros(_ length: Int) throws {
        #expect(CardCertificate(der: [UInt8](repeating: 0, count: length)) == nil)
        let child = try reading(.kidsUnder6)
        #expect(child.certificates[.signatureCertificate] == nil)
        #expect(child.certificates[.authenticationCertificate] == nil)
        #expect(child.certificates[.registryCertificate] != nil)
        let older = try reading(.kids6To12)
        #expect(older.certificates[.signatureCertificate] == nil)
        #expect(older.certificates[.authenticationCertificate] != nil)
    }

    @Test("Case 29: one whose file ends before it is none, and one whose file goes on is read")
    func lengths() throws {
        let card = try reading(.v18)
        let file = try #require(card.files[.registryCertificate])
        let length = 4 + (Int(file[2]) << 8 | Int(file[3]))
        let whole = try #require(CardCertificate(der: [UInt8](file[..<length])))
        #expect(CardCertificate(der: file) == whole)
        #expect(CardCertificate(der: file + [1, 2, 3]) == whole)
        for cut in stride(from: 0, to: length, by: 7) {
            #expect(CardCertificate(der: [UInt8](file[..<cut])) == nil, "cut to \(cut)")
        }
    }

    @Test("Case 29: a card without its authority's certificate is read without it")
    func noAuthority() throws {
        let certificates = try reading(.v17) { $0[.caCertificate] = nil }.certificates
        #expect(certificates[.caCertificate] == nil)
        #expect(certificates.count == 4)
    }

    @Test("Names are written as RFC 4514 has them")
    func names() {
        func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, UInt8(content.count)] + content }
        func part(_ type: [UInt8], _ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            value(0x30, value(0x06, type) + value(tag, content))
        }
        func text(_ sets: [[UInt8]]) -> String? {
            var reader = DERReader(value(0x30, sets.flatMap { value(0x31, $0) })[...])
            return reader.next().flatMap { DistinguishedNameText($0) }?.text
        }
        let (country, common, serial): ([UInt8], [UInt8], [UInt8]) = ([0x55, 4, 6], [0x55, 4, 3], [0x55, 4, 5])
        #expect(
            text([part(country, 0x13, [0x42, 0x45]), part(common, 0x0C, [UInt8](#"A, "B" <C>\+;é"#.utf8))])
                == #"CN=A\, \"B\" \<C\>\\\+\;é,C=BE"#)
        #expect(text([part(common, 0x0C, [0x41]) + part(serial, 0x13, [0x31])]) == "CN=A+serialNumber=1")
        #expect(text([part(common, 0x14, [0x45, 0xE9])]) == "CN=Eé")
        #expect(text([part(common, 0x1E, [0, 0x41, 0x01, 0x42])]) == "CN=Ał")
        #expect(text([part(common, 0x02, [5])]) == "CN=#020105")
        #expect(text([part([0x2A, 3, 0x81, 0x00], 0x0C, [0x1B])]) == "1.2.3.128=\u{FFFD}")
        #expect(text([]) == "")
        #expect(text([[0x30, 0x05, 0x06]]) == nil)
    }
}
