import Crypto
import CryptoExtras
package import EnrolmentCore

extension CardKey {
    /// The key that a certificate on a card names; nil for one that no card from applet 1.7 on has.
    ///
    /// - Parameter file: DER, perhaps filled up with zero bytes.
    package init?(certificate file: [UInt8]) {
        switch ChainCertificate(file: file)?.key {
        case .rsa(let key):
            guard key.keySizeInBits == 2048, let numbers = try? key.getKeyPrimitives(),
                Array(numbers.publicExponent) == [1, 0, 1], numbers.modulus.count == 256
            else { return nil }
            self = .rsa2048(modulus: Array(numbers.modulus))
        case .p384(let key):
            let numbers = Array(key.rawRepresentation)
            guard numbers.count == 96 else { return nil }
            self = .p384(x: Array(numbers[..<48]), y: Array(numbers[48...]))
        case .p256, .p521, nil: return nil
        }
    }

    /// What a card with this key is asked to sign in the place of a message.
    package func digest(of message: [UInt8]) -> CardDigest {
        switch self {
        case .rsa2048: .sha256(DigestAlgorithm.sha256.digest(message))
        case .p384: .sha384(DigestAlgorithm.sha384.digest(message))
        }
    }
}
