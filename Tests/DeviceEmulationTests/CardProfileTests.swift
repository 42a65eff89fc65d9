import Crypto
import Foundation
import Testing

@testable import DeviceEmulation

@Suite struct CardProfileTests {
    private static let eIDs = CardProfile.allCases.filter { $0.applet != nil }

    @Test("Every profile is a whole card of its generation", arguments: eIDs)
    func whole(_ profile: CardProfile) throws {
        let image = try #require(try CardBench.image(profile))
        let applet = try #require(profile.applet)
        #expect(image.atr == applet.atr)
        #expect(image.cardData.count == 28)
        let identity = try #require(image.files[.identity])
        #expect(identity.indices.contains { identity[$0...].starts(with: [0x02, 0x10] + image.cardData.prefix(16)) })
        for file in [
            EIDFile.directoryList, .objectDirectory, .tokenInfo, .authenticationObjects, .privateKeys, .certificates,
            .authenticationCertificate, .signatureCertificate, .caCertificate, .rootCertificate, .registryCertificate,
            .identity, .identitySignature, .address, .addressSignature, .photo,
        ] {
            #expect(image.files[file]?.isEmpty == false, "\(file)")
        }
        #expect((image.files[.basicKey] != nil) == (applet == .v18 && profile != .noBasicKey))
    }

