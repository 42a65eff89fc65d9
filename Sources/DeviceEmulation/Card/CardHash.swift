import Crypto

/// A hash function that cards are signed with.
package enum CardHash: String, Hashable, Sendable, CaseIterable {
    case sha1, sha256, sha384

    package func hash(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: [UInt8](Insecure.SHA1.hash(data: bytes))
        case .sha256: [UInt8](SHA256.hash(data: bytes))
        case .sha384: [UInt8](SHA384.hash(data: bytes))
        }
    }
}
