import Crypto
package import EnrolmentCore

extension HolderProof {
    /// Whether the certificate's key signed a digest, by whoever gave the digest to the card himself. Where
    /// the message is at hand, ask by the message.
    package func verifies(_ signature: CardSignature, over digest: CardDigest) -> Bool {
        guard let key = ChainCertificate(file: certificate)?.key, key.isRSA != signature.isEllipticCurve else {
            return false
        }
        switch digest {
        case .sha256(let bytes):
            guard let digest = Self.taking(bytes, as: SHA256.hash(data: [UInt8]())) else { return false }
            return key.verifies(raw: signature.bytes, of: digest)
        case .sha384(let bytes):
            guard let digest = Self.taking(bytes, as: SHA384.hash(data: [UInt8]())) else { return false }
            return key.verifies(raw: signature.bytes, of: digest)
        }
    }

    /// Crypto makes digests from messages only, and for RSA looks at their type to know what was padded. The
    /// bytes are put in the place of another digest's, and it is read whether that is what it then holds.
    private static func taking<Value: Digest>(_ bytes: [UInt8], as digest: Value) -> Value? {
        var digest = digest
        guard bytes.count == Value.byteCount, MemoryLayout<Value>.size == Value.byteCount else { return nil }
        withUnsafeMutableBytes(of: &digest) { $0.copyBytes(from: bytes) }
        return Array(digest) == bytes ? digest : nil
    }
}
