import Crypto
import CryptoExtras
import Foundation
import X509

/// A private key of the test infrastructure.
package struct TestCardKey: Sendable {
    enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case ellipticCurve(P384.Signing.PrivateKey)
    }

    let material: Material

    /// A new key. Keys of RSA take seconds in a debug build.
    ///
    /// - Parameter isShort: whether an RSA key is as short as those of the oldest cards.
    package init(_ algorithm: TestCardAuthority.Algorithm, isShort: Bool = false) throws {
        switch algorithm {
        case .rsa1024 where isShort:
            material = .rsa(try _RSA.Signing.PrivateKey(unsafeKeySize: _RSA.Signing.KeySize(bitCount: 1024)))
        case .rsa1024, .rsa: material = .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        case .ellipticCurve: material = .ellipticCurve(P384.Signing.PrivateKey())
        }
    }

    /// A key from PKCS#8, or from what its algorithm has of its own.
    package init(der: [UInt8]) throws {
        if let key = try? P384.Signing.PrivateKey(derRepresentation: der) {
            material = .ellipticCurve(key)
        } else {
            material = .rsa(try _RSA.Signing.PrivateKey(unsafeDERRepresentation: der))
        }
    }

    package init(pem: String) throws {
        if let key = try? P384.Signing.PrivateKey(pemRepresentation: pem) {
            material = .ellipticCurve(key)
        } else {
            material = .rsa(try _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem))
        }
    }

    package var pem: String {
        switch material {
        case .rsa(let key): key.pemRepresentation
        case .ellipticCurve(let key): key.pemRepresentation
        }
    }

    /// SubjectPublicKeyInfo, DER.
    package var publicKey: [UInt8] {
        switch material {
        case .rsa(let key): [UInt8](key.publicKey.derRepresentation)
        case .ellipticCurve(let key): [UInt8](key.publicKey.derRepresentation)
        }
    }

    package var isEllipticCurve: Bool {
        if case .ellipticCurve = material { true } else { false }
    }

    var forCertificates: Certificate.PrivateKey {
        switch material {
        case .rsa(let key): Certificate.PrivateKey(key)
        case .ellipticCurve(let key): Certificate.PrivateKey(key)
        }
    }

    /// PKCS#1 v1.5, or r and s in DER.
    package func signature(over bytes: [UInt8], _ hash: CardHash) throws -> [UInt8] {
        switch (material, hash) {
        case (.rsa(let key), .sha1):
            try Self.signature(key, Insecure.SHA1.hash(data: bytes))
        case (.rsa(let key), .sha256):
            try Self.signature(key, SHA256.hash(data: bytes))
        case (.rsa(let key), .sha384):
            try Self.signature(key, SHA384.hash(data: bytes))
        case (.ellipticCurve(let key), _):
            [UInt8](try key.signature(for: CardDigestBytes(hash.hash(bytes))).derRepresentation)
        }
    }

    private static func signature(_ key: _RSA.Signing.PrivateKey, _ digest: some Digest) throws -> [UInt8] {
        [UInt8](try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation)
    }
}
