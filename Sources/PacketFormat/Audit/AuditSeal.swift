package import EnrolmentCore

/// What a kit states at the end of a day about its journal and its queue. It names no person.
///
/// Each seal names the one before, so that none can be taken out; the first that is missing at the end can
/// only be missed by whoever knows a later one. The counts are of the lines that this seal is the first to
/// cover, so that they can be counted again by whoever has the journal.
package struct AuditSeal: Hashable, Sendable, Codable {
    /// Of this structure; 1.
    package let version: Int
    package let kit: KitID
    package let isTraining: Bool
    /// Counts the seals of this kit from 1.
    package let number: Int
    /// The day that is closed, on the kit's own calendar: `2026-11-22`.
    package let day: String
    /// Which seal of the day it is: 0 closes it, a later one covers work that was done afterwards.
    package let part: Int
    /// The first and the last moment of the day, in UTC.
    package let dayBegins: Timestamp
    package let dayEnds: Timestamp
    /// The last line of the journal that it covers: its own `day-closed`.
    package let position: Int
    /// Of that line, which covers every line before it: lower-case hex SHA-256.
    package let headDigest: String
    /// Lower-case hex SHA-256 of the seal before (its compact JWS), nil for the first.
    package let previousSealDigest: String?
    package let counts: Counts
    /// Where the kit's manifests and the receipts for it stood.
    package let manifests: Head
    package let receipts: Head
    package let sealedAt: Timestamp
    package let timeConfidence: TimeConfidence
    /// Seconds since the latest evidence that the time rests on; nil when there is none.
    package let timeEvidenceAge: Int?

    /// What the seal's lines and the queue came to.
    package struct Counts: Hashable, Sendable, Codable {
        /// Lines since the seal before, by the name of their event.
        package let events: [String: Int]
        /// Packets that no receipt was stored for.
        package let waiting: Int
        /// Of the others, those that a person must look at.
        package let setAside: Int
        package let openDrafts: Int

        package init(events: [String: Int], waiting: Int, setAside: Int, openDrafts: Int) {
            self.events = events
            self.waiting = waiting
            self.setAside = setAside
            self.openDrafts = openDrafts
        }
    }

    /// The last link of a chain; sequence 0 without a digest before the first.
    package struct Head: Hashable, Sendable, Codable {
        package let sequence: Int
        package let digest: String?

        package init(sequence: Int, digest: String?) {
            self.sequence = sequence
            self.digest = digest
        }
    }

    package init(
        kit: Kit, number: Int, day: String, part: Int, dayBegins: Timestamp, dayEnds: Timestamp, position: Int,
        headDigest: String, previousSealDigest: String?, counts: Counts, manifests: Head, receipts: Head,
        sealedAt: Timestamp, timeConfidence: TimeConfidence, timeEvidenceAge: Int?
    ) {
        version = 1
        self.kit = kit.id
        isTraining = kit.isTraining
        self.number = number
        self.day = day
        self.part = part
        self.dayBegins = dayBegins
        self.dayEnds = dayEnds
        self.position = position
        self.headDigest = headDigest
        self.previousSealDigest = previousSealDigest
        self.counts = counts
        self.manifests = manifests
        self.receipts = receipts
        self.sealedAt = sealedAt
        self.timeConfidence = timeConfidence
        self.timeEvidenceAge = timeEvidenceAge
    }

    /// Whether it could be one that a kit made, as far as one seal tells.
    package var isWellFormed: Bool {
        let largest = 1 << 48
        let numbers = [number, position, manifests.sequence, receipts.sequence, counts.waiting, counts.setAside]
        let digests = [headDigest, previousSealDigest, manifests.digest, receipts.digest].compactMap { $0 }
        return number > 0 && position > 0 && part >= 0 && numbers.allSatisfy { (0...largest).contains($0) }
            && (previousSealDigest == nil) == (number == 1) && digests.allSatisfy(Manifest.isDigest)
            && CalendarDate(iso8601: day) != nil && dayBegins < dayEnds
            && counts.events.values.allSatisfy { (0...largest).contains($0) }
    }
}

/// A seal with the signature of its kit: a JWS in compact form (RFC 7515), ES256. Only `AuditSealSigner` and
/// `AuditSealVerifier` make one.
package struct SignedAuditSeal: Hashable, Sendable {
    package let seal: AuditSeal
    package let compact: String

    /// Bytes that no seal exceeds; most have one and a half thousand.
    package static let largestByteCount = CompactSignature.largestByteCount

    /// What the next seal names: lower-case hex SHA-256 of `compact`.
    package var digest: String { CompactSignature.digest(compact) }

    /// The id of the key that signed it.
    package let keyID: String
}

/// What a kit states about a journal that it gave away: how many bytes stand before this statement, and
/// their digest.
package struct AuditExportSeal: Hashable, Sendable, Codable {
    /// Of this structure; 1.
    package let version: Int
    package let kit: KitID
    package let byteCount: Int
    /// Lower-case hex SHA-256.
    package let digest: String
    package let exportedAt: Timestamp

    package init(kit: KitID, byteCount: Int, digest: String, exportedAt: Timestamp) {
        version = 1
        self.kit = kit
        self.byteCount = byteCount
        self.digest = digest
        self.exportedAt = exportedAt
    }
}
