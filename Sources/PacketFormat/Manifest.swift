package import EnrolmentCore

/// What the kit states about one packet: signed, sent beside the packet, readable by central without
/// opening it. It names no person.
package struct Manifest: Hashable, Sendable, Codable {
    /// Of this structure: 2, or 1 for one without `caseDigest`.
    package let version: Int
    package let packetID: PacketID
    package let kit: KitID
    /// Counts the packets of this kit from 1, so that central sees a gap.
    package let sequence: Int
    /// Lower-case hex SHA-256 of the previous signed manifest of this kit (its compact JWS), nil for the first.
    package let previousManifestDigest: String?
    package let sealedAt: Timestamp
    package let timeConfidence: TimeConfidence
    /// Seconds since what the confidence rests on was heard; nil when nothing tells it.
    package let timeEvidenceAge: Int?
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
    /// Which case the packet is about, by `caseDigest(of:)`, so that central sees a second submission of it;
    /// nil in version 1.
    package let caseDigest: String?

    /// - Parameter caseDigest: nil makes a manifest of version 1.
    package init(
        packetID: PacketID, kit: KitID, sequence: Int, previousManifestDigest: String?, sealedAt: Timestamp,
        timeConfidence: TimeConfidence, isTraining: Bool, contentType: String, contentSize: Int, fileSize: Int,
        fileDigest: String, recipientKeyID: String, caseDigest: String? = nil, timeEvidenceAge: Int? = nil
    ) {
        version = caseDigest == nil ? 1 : 2
        self.packetID = packetID
        self.kit = kit
        self.sequence = sequence
        self.previousManifestDigest = previousManifestDigest
        self.sealedAt = sealedAt
        self.timeConfidence = timeConfidence
        self.timeEvidenceAge = timeEvidenceAge
        self.isTraining = isTraining
        self.contentType = contentType
        self.contentSize = contentSize
        self.fileSize = fileSize
        self.fileDigest = fileDigest
        self.recipientKeyID = recipientKeyID
        self.caseDigest = caseDigest
    }

    /// How a case is named in manifests: the same on every kit, and nothing but equality can be read from it.
    ///
    /// Lower-case hex SHA-256 of a fixed line and the identifier. The identifiers are the office's planning
    /// numbers: whoever knows one can recognise it, and it leads to no person outside the office.
    package static func caseDigest(of caseID: CaseID) -> String {
        CompactSignature.digest("draagbaar-loket case, version 1\n" + caseID.text)
    }

    /// Whether it has what its version has.
    var isWellFormed: Bool {
        switch version {
        case 1: caseDigest == nil
        case 2: caseDigest.map(Self.isDigest) ?? false
        default: false
        }
    }

    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}

/// A manifest with the signature of its kit: a JWS in compact form (RFC 7515), ES256.
///
/// It is only made by signing (`ManifestSigner`) or by verifying (`ManifestVerifier`).
package struct SignedManifest: Hashable, Sendable {
    package let manifest: Manifest
    package let compact: String
}
