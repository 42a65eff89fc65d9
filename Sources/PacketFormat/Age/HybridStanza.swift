import Crypto
import FoundationEssentials

/// The `mlkem768x25519` stanza: HPKE (RFC 9180) in base mode with X-Wing, HKDF-SHA256 and
/// ChaCha20-Poly1305.
enum HybridStanza {
    static let encapsulatedByteCount = 1120

    /// The suite that age names; the X-Wing constant of the library uses AES-GCM and is another one.
    private static let suite = HPKE.Ciphersuite(kem: .XWingMLKEM768X25519, kdf: .HKDF_SHA256, aead: .chaChaPoly)
    private static let info = Data("age-encryption.org/mlkem768x25519".utf8)

    static func wrap(_ fileKey: AgeFileKey, for publicKey: [UInt8]) throws(AgeError) -> AgeStanza {
        do {
            let recipient = try XWingMLKEM768X25519.PublicKey(rawRepresentation: publicKey)
            var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: suite, info: info)
            let body = try sender.seal(fileKey.bytes)
            let share = String(decoding: Base64.unpadded.encode(sender.encapsulatedKey), as: UTF8.self)
            return AgeStanza(type: AgeRecipient.Kind.hybrid.rawValue, arguments: [share], body: Array(body))
        } catch {
            throw AgeError(.key, "the hybrid recipient is no key")
        }
    }

    static func unwrap(
        _ stanza: AgeStanza, with key: XWingMLKEM768X25519.PrivateKey
    ) throws(AgeError) -> AgeFileKey? {
        let share = try stanza.share(byteCount: encapsulatedByteCount)
        var recipient: HPKE.Recipient
        do {
            recipient = try HPKE.Recipient(
                privateKey: key, ciphersuite: suite, info: info, encapsulatedKey: Data(share))
        } catch {
            // The X25519 half gave the all-zero secret: no honest sender makes that.
            throw AgeError(.header, "the encapsulated key is degenerate")
        }
        // ML-KEM rejects implicitly: with another key only this step fails, and that is no match.
        return (try? recipient.open(stanza.body)).flatMap { AgeFileKey($0) }
    }
}

extension AgeStanza {
    /// The one argument of a stanza that holds a key share, checked together with the size of the
    /// body. The body is checked before any decryption, so that a sender cannot learn from a longer
    /// one which of several keys a reader holds.
    func share(byteCount: Int) throws(AgeError) -> [UInt8] {
        guard arguments.count == 1, let share = Base64.unpadded.decode(arguments[0].utf8), share.count == byteCount
        else { throw AgeError(.header, "a malformed \(type) stanza") }
        guard body.count == AgeKeyWrap.bodyByteCount else {
            throw AgeError(.header, "wrong body size of a \(type) stanza")
        }
        return share
    }
}
