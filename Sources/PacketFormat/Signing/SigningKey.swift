import Crypto
import FoundationEssentials

/// What a kit signs manifests with.
package typealias KitSigningKey = SigningKey

/// What central signs receipts with.
package typealias ReceiptSigningKey = SigningKey

/// A private P-256 key for ES256 signatures (RFC 7518 3.4).
package struct SigningKey: Sendable, CustomStringConvertible {
    let key: P256.Signing.PrivateKey
    package let verifyingKey: VerifyingKey

    /// Makes a new key from the system's generator.
    package init() {
        self.init(key: P256.Signing.PrivateKey())
    }

    /// - Parameter raw: the 32 bytes of the scalar.
    /// - Throws: `SigningKeyError`.
    package init(raw: [UInt8]) throws(SigningKeyError) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: raw) else { throw .notPrivateKey }
        self.init(key: key)
    }

    /// - Parameter pem: PKCS #8 (`PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`).
    /// - Throws: `SigningKeyError`.
    package init(pem: String) throws(SigningKeyError) {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else { throw .notPrivateKey }
        self.init(key: key)
    }

    private init(key: P256.Signing.PrivateKey) {
        self.key = key
        verifyingKey = VerifyingKey(key: key.publicKey)
    }

    /// The secret itself: only for the vault.
    package var raw: [UInt8] { Array(key.rawRepresentation) }

    /// The secret itself as PKCS #8: only for a key file.
    package var pem: String { key.pemRepresentation }

    package var keyID: String { verifyingKey.keyID }

    /// Names the key without giving it away.
    package var description: String { "SigningKey(\(keyID))" }
}

/// A public P-256 key that statements are checked with.
package struct VerifyingKey: Hashable, Sendable, CustomStringConvertible {
    let key: P256.Signing.PublicKey
    /// The JWK thumbprint of RFC 7638 in base64url, 43 characters: the `kid` of a statement.
    package let keyID: String

    /// - Parameter raw: the two coordinates, 64 bytes.
    /// - Throws: `SigningKeyError`.
    package init(raw: [UInt8]) throws(SigningKeyError) {
        guard let key = try? P256.Signing.PublicKey(rawRepresentation: raw) else { throw .notPublicKey }
        self.init(key: key)
    }

    /// - Parameter pem: a `PUBLIC KEY` block.
    /// - Throws: `SigningKeyError`.
    package init(pem: String) throws(SigningKeyError) {
        guard let key = try? P256.Signing.PublicKey(pemRepresentation: pem) else { throw .notPublicKey }
        self.init(key: key)
    }

    init(key: P256.Signing.PublicKey) {
        self.key = key
        let point = key.rawRepresentation
        let x = String(decoding: Base64.url.encode(point.prefix(32)), as: UTF8.self)
        let y = String(decoding: Base64.url.encode(point.suffix(32)), as: UTF8.self)
        let members = #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
        keyID = String(decoding: Base64.url.encode(Array(SHA256.hash(data: Array(members.utf8)))), as: UTF8.self)
    }

    package var raw: [UInt8] { Array(key.rawRepresentation) }
    package var pem: String { key.pemRepresentation }
    package var description: String { "VerifyingKey(\(keyID))" }

    package static func == (left: VerifyingKey, right: VerifyingKey) -> Bool { left.keyID == right.keyID }
    package func hash(into hasher: inout Hasher) { hasher.combine(keyID) }
}

/// The bytes or text given are no P-256 key.
package enum SigningKeyError: String, Error, CaseIterable, Sendable {
    case notPrivateKey, notPublicKey
}
