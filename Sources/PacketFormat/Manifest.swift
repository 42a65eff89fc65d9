package import EnrolmentCore

/// What the kit states about one packet: signed, sent beside the packet, readable by central without
/// opening it. It names no person.
package struct Manifest: Hashable, Sendable, Codable {
    /// Of this structure; 1.
    package let version: Int
    package let packetID: PacketID
    package let kit: KitID
    /// Counts the packets of this kit from 1, so that central sees a gap.
    package let sequence: Int
    /// Lower-case hex SHA-256 of the previous signed manifest of this kit (its compact JWS), nil for the first.
    package let previousManifestDigest: String?
    package let sealedAt: Timestamp
    package let timeConfidence: TimeConfidence
    /// Sealed by a kit in training mode: no application.
    package let isTraining: Bool
    /// What the age file holds when opened.
    package let contentType: String
    /// Bytes before encryption.
    package let contentSize: Int
    /// Bytes of the age file.
    package let fileSize: Int
    /// Lower-case hex SHA-256 of the age file.
    package let fileDigest: String
    /// Which of central's keys can open it: the first 16 hex digits of the SHA-256 of the recipient's text.
    package let recipientKeyID: String

    package init(
        packetID: PacketID, kit: KitID, sequence: Int, previousManifestDigest: String?, sealedAt: Timestamp,
        timeConfidence: TimeConfidence, isTraining: Bool, contentType: String, contentSize: Int, fileSize: Int,
        fileDigest: String, recipientKeyID: String
    ) {
        version = 1
        self.packetID = packetID
        self.kit = kit
        self.sequence = sequence
        self.previousManifestDigest = previousManifestDigest
        self.sealedAt = sealedAt
        self.timeConfidence = timeConfidence
        self.isTraining = isTraining
        self.contentType = contentType
        self.contentSize = contentSize
        self.fileSize = fileSize
        self.fileDigest = fileDigest
        self.recipientKeyID = recipientKeyID
    }
}

/// A manifest with the signature of its kit: a JWS in compact form (RFC 7515), ES256.
///
/// It is only made by signing (`ManifestSigner`) or by verifying (`ManifestVerifier`).
package struct SignedManifest: Hashable, Sendable {
    package let manifest: Manifest
    package let compact: String
}
