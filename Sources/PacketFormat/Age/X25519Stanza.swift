import Crypto
import FoundationEssentials

/// The `X25519` stanza: an ephemeral key agreement and ChaCha20-Poly1305.
enum X25519Stanza {
    private static let info = Array("age-encryption.org/v1/X25519".utf8)

    static func wrap(_ fileKey: AgeFileKey, for publicKey: [UInt8]) throws(AgeError) -> AgeStanza {
        let ephemeral = Curve25519.KeyAgreement.PrivateKey()
        let share = Array(ephemeral.publicKey.rawRepresentation)
        guard let wrapping = wrappingKey(ephemeral, with: publicKey, share: share, recipient: publicKey) else {
            throw AgeError(.key, "the X25519 recipient is no key")
        }
        let text = String(decoding: Base64.unpadded.encode(share), as: UTF8.self)
        return AgeStanza(
            type: AgeRecipient.Kind.x25519.rawValue, arguments: [text],
            body: try AgeKeyWrap.seal(fileKey, with: wrapping))
    }

    static func unwrap(
        _ stanza: AgeStanza, with key: Curve25519.KeyAgreement.PrivateKey
    ) throws(AgeError) -> AgeFileKey? {
        let share = try stanza.share(byteCount: 32)
        let own = Array(key.publicKey.rawRepresentation)
        guard let wrapping = wrappingKey(key, with: share, share: share, recipient: own) else {
            throw AgeError(.header, "the X25519 share is degenerate")
        }
        return AgeKeyWrap.open(stanza.body, with: wrapping)
    }

    /// Nil when the shared secret is all zero, which the library lets pass and age must not.
    private static func wrappingKey(
        _ secret: Curve25519.KeyAgreement.PrivateKey, with other: [UInt8], share: [UInt8], recipient: [UInt8]
    ) -> SymmetricKey? {
        guard let point = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: other),
            let shared = try? secret.sharedSecretFromKeyAgreement(with: point),
            !shared.withUnsafeBytes({ $0.allSatisfy { $0 == 0 } })
        else { return nil }
        return shared.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: share + recipient, sharedInfo: info, outputByteCount: 32)
    }
}
