package import EnrolmentCore
package import GRDB
import PacketFormat

/// A manifest with what its place in a chain depends on.
struct ChainStatement: Sendable {
    let manifest: Manifest
    /// Of its compact form.
    let digest: String
    let compact: String
    /// The id of the key that signed it.
    let signer: String

    init(manifest: Manifest, digest: String, compact: String, signer: String) {
        self.manifest = manifest
        self.digest = digest
        self.compact = compact
        self.signer = signer
    }

    init(_ signed: SignedManifest, signer: String) {
        self.init(manifest: signed.manifest, digest: signed.digest, compact: signed.compact, signer: signer)
    }

    /// The first number has nothing before it, every other has.
    var isWellPlaced: Bool {
        manifest.sequence > 0 && (manifest.previousManifestDigest == nil) == (manifest.sequence == 1)
    }
}

/// Two manifests that one kit signed and that cannot both be in its chain: both are kept as evidence.
package struct ChainFinding: Hashable, Sendable, Encodable {
    package enum Kind: String, CaseIterable, Sendable, Codable {
        /// Another manifest has the number.
        case number
        /// It names another manifest before it than the one that is held.
        case previous
        /// The manifest that is held behind it names another before that.
        case next
        /// The packet has another manifest.
        case packet
    }

    package let kit: KitID
    /// The id of the key that signed both.
    package let signer: String
    package let sequence: Int
    package let kind: Kind
    package let packet: PacketID
    /// Of the manifest that was refused; lower-case hex SHA-256, as the next one.
    package let digest: String
    package let heldPacket: PacketID
    package let heldDigest: String
    package let foundAt: Timestamp
}

extension ChainFinding: FetchableRecord {
    package init(row: Row) throws {
        guard let kind = Kind(rawValue: row["kind"]), let packet = PacketID(row["packet"] as String),
            let heldPacket = PacketID(row["heldPacket"] as String)
        else { throw CentralDatabase.unreadable("a finding") }
        self.kind = kind
        self.packet = packet
        self.heldPacket = heldPacket
        kit = KitID(row["kit"])
        signer = row["signer"]
        sequence = row["sequence"]
        digest = row["digest"]
        heldDigest = row["heldDigest"]
        foundAt = Timestamp(milliseconds: row["foundAt"])
    }
}
