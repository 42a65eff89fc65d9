import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import DeviceEmulation

@Suite struct CardSigningTests {
    private static let message = [UInt8]("what is signed".utf8)

    /// A DigestInfo, as a caller gives it to algorithm 01 of RSA.
    private static func info(_ digest: [UInt8]) -> [UInt8] {
        CardBench.bytes("30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20") + digest
    }

    private func isSigned(_ signature: [UInt8], with key: TestCardKey, algorithm: UInt8) throws -> Bool {
        switch key.material {
        case .ellipticCurve(let key):
            let signature = try P384.Signing.ECDSASignature(rawRepresentation: signature)
            let digest = CardDigestBytes(Self.input(algorithm, isEllipticCurve: true))
            return key.publicKey.isValidSignature(signature, for: digest)
        case .rsa(let key):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            let (sha1, sha256) = (Insecure.SHA1.hash(data: Self.message), SHA256.hash(data: Self.message))
            return switch algorithm {
            case 0x02: key.publicKey.isValidSignature(signature, for: sha1, padding: .insecurePKCS1v1_5)
            case 0x10: key.publicKey.isValidSignature(signature, for: sha1, padding: .PSS)
            case 0x20: key.publicKey.isValidSignature(signature, for: sha256, padding: .PSS)
            default: key.publicKey.isValidSignature(signature, for: sha256, padding: .insecurePKCS1v1_5)
            }
        }
    }

    /// What a caller hands to the card for an algorithm.
    private static func input(_ algorithm: UInt8, isEllipticCurve: Bool) -> [UInt8] {
        switch (isEllipticCurve, algorithm) {
        case (true, 0x02): [UInt8](SHA384.hash(data: message))
        case (true, 0x10): [UInt8](repeating: 0x31, count: 48)
        case (true, 0x04): [UInt8](SHA512.hash(data: message))
        case (true, 0x20): [UInt8](repeating: 0x32, count: 64)
        case (true, 0x40): [UInt8](Insecure.SHA1.hash(data: message))
        case (true, _): [UInt8](SHA256.hash(data: message))
        case (false, 0x02), (false, 0x10): [UInt8](Insecure.SHA1.hash(data: message))
        case (false, 0x01): info([UInt8](SHA256.hash(data: message)))
        case (false, _): [UInt8](SHA256.hash(data: message))
        }
    }

    @Test(
        "The holder's keys sign by every algorithm of their generation",
        arguments: [
            (CardProfile.v11, [0x01, 0x02]), (.v17, [0x01, 0x02, 0x08, 0x10, 0x20]), (.v17Rekeyed, [0x01, 0x08]),
            (.v18, [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40]),
        ] as [(CardProfile, [UInt8])])
    func algorithms(_ profile: CardProfile, _ algorithms: [UInt8]) throws {
        var bench = try CardBench(profile)
        let image = try #require(try CardBench.image(profile))
        #expect(bench.status(CardBench.keyDirectory) == "90 00")
        for number in CardKeyNumber.allCases {
            let key = try #require(image.holderKeys[number])
            for algorithm in algorithms {
                let input = Self.input(algorithm, isEllipticCurve: key.isEllipticCurve)
                #expect(bench.status("00 22 41 B6 05 04 80", [algorithm, 0x84, number.rawValue]) == "90 00")
                #expect(bench.status(CardBench.pin) == "90 00")
                let signature = try bench.fetched("00 2A 9E 9A", [UInt8(input.count)] + input)
                #expect(try isSigned(signature, with: key, algorithm: algorithm), "\(number) by \(algorithm)")
            }
        }
    }

    @Test("The certificate on the card is over the key that signs", arguments: [CardProfile.v10, .v17, .v18])
    func certificates(_ profile: CardProfile) throws {
        let image = try #require(try CardBench.image(profile))
        for (number, file) in [
            (CardKeyNumber.authentication, EIDFile.authenticationCertificate), (.signature, .signatureCertificate),
        ] {
            let key = try #require(image.holderKeys[number]).publicKey
            let certificate = try #require(image.files[file])
            // The public key is in it byte for byte.
            #expect(certificate.indices.contains { certificate[$0...].starts(with: key) })
        }
        #expect(image.holderKeys[.authentication]?.publicKey != image.holderKeys[.signature]?.publicKey)
    }

    @Test("An algorithm of another generation, another key and another directory are refused")
    func environment() throws {
        var old = try CardBench(.v11)
        #expect(old.status("00 22 41 B6 05 04 80 08 84 82") == "6A 88", "no SHA-256 before applet 1.7")
        #expect(old.status("00 22 41 B6 05 04 80 02 84 81") == "6A 88", "no such key")
        #expect(old.status("00 22 41 B6 05 04 80 02 84 82") == "90 00")
        #expect(old.status("00 22 41 B6 04 80 02 84 82") == "67 00")
        #expect(old.status("00 22 81 B6 05 04 80 02 84 82") == "6A 86")
        var new = try CardBench(.v18)
        #expect(new.status(CardBench.authenticationKey) == "6A 88", "the keys' directory is not selected")
        #expect(new.status(CardBench.keyDirectory) == "90 00")
        #expect(new.status(CardBench.authenticationKey) == "90 00")
        var child = try CardBench(.kids6To12)
        #expect(child.status(CardBench.keyDirectory) == "90 00")
        #expect(child.status(CardBench.authenticationKey) == "90 00")
        #expect(child.status(CardBench.signatureKey) == "6A 88", "a child signs nothing")
    }

