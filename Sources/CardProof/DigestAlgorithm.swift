import Crypto

/// A hash that a signature can be made over.
enum DigestAlgorithm: Hashable, Sendable, CaseIterable {
    case sha1, sha256, sha384, sha512

    /// The algorithm whose digests are this long; nil for any other length.
    init?(digestLength: Int) {
        guard let algorithm = Self.allCases.first(where: { $0.length == digestLength }) else { return nil }
        self = algorithm
    }

    var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// As technicians write it.
    var name: String {
        switch self {
        case .sha1: "SHA-1"
        case .sha256: "SHA-256"
        case .sha384: "SHA-384"
        case .sha512: "SHA-512"
        }
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: [UInt8](Insecure.SHA1.hash(data: bytes))
        case .sha256: [UInt8](SHA256.hash(data: bytes))
        case .sha384: [UInt8](SHA384.hash(data: bytes))
        case .sha512: [UInt8](SHA512.hash(data: bytes))
        }
    }
}
