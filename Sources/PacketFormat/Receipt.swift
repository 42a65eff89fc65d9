package import EnrolmentCore

/// Central's statement that it holds a packet durably. It proves reception, not acceptance.
package struct Receipt: Hashable, Sendable, Codable {
    /// Of this structure; 1.
    package let version: Int
    package let packetID: PacketID
    package let kit: KitID
    package let fileDigest: String
    package let fileSize: Int
    package let receivedAt: Timestamp
    /// Which central it is.
    package let server: String
    package let isTraining: Bool
    /// Counts the receipts of this server for this kit from 1.
    package let sequence: Int
    /// Lower-case hex SHA-256 of the previous receipt for this kit (its compact JWS), nil for the first.
    package let previousReceiptDigest: String?

    package init(
        packetID: PacketID, kit: KitID, fileDigest: String, fileSize: Int, receivedAt: Timestamp, server: String,
        isTraining: Bool, sequence: Int, previousReceiptDigest: String?
    ) {
        version = 1
        self.packetID = packetID
        self.kit = kit
        self.fileDigest = fileDigest
        self.fileSize = fileSize
        self.receivedAt = receivedAt
        self.server = server
        self.isTraining = isTraining
        self.sequence = sequence
        self.previousReceiptDigest = previousReceiptDigest
    }
}

/// A receipt whose signature, chain and packet have all been checked; the only thing that lets a
/// packet leave the queue. Only `ReceiptVerifier` makes one.
package struct VerifiedReceipt: Hashable, Sendable {
    package let receipt: Receipt
    /// The compact JWS (RFC 7515, ES256), kept after the packet is gone.
    package let compact: String
    /// Lower-case hex SHA-256 of `compact`: what the next receipt must name.
    package let digest: String
}

/// A receipt whose signature, kit and place in the chain have been checked, for a packet that the kit does not
/// have: it lets the chain go on, and no packet leave the queue. Only `ReceiptVerifier` makes one.
package struct ChainedReceipt: Hashable, Sendable {
    package let receipt: Receipt
    package let compact: String
    /// Lower-case hex SHA-256 of `compact`.
    package let digest: String
}

/// The last receipt that a kit has stored: where the next one must continue.
package struct ReceiptChainHead: Hashable, Sendable {
    package let sequence: Int
    package let digest: String

    package init(sequence: Int, digest: String) {
        self.sequence = sequence
        self.digest = digest
    }
}