    private func digest(_ profile: CardProfile) -> [UInt8] {
        profile == .v18 ? [48] + [UInt8](repeating: 7, count: 48) : [20] + [UInt8](repeating: 7, count: 20)
    }

    @Test("Nothing is signed without a choice of key, a PIN and a digest of the right length")
    func refusals() throws {
        var bench = try CardBench(.v17)
        let digest = digest(.v17)
        #expect(bench.status("00 2A 9E 9A", digest) == "69 85")
        _ = bench.status(CardBench.keyDirectory)
        #expect(bench.status(CardBench.authenticationKey) == "90 00")
        #expect(bench.status("00 2A 9E 9A", digest) == "69 82")
        #expect(bench.status(CardBench.wrongPIN) == "63 C2")
        #expect(bench.status("00 2A 9E 9A", digest) == "69 82")
        #expect(bench.status(CardBench.pin) == "90 00")
        #expect(bench.status("00 2A 9E 9A 02 01 02") == "6A 80")
        #expect(bench.status("00 2A 9E 9A 30 01 02") == "67 00")
        #expect(bench.status("00 2A 9E 9A", digest) == "61 00", "256 bytes wait")
        _ = bench.card.answer([0x80, 0xE6, 0x00, 0x00])
        #expect(bench.status("00 2A 9E 9A", digest) == "69 82", "after LOG OFF")
        bench.card.reset()
        #expect(bench.status("00 2A 9E 9A", digest) == "69 85", "a reset forgets the key")
    }

    @Test("The key for authentication wants the PIN once, the one for signing right before each signature")
    func pinOnceAndAlways() throws {
        for profile in [CardProfile.v17, .v18] {
            var bench = try CardBench(profile)
            let digest = digest(profile)
            _ = bench.status(CardBench.keyDirectory)
            _ = bench.status(CardBench.authenticationKey)
            _ = bench.status(CardBench.pin)
            for _ in 0..<2 { #expect(bench.status("00 2A 9E 9A", digest).hasPrefix("61")) }
            #expect(bench.status(CardBench.signatureKey) == "90 00")
            #expect(bench.status("00 2A 9E 9A", digest) == "69 82", "the PIN is not fresh")
            #expect(bench.status(CardBench.pin) == "90 00")
            #expect(bench.status("00 2A 9E 9A", digest).hasPrefix("61"))
            #expect(bench.status("00 2A 9E 9A", digest) == "69 82", "a second signature")
            #expect(bench.status(CardBench.authenticationKey) == "90 00")
            #expect(bench.status("00 2A 9E 9A", digest) == "69 82", "authentication after a signature")
        }
    }

    @Test("On applet 1.8 one command may come between PIN and signature, before none")
    func between() throws {
        for (profile, status) in [(CardProfile.v17, "69 82"), (.v18, "61 60")] {
            var bench = try CardBench(profile)
            _ = bench.status(CardBench.keyDirectory)
            _ = bench.status(CardBench.pin)
            _ = bench.status(CardBench.signatureKey)
            #expect(bench.status("00 2A 9E 9A", digest(profile)) == status)
        }
        var two = try CardBench(.v18)
        _ = two.status(CardBench.pin)
        _ = two.status(CardBench.keyDirectory)
        _ = two.status(CardBench.signatureKey)
        #expect(two.status("00 2A 9E 9A", digest(.v18)) == "69 82")
    }

    @Test("A chip answers so many challenges and no more until it has had the PIN")
    func challenges() throws {
        let challenge = [0x32, 0x94, 0x30] + [UInt8](repeating: 9, count: 48)
        var bench = try CardBench(.v18) { $0.challengesLeft = 2 }
        for status in ["61 60", "61 60", "69 85"] { #expect(bench.status("00 88 02 81", challenge) == status) }
        bench.card.reset()
        #expect(bench.status("00 88 02 81", challenge) == "69 85", "a reset does not help")
        #expect(bench.status(CardBench.pin) == "90 00")
        #expect(bench.status("00 88 02 81", challenge) == "61 60")
        var used = try CardBench(.challengesUsedUp)
        #expect(used.status("00 88 02 81", challenge) == "69 85")
    }

    @Test("A chip proves itself with its own key, a copy with another")
    func clones() throws {
        let challenge = [UInt8](repeating: 9, count: 48)
        for (profile, isGenuine) in [(CardProfile.v18, true), (.clone, false)] {
            let image = try #require(try CardBench.image(profile))
            var bench = CardBench(EmulatedEIDCard(image))
            let signature = try bench.fetched("00 88 02 81 32 94 30", challenge)
            let key = try P384.Signing.PublicKey(derRepresentation: try #require(image.files[.basicKey]))
            let ecdsa = try P384.Signing.ECDSASignature(rawRepresentation: signature)
            #expect(key.isValidSignature(ecdsa, for: CardDigestBytes(challenge)) == isGenuine)
        }
        var without = try CardBench(.noBasicKey)
        #expect(without.status("00 88 02 81 32 94 30", challenge) == "6D 00")
    }
}
