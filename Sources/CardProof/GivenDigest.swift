import Crypto

/// Bytes that are taken as a digest as they are, such as the challenge that a chip signs.
struct GivenDigest: Digest {
    /// Of the challenge; Crypto asks the type and not the value.
    static let byteCount = 48
    private let bytes: [UInt8]

    /// Nil when there are not `byteCount` bytes.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    func makeIterator() -> IndexingIterator<[UInt8]> { bytes.makeIterator() }

    var description: String { "digest of \(Self.byteCount) bytes" }
}
