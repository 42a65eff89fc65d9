import Crypto
import Foundation

/// Bytes that a card signs as if they were the digest of something; a challenge is such.
struct CardDigestBytes: Digest {
    // The protocol asks for a number; an elliptic curve takes a digest of any length.
    static let byteCount = 48
    private let bytes: [UInt8]

    init(_ bytes: some Collection<UInt8>) {
        self.bytes = [UInt8](bytes)
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    func makeIterator() -> IndexingIterator<[UInt8]> { bytes.makeIterator() }

    var description: String { "digest of \(bytes.count) bytes" }
}
