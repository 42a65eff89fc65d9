import Crypto
package import EnrolmentCore

/// What the card's own content says about itself, without any key: the photo belongs to the identity
/// file when its digest stands there.
///
/// That the identity file is the National Register's is another matter, proved by its signature.
package struct CardIntegrity: Hashable, Sendable {
    /// How the photo compares with tag 11 of the identity file.
    package enum PhotoDigest: String, Hashable, Sendable, CaseIterable {
        case ok, mismatch
        /// There is no photo, or no digest of a length that this program knows.
        case unknown
    }

    package let photoDigest: PhotoDigest

    package init(_ reading: CardReading) {
        photoDigest = Self.compare(reading.photo, with: reading.identity.photoDigest)
    }

    private static func compare(_ photo: [UInt8]?, with digest: [UInt8]) -> PhotoDigest {
        guard let photo else { return .unknown }
        let computed: [UInt8]
        switch digest.count {
        case Insecure.SHA1.byteCount: computed = [UInt8](Insecure.SHA1.hash(data: photo))
        case SHA256.byteCount: computed = [UInt8](SHA256.hash(data: photo))
        case SHA384.byteCount: computed = [UInt8](SHA384.hash(data: photo))
        default: return .unknown
        }
        return computed == digest ? .ok : .mismatch
    }
}
