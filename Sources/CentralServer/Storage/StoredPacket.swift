package import EnrolmentCore
import Foundation
package import GRDB
import PacketFormat

/// What central knows about one packet.
package struct StoredPacket: Hashable, Sendable {
    package let id: PacketID
    package let kit: KitID
    package let fileDigest: String
    package let fileSize: Int
    /// Bytes that are on central's disk for certain.
    package let durableOffset: Int
    package let signedManifest: String
    package let announcedAt: Timestamp
    /// Nil while bytes are missing.
    package let receivedAt: Timestamp?

    package var isWhole: Bool { durableOffset == fileSize }
}

extension StoredPacket: FetchableRecord {
    package init(row: Row) throws {
        guard let id = PacketID(row["id"] as String) else {
            throw CentralError(
                .databaseFailure, "a packet's id in the database cannot be read",
                hint: "Restore the database from its backup.")
        }
        self.id = id
        kit = KitID(row["kit"])
        fileDigest = row["fileDigest"]
        fileSize = row["fileSize"]
        durableOffset = row["durableOffset"]
        signedManifest = row["signedManifest"]
        announcedAt = Timestamp(milliseconds: row["announcedAt"])
        receivedAt = (row["receivedAt"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}

/// A kit as central knows it.
struct RegisteredKit: Hashable, Sendable, FetchableRecord {
    let id: KitID
    let certificateDigest: [UInt8]
    /// PEM, SubjectPublicKeyInfo, P-256.
    let signingKey: String

    init(id: KitID, certificateDigest: [UInt8], signingKey: String) {
        self.id = id
        self.certificateDigest = certificateDigest
        self.signingKey = signingKey
    }

    /// The id of that key.
    var signer: String {
        get throws { try VerifyingKey(pem: signingKey).keyID }
    }

    init(row: Row) {
        id = KitID(row["id"])
        certificateDigest = Array(row["certificateDigest"] as Data)
        signingKey = row["signingKey"]
    }
}
