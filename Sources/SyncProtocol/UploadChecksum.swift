import Crypto
import FoundationEssentials

/// A digest that guards one chunk of an upload (tus 1.0.0, extension "Checksum").
package enum ChecksumAlgorithm: String, CaseIterable, Sendable {
    case sha256
    /// Mandatory for every tus server. It guards against a faulty network only; the packet itself is
    /// proven by SHA-256 and the kit's signature.
    case sha1

    package var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha1: 20
        }
    }
}

/// The value of an `Upload-Checksum` field: an algorithm and the digest of the request body.
package struct UploadChecksum: Hashable, Sendable {
    package let algorithm: ChecksumAlgorithm
    package let digest: [UInt8]

    /// Why a field cannot be read; both are answered with 400, the first under its own code.
    package enum Problem: Error, Equatable {
        case unknownAlgorithm
        case malformed
    }

    /// The checksum of one chunk.
    package init(of chunk: [UInt8], using algorithm: ChecksumAlgorithm = .sha256) {
        var run = ChecksumRun(algorithm)
        run.update(chunk)
        self = run.finish()
    }

    init(algorithm: ChecksumAlgorithm, digest: [UInt8]) {
        self.algorithm = algorithm
        self.digest = digest
    }

    package init(header: String) throws(Problem) {
        let parts = header.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .malformed }
        guard let algorithm = ChecksumAlgorithm(rawValue: String(parts[0])) else { throw .unknownAlgorithm }
        guard let digest = Data(base64Encoded: String(parts[1])), digest.count == algorithm.byteCount else {
            throw .malformed
        }
        self.init(algorithm: algorithm, digest: Array(digest))
    }

    package var header: String { "\(algorithm.rawValue) \(Data(digest).base64EncodedString())" }
}

/// A checksum in the making, for a body that arrives in pieces.
package struct ChecksumRun {
    private var sha256 = SHA256()
    private var sha1 = Insecure.SHA1()
    private let algorithm: ChecksumAlgorithm

    package init(_ algorithm: ChecksumAlgorithm) {
        self.algorithm = algorithm
    }

    package mutating func update(_ bytes: [UInt8]) {
        switch algorithm {
        case .sha256: sha256.update(data: bytes)
        case .sha1: sha1.update(data: bytes)
        }
    }

    package func finish() -> UploadChecksum {
        switch algorithm {
        case .sha256: UploadChecksum(algorithm: algorithm, digest: Array(sha256.finalize()))
        case .sha1: UploadChecksum(algorithm: algorithm, digest: Array(sha1.finalize()))
        }
    }
}
