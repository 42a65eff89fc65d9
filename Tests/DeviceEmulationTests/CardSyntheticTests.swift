import Crypto
import CryptoExtras
import Testing
import X509

@testable import DeviceEmulation

@Suite struct CardSyntheticTests {
    private static let persona = CardPersona(
        surname: "Voorbeeld", givenNames: "Alma Rosa", thirdNameInitial: "T", sex: .female, birth: CardDay(1984, 3, 17),
        birthPlace: "Brugge", nationality: "Belg", streetAndNumber: "Proefstraat 12", postalCode: "8000",
        municipality: "Brugge")
    private static let photo: [UInt8] = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9]

    private static func authority(_ applet: CardApplet) throws -> TestCardAuthority {
        try TestCardAuthority(applet.authority)
    }

    private static func image(_ applet: CardApplet, _ document: CardDocument = .belgian) throws -> EIDCardImage {
        try SyntheticCard(persona, document: document, applet: applet, photo: photo).image(signedBy: authority(applet))
    }

    private func file(_ image: EIDCardImage, _ file: EIDFile) throws -> [UInt8] { try #require(image.files[file]) }

    /// Whether a signature, without the zero bytes that fill its file, is the key's.
    private func isSigned(_ bytes: [UInt8], _ signature: [UInt8], by key: TestCardKey, _ hash: CardHash) throws -> Bool
    {
        switch key.material {
        case .ellipticCurve(let key):
            let length = 2 + Int(signature[1])
            let signature = try P384.Signing.ECDSASignature(derRepresentation: signature[..<length])
            return key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes))
        case .rsa(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return hash == .sha1
                ? key.publicKey.isValidSignature(
                    signature, for: Insecure.SHA1.hash(data: bytes), padding: .insecurePKCS1v1_5)
                : key.publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
        }
    }

    /// A DER element at the start of the bytes, with its header; the zero bytes behind it are left out.
    private func element(_ bytes: [UInt8]) -> [UInt8] {
        let length =
            switch bytes[1] {
            case 0x82: 4 + Int(bytes[2]) << 8 + Int(bytes[3])
            case 0x81: 3 + Int(bytes[2])
            default: 2 + Int(bytes[1])
            }
        return [UInt8](bytes[..<length])
    }

    /// Whether a certificate is signed by a key, read without X509, which takes no RSA-1024.
    private func isCertificate(_ content: [UInt8], by key: TestCardKey, _ hash: CardHash) throws -> Bool {
        let certificate = element(content)
        let signed = element([UInt8](certificate[4...]))
        let algorithm = element([UInt8](certificate[(4 + signed.count)...]))
        let signature = [UInt8](certificate[(4 + signed.count + algorithm.count)...])
        let value = signature[1] == 0x82 ? signature[5...] : signature[1] == 0x81 ? signature[4...] : signature[3...]
        return try isSigned(signed, [UInt8](value), by: key, hash)
    }

    @Test("Identity and address are signed by the National Register's test key", arguments: CardApplet.allCases)
    func signatures(_ applet: CardApplet) throws {
        let image = try Self.image(applet)
        let signer = try Self.authority(applet).key(.registry)
        let hash = applet.digests.identity
        let identitySignature = try file(image, .identitySignature)
        #expect(try isSigned(file(image, .identity), identitySignature, by: signer, hash))
        var address = try file(image, .address)
        while address.last == 0 { address.removeLast() }
        let addressSignature = try file(image, .addressSignature)
        #expect(try isSigned(address + identitySignature, addressSignature, by: signer, hash))
        #expect(try !isSigned(address, addressSignature, by: signer, hash))
    }

    @Test("Files have the lengths of their generation", arguments: CardApplet.allCases)
    func lengths(_ applet: CardApplet) throws {
        let image = try Self.image(applet)
        #expect(try file(image, .address).count == (applet == .v18 || applet == .v17Rekeyed ? 121 : 117))
        switch applet {
        case .v10, .v10EMV, .v11:
            #expect(try file(image, .identitySignature).count == 128)
            #expect(try file(image, .addressSignature).count == 128)
        case .v17, .v17Rekeyed:
            #expect(try file(image, .identitySignature).count == 256)
            #expect(try file(image, .addressSignature).count == 256)
        case .v18:
            #expect((100...104).contains(try file(image, .identitySignature).count))
            #expect(try file(image, .addressSignature).count == 104)
            #expect(try file(image, .basicKey).count == 120)
        }
        #expect((image.files[.basicKey] != nil) == (applet == .v18))
        #expect(image.files[.authorityRole]?.count == (applet == .v18 ? nil : 20))
        #expect(image.files[.preferences]?.count == (applet == .v18 ? nil : 100))
        #expect(image.cardData.count == 28)
        #expect(try file(image, .directoryList).count == 37)
        #expect(try file(image, .objectDirectory).count == 36)
        #expect(try file(image, .tokenInfo).count == 41)
        #expect(try file(image, .authenticationObjects).count == 53)
        #expect(try file(image, .privateKeys).count == 119)
        #expect(try file(image, .certificates).count == (applet == .v18 ? 175 : 163))
    }

    @Test("Every certificate chains to the test root and says TEST", arguments: CardApplet.allCases)
    func certificates(_ applet: CardApplet) throws {
        let authority = try Self.authority(applet)
        let hash = authority.algorithm.hash
        let image = try Self.image(applet)
        #expect("\(try Certificate(derEncoded: authority.rootCertificate).subject)".contains("CN=TEST Root"))
        let root = try authority.key(.root)
        for der in [
            authority.registryCertificate, authority.citizenAuthorityCertificate,
            authority.foreignerAuthorityCertificate,
        ] {
            #expect(try isCertificate(der, by: root, hash))
            #expect(String(decoding: der, as: UTF8.self).contains("TEST"))
        }
        for place in [EIDFile.authenticationCertificate, .signatureCertificate] {
            let content = try file(image, place)
            #expect(try isCertificate(content, by: authority.key(.authority), hash))
            #expect(!(try isCertificate(content, by: root, hash)))
            #expect(String(decoding: content, as: UTF8.self).contains("TEST"))
        }
    }

    @Test("A small child's card has zero bytes for certificates", arguments: CardApplet.allCases)
    func kids(_ applet: CardApplet) throws {
        let length = applet == .v18 ? 2500 : 1300
        let small = try Self.image(applet, .kids(hasAuthenticationCertificate: false))
        #expect(try file(small, .authenticationCertificate) == [UInt8](repeating: 0, count: length))
        let older = try Self.image(applet, .kids(hasAuthenticationCertificate: true))
        #expect(try file(older, .authenticationCertificate).first == 0x30)
        #expect(try file(older, .signatureCertificate) == [UInt8](repeating: 0, count: length))
        #expect(try file(older, .certificates).count == (applet == .v18 ? 175 : 163))
    }

    @Test("Numbers have right check digits")
    func numbers() {
        #expect(Self.persona.nationalNumber.hasPrefix("840317998"))
        var young = Self.persona
        young.birth = CardDay(2017, 7, 30)
        young.sex = .male
        for (person, bornSince2000) in [(Self.persona, false), (young, true)] {
            let body = Int(person.nationalNumber.prefix(9)) ?? 0
            let check = Int(person.nationalNumber.suffix(2))
            #expect(check == 97 - ((bornSince2000 ? 2_000_000_000 : 0) + body) % 97)
            #expect(person.nationalNumber.utf8.count == 11)
        }
        #expect(CardDocument.foreigner(type: 15).cardNumber(serial: 1_234_567) == "B123456748")
        let belgian = CardDocument.belgian.cardNumber(serial: 42)
        #expect((Int(belgian.prefix(10)) ?? 0) % 97 == (Int(belgian.suffix(2)) ?? 0) % 97)
        #expect(belgian.utf8.count == 12)
    }

    @Test(
        "Birth dates are spelled in the language of the card",
        arguments: [
            (CardLanguage.dutch, "17 MAAR 1984"), (.french, "17 MARS 1984"), (.german, "17.MÄR.1984"),
        ])
    func dates(_ language: CardLanguage, _ text: String) {
        #expect(Self.persona.birth.spelled(in: language) == text)
    }

    @Test("A field that no card can hold, and keys of the wrong kind, are refused")
    func refusals() throws {
        var long = Self.persona
        long.surname = String(repeating: "A", count: 128)
        #expect(throws: SyntheticCard.Failure.fieldTooLong(tag: 7)) {
            _ = try SyntheticCard(long, photo: Self.photo).image(signedBy: Self.authority(.v18))
        }
        #expect(throws: SyntheticCard.Failure.wrongAuthority) {
            _ = try SyntheticCard(Self.persona, applet: .v17, photo: Self.photo).image(signedBy: Self.authority(.v18))
        }
    }
}
