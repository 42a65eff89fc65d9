import Crypto
import CryptoExtras

/// The public half of a key that signed something of a card: RSA of 1024 bits and more, or P-256, P-384,
/// P-521.
///
/// RSA-1024 and SHA-1 are here because cards up to applet 1.1 have nothing better, and are still in hand.
enum SigningKey: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)

    /// Nil for a key of another kind or size, and for what is no key.
    ///
    /// - Parameter publicKeyInfo: a SubjectPublicKeyInfo, DER, RFC 5280 4.1.2.7.
    init?(publicKeyInfo der: [UInt8]) {
        if let key = try? P384.Signing.PublicKey(derRepresentation: der) {
            self = .p384(key)
        } else if let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: der) {
            self = .rsa(key)
        } else if let key = try? P256.Signing.PublicKey(derRepresentation: der) {
            self = .p256(key)
        } else if let key = try? P521.Signing.PublicKey(derRepresentation: der) {
            self = .p521(key)
        } else {
            return nil
        }
    }

    var isRSA: Bool { if case .rsa = self { true } else { false } }

    /// As technicians write it.
    var name: String {
        switch self {
        case .rsa(let key): "RSA-\(key.keySizeInBits)"
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }

    /// Whether this key signed `message`.
    ///
    /// - Parameter signature: PKCS#1 v1.5 for RSA, DER for elliptic curves; zero bytes may follow.
    func verifies(_ signature: [UInt8], of message: [UInt8], by algorithm: DigestAlgorithm) -> Bool {
        switch algorithm {
        case .sha1: verifies(signature, Insecure.SHA1.hash(data: message))
        case .sha256: verifies(signature, SHA256.hash(data: message))
        case .sha384: verifies(signature, SHA384.hash(data: message))
        case .sha512: verifies(signature, SHA512.hash(data: message))
        }
    }

    /// Whether this key signed `message`, as chips sign: r and s without DER for elliptic curves.
    func verifies(raw signature: [UInt8], of message: [UInt8], by algorithm: DigestAlgorithm) -> Bool {
        if isRSA { return verifies(signature, of: message, by: algorithm) }
        return switch algorithm {
        case .sha1: false
        case .sha256: verifies(ECDSASignature(raw: signature, numberLength: numberLength), SHA256.hash(data: message))
        case .sha384: verifies(ECDSASignature(raw: signature, numberLength: numberLength), SHA384.hash(data: message))
        case .sha512: verifies(ECDSASignature(raw: signature, numberLength: numberLength), SHA512.hash(data: message))
        }
    }

    /// Whether this key signed a challenge that counts as the digest itself; never so for RSA.
    func verifies(raw signature: [UInt8], ofDigest challenge: GivenDigest) -> Bool {
        verifies(ECDSASignature(raw: signature, numberLength: numberLength), challenge)
    }

    /// Whether this key signed what has this digest, as chips sign.
    func verifies(raw signature: [UInt8], of digest: some Digest) -> Bool {
        isRSA
            ? verifies(signature, digest)
            : verifies(ECDSASignature(raw: signature, numberLength: numberLength), digest)
    }

    private var numberLength: Int {
        switch self {
        case .rsa: 0
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    private func verifies(_ signature: [UInt8], _ digest: some Digest) -> Bool {
        guard case .rsa(let key) = self else {
            return verifies(ECDSASignature(der: signature, numberLength: numberLength), digest)
        }
        let length = (key.keySizeInBits + 7) / 8
        guard signature.count >= length, signature[length...].allSatisfy({ $0 == 0 }) else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature.prefix(length)), for: digest,
            padding: .insecurePKCS1v1_5)
    }

    private func verifies(_ signature: ECDSASignature?, _ digest: some Digest) -> Bool {
        guard let raw = signature?.raw else { return false }
        switch self {
        case .rsa: return false
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw) else { return false }
            return key.isValidSignature(signature, for: digest)
        case .p384(let key):
            guard let signature = try? P384.Signing.ECDSASignature(rawRepresentation: raw) else { return false }
            return key.isValidSignature(signature, for: digest)
        case .p521(let key):
            guard let signature = try? P521.Signing.ECDSASignature(rawRepresentation: raw) else { return false }
            return key.isValidSignature(signature, for: digest)
        }
    }
}
