package import EnrolmentCore
package import PacketFormat
package import SyncProtocol

/// What central knows of the days of one kit: which were closed, which were not though packets came, and what
/// contradicts what.
package struct SealReport: Sendable {
    /// One seal, with what it was compared with.
    package struct Entry: Sendable {
        package let signed: SignedAuditSeal
        package let receivedAt: Timestamp
        /// Seals of one journal have one branch. A second one is a new journal, or another copy of the kit.
        package let branch: Int
        /// What of the seals before it or behind it this one contradicts: a fork.
        package let contradiction: SealContradiction?
        /// What it says of the kit's packets, or of the receipts for it, is not what central holds.
        package let differs: Set<Head>
    }

    package enum Head: String, Hashable, Sendable, Codable {
        case manifests, receipts
    }

    /// Numbers that central was not given, below one that it was.
    package struct Gap: Hashable, Sendable, Encodable {
        package let branch: Int
        package let first: Int
        package let last: Int
    }

    /// A day in UTC on which packets were sealed and that no seal closes.
    package struct OpenDay: Hashable, Sendable {
        package let day: CalendarDate
        package let packets: Int
        /// The seal of a later day that covers its packets; nil where nothing does yet.
        package let coveredBy: Int?
        /// It is not over for certain: nothing is wrong yet.
        package let isToday: Bool
    }

    package struct Refusal: Hashable, Sendable {
        package let code: RefusalCode
        package let count: Int
        package let lastAt: Timestamp
    }

    package let kit: KitID
    /// By number, and then by when they came.
    package let entries: [Entry]
    package let gaps: [Gap]
    package let openDays: [OpenDay]
    package let refusals: [Refusal]

    /// Whether a person must look at it.
    package var needsLook: Bool {
        !gaps.isEmpty || !refusals.isEmpty || openDays.contains { !$0.isToday && $0.coveredBy == nil }
            || entries.contains { $0.contradiction != nil || !$0.differs.isEmpty }
    }
}

extension SealReport.Gap {
    static func all(in links: [SealLink]) -> [SealReport.Gap] {
        var gaps: [SealReport.Gap] = []
        // The number that comes next on each branch; one that a contradiction began goes on from another's number.
        var next = [0: 1]
        for link in links.sorted(by: { ($0.branch, $0.number) < ($1.branch, $1.number) }) {
            if let expected = next[link.branch], link.number > expected {
                gaps.append(SealReport.Gap(branch: link.branch, first: expected, last: link.number - 1))
            }
            next[link.branch] = link.number + 1
        }
        return gaps
    }
}