    @Test("Only the forged profiles have files that their digests or signatures do not fit", arguments: eIDs)
    func digests(_ profile: CardProfile) throws {
        let image = try #require(try CardBench.image(profile))
        let card = try #require(profile.synthetic(photo: CardBench.photo))
        let authority = try #require(try profile.authority())
        let digests = try card.digests ?? #require(profile.applet).digests
        let identity = try #require(image.files[.identity])
        let photo = digests.photo.hash(try #require(image.files[.photo]))
        let holdsPhoto = identity.indices.contains {
            identity[$0...].starts(with: [0x11, UInt8(photo.count)] + photo)
        }
        #expect(holdsPhoto == (profile != .otherPhoto))
        let signer = try authority.key(.registry)
        let identitySignature = try #require(image.files[.identitySignature])
        #expect(isSigned(identity, identitySignature, by: signer, digests.identity))
        var address = try #require(image.files[.address])
        while address.last == 0 { address.removeLast() }
        let addressSignature = try #require(image.files[.addressSignature])
        let holdsAddress = isSigned(address + identitySignature, addressSignature, by: signer, digests.address)
        #expect(holdsAddress == (profile != .otherAddress))
    }

    private func isSigned(_ bytes: [UInt8], _ signature: [UInt8], by key: TestCardKey, _ hash: CardHash) -> Bool {
        switch key.material {
        case .ellipticCurve(let key):
            let der = signature.prefix(2 + Int(signature[1]))
            guard let signature = try? P384.Signing.ECDSASignature(derRepresentation: der) else { return false }
            return key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes))
        case .rsa:
            // RSA of PKCS#1 v1.5 gives the same signature each time.
            return (try? key.signature(over: bytes, hash)) == signature
        }
    }

    @Test("No two profiles are the same chip, card or person")
    func different() throws {
        let cards = Self.eIDs.compactMap { $0.synthetic(photo: CardBench.photo) }
        #expect(Set(cards.map(\.chipNumber)).count == cards.count)
        #expect(Set(cards.map { $0.document.cardNumber(serial: $0.serial) }).count == cards.count)
        #expect(Set(cards.map(\.persona.nationalNumber)).count >= cards.count - 1, "two profiles of small children")
    }

    @Test("Mixed profiles mix hash functions as re-signed cards do")
    func mixed() throws {
        let photo = try #require(CardProfile.mixedPhoto.synthetic(photo: [])?.digests)
        #expect(photo == SyntheticCard.Digests(photo: .sha1, identity: .sha256, address: .sha256))
        let address = try #require(CardProfile.mixedAddress.synthetic(photo: [])?.digests)
        #expect(address == SyntheticCard.Digests(photo: .sha1, identity: .sha1, address: .sha256))
    }

    @Test("A foreigner's card bears every field that such cards have of their own")
    func foreigner() throws {
        let identity = try #require(try CardBench.image(.foreignerEUPlus)?.files[.identity])
        var tags: [UInt8] = []
        var place = 0
        while place < identity.count {
            tags.append(identity[place])
            place += 2 + Int(identity[place + 1])
        }
        #expect(place == identity.count)
        #expect(tags == tags.sorted())
        #expect(Set(tags).isSuperset(of: 0x12...0x1F))
    }

    @Test("The root is the same in every run, and says TEST", arguments: TestCardAuthority.Algorithm.allCases)
    func sameRoot(_ algorithm: TestCardAuthority.Algorithm) throws {
        let root = try TestCardAuthority(algorithm).rootCertificate
        #expect(try TestCardAuthority(algorithm).rootCertificate == root)
        #expect(String(decoding: root, as: UTF8.self).contains(algorithm.rootName))
        let known: [TestCardAuthority.Algorithm: String] = [
            .rsa1024: "b06abfbf", .rsa: "504a9f3d", .ellipticCurve: "7f6a40fd",
        ]
        let fingerprint = SHA256.hash(data: root).prefix(4).map { EIDFile.hexadecimal(Int($0), digits: 2) }.joined()
            .lowercased()
        #expect(known[algorithm] == fingerprint, "whoever has put this root on a list must put the new one there")
    }

    @Test("Places of revocation are in holders' certificates, and can be others")
    func revocation() throws {
        var shape = TestCardAuthority.Shape()
        shape.revocation = TestCardRevocation(ocsp: "http://127.0.0.1:8080/o", crl: "http://127.0.0.1:8080/c.crl")
        let authority = try TestCardAuthority(.ellipticCurve, shape: shape)
        let image = try #require(try CardProfile.v18.image(photo: CardBench.photo, signedBy: authority))
        for file in [EIDFile.authenticationCertificate, .caCertificate, .registryCertificate] {
            let text = String(decoding: try #require(image.files[file]), as: UTF8.self)
            #expect(text.contains("http://127.0.0.1:8080/o") && text.contains("http://127.0.0.1:8080/c.crl"))
        }
    }

    @Test("A card is the same after it was written to a folder and read from there")
    func folder() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "card-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        for profile in [CardProfile.v11, .v18] {
            let image = try #require(try CardBench.image(profile))
            try image.write(to: folder)
            let read = try EIDCardImage(folder: folder)
            #expect(read.files == image.files && read.atr == image.atr && read.cardData == image.cardData)
            try FileManager.default.removeItem(at: folder)
        }
    }

    @Test("Dumps of other programs are taken: other names, and no answer to reset of their own")
    func otherDumps() throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "dump-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        #expect(throws: EIDCardImage.FolderFailure.noIdentity) { try EIDCardImage(folder: folder) }
        let identity: [UInt8] = [0x01, 0x01, 0x30, 0x02, 0x10] + (0..<16).map { $0 }
        for (name, content) in [
            ("3f00df014031.bin", identity), ("4035", [0xFF, 0xD8]), ("DF01_4032", [UInt8](repeating: 1, count: 128)),
            ("readme.txt", [1]),
        ] as [(String, [UInt8])] {
            try Data(content).write(to: folder.appending(path: name))
        }
        let image = try EIDCardImage(folder: folder)
        #expect(Set(image.files.keys) == [.identity, .photo, .identitySignature])
        #expect(image.atr == CardApplet.v11.atr && image.appletVersion == 0x11)
        #expect(image.cardData.prefix(16) == identity[5...])
        let other = try EIDCardImage(folder: folder, atr: [0x3B, 0x00], cardData: [UInt8](repeating: 3, count: 12))
        #expect(other.atr == [0x3B, 0x00] && other.cardData.suffix(12) == [UInt8](repeating: 3, count: 12))
        #expect(throws: EIDCardImage.FolderFailure.badCardData) { try EIDCardImage(folder: folder, cardData: [1]) }
        #expect(throws: EIDCardImage.FolderFailure.badATR) { try EIDCardImage(folder: folder, atr: [1]) }
        #expect(throws: EIDCardImage.FolderFailure.unreadable) {
            try EIDCardImage(folder: folder.appending(path: "no"))
        }
    }

    @Test(
        "An infrastructure of one's own stays the same in its folder",
        arguments: [TestCardAuthority.Algorithm.ellipticCurve])
    func ownAuthority(_ algorithm: TestCardAuthority.Algorithm) throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "ca-\(UInt64.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try TestCardAuthority(algorithm, folder: folder)
        let read = try TestCardAuthority(algorithm, folder: folder)
        #expect(read.rootCertificate == made.rootCertificate)
        #expect(made.rootCertificate != (try TestCardAuthority(algorithm)).rootCertificate)
        #expect(try read.key(.registry).publicKey == made.key(.registry).publicKey)
    }

    @Test("A forger's flipped bit is one bit")
    func flipped() throws {
        let image = try #require(try CardBench.image(.v18))
        let forged = image.with(.flipped(.address, bit: 9))
        let (old, new) = (try #require(image.files[.address]), try #require(forged.files[.address]))
        #expect(zip(old, new).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +) == 1)
        #expect(old[1] ^ new[1] == 0x40)
        #expect(image.with(.without(.caCertificate)).files[.caCertificate] == nil)
    }
}
