package import EnrolmentCore
package import OfflineCache
import PacketFormat

/// What became of one day on one kit, in numbers, and the kit's signature under it.
package struct DaySheet: Hashable, Sendable, Encodable {
    /// Something that is not finished or not received.
    package struct Left: Hashable, Sendable, Codable {
        package enum Kind: String, CaseIterable, Sendable, Codable {
            /// A case that was begun.
            case draft
            /// A packet without a receipt.
            case waiting
            /// A packet that a person must look at.
            case setAside
            /// The clock cannot be right.
            case clock
        }

        package let kind: Kind
        /// Of the case or the packet.
        package let name: String
    }

    /// The signature under the day.
    package struct Seal: Hashable, Sendable, Encodable {
        package let number: Int
        /// 0 closed the day; a later one covers work that was done after that.
        package let part: Int
        package let sealedAt: String
        /// The same as a value, for the screens.
        let closedAt: Timestamp
        /// Lines of the journal that it covers.
        package let lines: Int
        /// The journal's head: lower-case hex SHA-256.
        package let head: String
        package let keyID: String
        /// Who closed the day; nil where nobody had logged in.
        package let closedBy: String?
        /// ES256, in base64url.
        package let signature: String
        /// The whole statement: a JWS in compact form.
        package let statement: String

        private enum CodingKeys: String, CodingKey {
            case number, part, sealedAt, lines, head, keyID, closedBy, signature, statement
        }

        /// For comparing by eye, and over the telephone: the first 16 digits in groups of four.
        package var shortHead: String {
            stride(from: 0, to: 16, by: 4).map { offset in String(head.dropFirst(offset).prefix(4)) }
                .joined(separator: " ")
        }

        init(_ signed: SignedAuditSeal, by officer: OfficerID?) {
            number = signed.seal.number
            part = signed.seal.part
            sealedAt = signed.seal.sealedAt.rfc3339
            closedAt = signed.seal.sealedAt
            lines = signed.seal.position
            head = signed.seal.headDigest
            keyID = signed.keyID
            closedBy = officer?.text
            signature = signed.compact.split(separator: ".").last.map(String.init) ?? ""
            statement = signed.compact
        }
    }

    package let kit: String
    package let isTraining: Bool
    package let day: String
    package let figures: DayFigures
    package let clock: TimeConfidence
    /// Seconds since the evidence that the clock's confidence rests on.
    package let clockEvidenceAge: Int64?
    package var left: [Left] = []
    /// Of the day's latest close; nil while it is open.
    package var seal: Seal?
    /// Something happened behind the kit's latest seal.
    package var hasWorkSince = false

    init(kit: Kit, day: CalendarDate, figures: DayFigures, clock: TimeStanding) {
        self.kit = kit.id.text
        isTraining = kit.isTraining
        self.day = day.iso8601
        self.figures = figures
        self.clock = clock.confidence
        clockEvidenceAge = clock.evidenceAge?.components.seconds
    }
}
