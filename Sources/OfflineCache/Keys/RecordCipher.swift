import CSodium
import EnrolmentCore

/// ChaCha20-Poly1305 (RFC 8439) under a key that lies in a secret: a 12-byte nonce, the ciphertext, a
/// 16-byte tag.
enum RecordCipher {
    static let nonceLength = 12
    static let tagLength = 16
    /// Of a key that lies under another.
    static let sealedKeyLength = nonceLength + SecretKey.length + tagLength

    /// - Parameter associated: authenticated with the content, and not in the result.
    static func seal(
        _ content: UnsafeRawBufferPointer, under key: SecretBytes, authenticating associated: [UInt8]
    ) -> [UInt8]? {
        guard key.count == SecretKey.length else { return nil }
        var sealed = [UInt8](repeating: 0, count: nonceLength + content.count + tagLength)
        let result = sealed.withUnsafeMutableBytes { room -> Int32 in
            guard let nonce = room.bytes else { return -1 }
            randombytes_buf(nonce, nonceLength)
            return key.withBytes { key in
                guard let key = key.bytes else { return -1 }
                return crypto_aead_chacha20poly1305_ietf_encrypt(
                    nonce + nonceLength, nil, content.bytes, UInt64(content.count), associated,
                    UInt64(associated.count), nil, nonce, key)
            }
        }
        return result == 0 ? sealed : nil
    }

    /// Writes the content to `room`, which has `sealed.count - 28` bytes; false, and the room zeroed, when
    /// anything is not as it was sealed.
    static func open(
        _ sealed: ArraySlice<UInt8>, under key: SecretBytes, authenticating associated: [UInt8],
        into room: UnsafeMutableRawBufferPointer
    ) -> Bool {
        guard key.count == SecretKey.length, sealed.count >= nonceLength + tagLength,
            room.count == sealed.count - nonceLength - tagLength
        else { return false }
        let result = sealed.withUnsafeBytes { sealed -> Int32 in
            guard let nonce = sealed.bytes else { return -1 }
            return key.withBytes { key in
                guard let key = key.bytes else { return -1 }
                return crypto_aead_chacha20poly1305_ietf_decrypt(
                    room.bytes, nil, nil, nonce + nonceLength, UInt64(sealed.count - nonceLength), associated,
                    UInt64(associated.count), nonce, key)
            }
        }
        return result == 0
    }
}
