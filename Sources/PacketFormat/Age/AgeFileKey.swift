import Crypto

/// The 16 bytes from which all keys of one age file are derived.
package struct AgeFileKey: Sendable {
    static let byteCount = 16

    let key: SymmetricKey

    /// From the system's generator. It is not passed in, unlike other randomness in this project:
    /// a seam here would be a way to make packets that others can read.
    init() { key = SymmetricKey(size: .bits128) }

    /// Nil unless there are 16 bytes.
    init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    var bytes: [UInt8] { key.withUnsafeBytes { Array($0) } }

    /// - Parameter header: the header up to and including the three dashes of its end line.
    func headerMAC(over header: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: header, using: derive(salt: [], info: "header")))
    }

    /// Compares in constant time.
    func isValid(mac: [UInt8], over header: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            mac, authenticating: header, using: derive(salt: [], info: "header"))
    }

    func payloadKey(nonce: [UInt8]) -> SymmetricKey { derive(salt: nonce, info: "payload") }

    private func derive(salt: [UInt8], info: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, salt: salt, info: Array(info.utf8), outputByteCount: 32)
    }
}

/// How the X25519 and scrypt stanzas seal a file key: ChaCha20-Poly1305 with the zero nonce, which
/// is safe because each wrapping key is used once.
enum AgeKeyWrap {
    static let bodyByteCount = AgeFileKey.byteCount + 16

    static func seal(_ fileKey: AgeFileKey, with key: SymmetricKey) throws(AgeError) -> [UInt8] {
        do {
            let box = try ChaChaPoly.seal(fileKey.bytes, using: key, nonce: ChaChaPoly.Nonce(data: zeroNonce))
            return Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw AgeError(.key, "the file key cannot be wrapped")
        }
    }

    /// Nil when the key is another one.
    static func open(_ body: [UInt8], with key: SymmetricKey) -> AgeFileKey? {
        let plain = try? ChaChaPoly.open(
            ChaChaPoly.SealedBox(
                nonce: ChaChaPoly.Nonce(data: zeroNonce), ciphertext: body.dropLast(16), tag: body.suffix(16)),
            using: key)
        return plain.flatMap { AgeFileKey($0) }
    }

    private static let zeroNonce = [UInt8](repeating: 0, count: 12)
}
