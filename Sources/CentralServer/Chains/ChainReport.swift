package import EnrolmentCore

/// What central knows of one chain of manifests: a kit, and one key that it signed with.
package struct ChainReport: Hashable, Sendable, Encodable {
    /// Numbers that central was never told of, while it was told of a later one. Urgent packets go first, so a gap
    /// is nothing bad by itself; it settles when the packets come.
    package struct Gap: Hashable, Sendable, Encodable {
        package let first: Int
        package let last: Int
        /// When a later number came first.
        package let since: Timestamp
    }

    /// A packet that was announced and has not come whole.
    package struct Unfinished: Hashable, Sendable, Encodable {
        package let sequence: Int
        package let packet: PacketID
        package let since: Timestamp
    }

    /// A packet that was taken in on an office clerk's word.
    package struct Acceptance: Hashable, Sendable, Encodable {
        package let sequence: Int
        package let packet: PacketID
        package let reason: AcceptanceReason
        package let at: Timestamp
    }

    package let kit: KitID
    /// The id of the key.
    package let signer: String
    /// Whether the kit signs with it now.
    package let isCurrent: Bool
    /// The highest number.
    package let head: Int
    package let received: Int
    package let gaps: [Gap]
    package let unfinished: [Unfinished]
    package let findings: [ChainFinding]
    package let acceptances: [Acceptance]
}

/// Why a clerk takes a packet in that contradicts its kit's chain, or is a second one about a case. A closed list:
/// no free text, so that no personal datum gets into it.
package enum AcceptanceReason: String, CaseIterable, Sendable, Codable {
    /// The kit was put back to an older state, and this was sealed in it.
    case kitRestored = "kit-restored"
    /// It was sealed on a copy of the kit that is not used any more.
    case copyRetired = "copy-retired"
    /// The case was done again on purpose.
    case caseRepeated = "case-repeated"
    /// What central has of the case or number cannot be used.
    case earlierUnusable = "earlier-unusable"
}

/// A link of a chain as far as gaps are concerned.
struct ChainStep: Hashable, Sendable {
    let sequence: Int
    let announcedAt: Timestamp
}

extension ChainReport.Gap {
    /// The gaps between the steps of one chain.
    ///
    /// - Parameter steps: in the order of their numbers; numbers that were taken in outside the chain count too.
    static func all(in steps: [ChainStep]) -> [ChainReport.Gap] {
        var gaps: [ChainReport.Gap] = []
        var earliestAfter: Timestamp?
        for (index, step) in steps.enumerated().reversed() {
            let since = min(earliestAfter ?? step.announcedAt, step.announcedAt)
            earliestAfter = since
            let before = index == 0 ? 0 : steps[index - 1].sequence
            if step.sequence > before + 1 {
                gaps.append(ChainReport.Gap(first: before + 1, last: step.sequence - 1, since: since))
            }
        }
        return gaps.reversed()
    }
}
