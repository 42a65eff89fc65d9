import Crypto
import CryptoExtras
import Foundation

extension TestCardKey {
    /// Whether a card of this applet has the algorithm for this key.
    func takes(_ algorithm: UInt8, appletVersion: UInt8) -> Bool {
        switch material {
        case .ellipticCurve: digestLengths(algorithm) != nil
        case .rsa:
            (appletVersion < 0x17 ? [0x01, 0x02, 0x04] : [0x01, 0x02, 0x04, 0x08, 0x10, 0x20]).contains(algorithm)
        }
    }

    /// What the card makes of a digest, or of a DigestInfo for algorithm 01 of RSA; nil when it is not
    /// as long as the algorithm wants it.
    func cardSignature(over digest: [UInt8], algorithm: UInt8) -> [UInt8]? {
        switch material {
        case .ellipticCurve(let key):
            guard digestLengths(algorithm)?.contains(digest.count) ?? false else { return nil }
            return (try? key.signature(for: CardDigestBytes(digest))).map { [UInt8]($0.rawRepresentation) }
        case .rsa(let key):
            let length = (key.keySizeInBits + 7) / 8
            let block: [UInt8]? =
                switch algorithm {
                case 0x01: RSASignatureBlock.pkcs1(digest, length: length)
                case 0x02: RSASignatureBlock.pkcs1(digest, of: .sha1, length: length)
                case 0x04: RSASignatureBlock.pkcs1(digest, of: .md5, length: length)
                case 0x08: RSASignatureBlock.pkcs1(digest, of: .sha256, length: length)
                case 0x10: RSASignatureBlock.pss(digest, Insecure.SHA1.self, length: length)
                case 0x20: RSASignatureBlock.pss(digest, SHA256.self, length: length)
                default: nil
                }
            return block.flatMap { Self.raw($0, key) }
        }
    }

    /// By the applet 1.8 manual: SHA-256, -384 and -512, the same of SHA-3, and anything that was hashed.
    private func digestLengths(_ algorithm: UInt8) -> [Int]? {
        switch algorithm {
        case 0x01, 0x08: [32]
        case 0x02, 0x10: [48]
        case 0x04, 0x20: [64]
        case 0x40: [20, 28, 32, 48, 64]
        default: nil
        }
    }

    /// The bare private operation, which the library has for blind signatures.
    private static func raw(_ block: [UInt8], _ key: _RSA.Signing.PrivateKey) -> [UInt8]? {
        let key = try? _RSA.BlindSigning.PrivateKey<SHA384>(unsafeDERRepresentation: key.derRepresentation)
        return try? key?.blindSignature(for: block).withUnsafeBytes { [UInt8]($0) }
    }
}

/// What RSA is applied to (RFC 8017, 9.1 and 9.2).
enum RSASignatureBlock {
    enum Prefix {
        case md5, sha1, sha256

        var digestLength: Int {
            switch self {
            case .md5: 16
            case .sha1: 20
            case .sha256: 32
            }
        }

        /// DigestInfo before the digest.
        var bytes: [UInt8] {
            let oid: [UInt8] =
                switch self {
                case .md5: [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05]
                case .sha1: [0x2B, 0x0E, 0x03, 0x02, 0x1A]
                case .sha256: [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
                }
            let algorithm = [0x06, UInt8(oid.count)] + oid + [0x05, 0x00]
            return [0x30, UInt8(algorithm.count + 4 + digestLength), 0x30, UInt8(algorithm.count)] + algorithm
                + [0x04, UInt8(digestLength)]
        }
    }

    static func pkcs1(_ digest: [UInt8], of prefix: Prefix, length: Int) -> [UInt8]? {
        digest.count == prefix.digestLength ? pkcs1(prefix.bytes + digest, length: length) : nil
    }

    static func pkcs1(_ info: [UInt8], length: Int) -> [UInt8]? {
        guard info.count + 11 <= length else { return nil }
        return [0x00, 0x01] + [UInt8](repeating: 0xFF, count: length - info.count - 3) + [0x00] + info
    }

    /// With a salt as long as the digest, and MGF1 by the same function.
    static func pss<Hash: HashFunction>(_ digest: [UInt8], _ function: Hash.Type, length: Int) -> [UInt8]? {
        let size = Hash.Digest.byteCount
        guard digest.count == size, length >= 2 * size + 2 else { return nil }
        let salt = (0..<size).map { _ in UInt8.random(in: .min ... .max) }
        let hash = [UInt8](Hash.hash(data: [UInt8](repeating: 0, count: 8) + digest + salt))
        let data = [UInt8](repeating: 0, count: length - 2 * size - 2) + [0x01] + salt
        var mask: [UInt8] = []
        var counter: UInt32 = 0
        while mask.count < data.count {
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: counter >> (24 - 8 * UInt32($0))) }
            mask += [UInt8](Hash.hash(data: hash + bytes))
            counter += 1
        }
        var masked = zip(data, mask).map { $0 ^ $1 }
        // The modulus' highest bit is its only one beyond what may be encoded.
        masked[0] &= 0x7F
        return masked + hash + [0xBC]
    }
}
