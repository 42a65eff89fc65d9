import Crypto
import Foundation

/// A challenge of 48 bytes that the card signs as if it were the SHA-384 digest of something.
struct ChallengeDigest: Digest {
    static let byteCount = 48
    private let bytes: [UInt8]

    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = [UInt8](bytes)
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    func makeIterator() -> IndexingIterator<[UInt8]> { bytes.makeIterator() }

    var description: String { "challenge of \(Self.byteCount) bytes" }
}
