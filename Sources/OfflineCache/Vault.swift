import Crypto
import FoundationEssentials

/// Seals records under the store key: ChaCha20-Poly1305 (RFC 8439) with a key of its own for each record.
///
/// A sealed record is a 32-byte salt, then a 12-byte nonce, the ciphertext and a 16-byte tag. The
/// record's key is HKDF-SHA256 of the store key and the salt, so that when SQLite overwrites a
/// deleted row with zeros (`secure_delete`) the key goes with it.
package struct Vault: RecordSealing {
    private static let saltLength = 32
    private static let purpose = Array("draagbaar-loket record 1".utf8)

    private let key: SymmetricKey

    package init(_ key: StoreKey) {
        self.key = key.key
    }

    package func seal(_ content: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        do {
            let box = try ChaChaPoly.seal(content, using: recordKey(salt), authenticating: name.authenticated)
            return salt + box.combined
        } catch {
            throw .unwritable("record \(name)")
        }
    }

    package func open(_ sealed: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8] {
        do {
            let box = try ChaChaPoly.SealedBox(combined: Data(sealed.dropFirst(Self.saltLength)))
            let salt = Array(sealed.prefix(Self.saltLength))
            return Array(try ChaChaPoly.open(box, using: recordKey(salt), authenticating: name.authenticated))
        } catch {
            throw .recordDamaged(name)
        }
    }

    private func recordKey(_ salt: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, salt: salt, info: Self.purpose, outputByteCount: 32)
    }
}
