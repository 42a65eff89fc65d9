package import EnrolmentCore
import FoundationEssentials
import OfflineCacheSchema

/// How long what is kept: `offline-cache/reference/retention.json`. There is no rule in the code, so none is
/// ever a default.
///
/// What was decided, and why:
/// - A packet that central has goes at once, file and all; manifest and receipt stay as evidence. That is
///   where the law's limit on biometrics (at most three months, RD of 25 March 2003) is kept to by the machine.
/// - A packet that central does not have is never deleted, however old: nobody could take it again. It is
///   warned about from early on.
/// - A draft is never deleted by the machine either: a citizen whose card was read at the bedside must not
///   find the visit gone because a laptop's clock jumped. It is announced as old long before the limit and
///   as overdue behind it. An enrolment that is overdue cannot be gone on with: its pictures may not be kept any
///   longer, and so not be sealed either. An officer discards it with the reason `retention`, which the journal
///   keeps. A delivery holds no fingerprints and goes on, because central must hear of a card that was handed over.
///   An overdue draft does not hold up the visits of other people.
/// - What is old enough to go is told by central's own time on its receipts, never by the kit's clock.
package struct RetentionRules: Hashable, Sendable, Codable {
    package struct Drafts: Hashable, Sendable, Codable {
        package let warnAfterDays: Int
        package let limitDays: Int
    }

    package struct UnsentPackets: Hashable, Sendable, Codable {
        package let warnAfterDays: Int
    }

    package struct ReceivedPackets: Hashable, Sendable, Codable {
        /// For how long manifest and receipt stay after the file has gone; nil for good.
        package let receiptsKeptDays: Int?
        package let attemptsKeptDays: Int
    }

    package let version: Int
    package let drafts: Drafts
    package let unsentPackets: UnsentPackets
    package let receivedPackets: ReceivedPackets
    package let attemptsKeptPerPacket: Int

    package static func builtIn() throws(StoreError) -> RetentionRules {
        try RetentionRules(json: RetentionRuleFile.json)
    }

    package init(json: [UInt8]) throws(StoreError) {
        guard let rules = try? JSONDecoder().decode(RetentionRules.self, from: Data(json)), rules.isSound else {
            throw .unreadable("the rules of retention")
        }
        self = rules
    }

    private var isSound: Bool {
        let days = [drafts.warnAfterDays, unsentPackets.warnAfterDays, receivedPackets.attemptsKeptDays]
        return version == 1 && (days + [receivedPackets.receiptsKeptDays ?? 1]).allSatisfy { (1...36_500).contains($0) }
            && (drafts.warnAfterDays...36_500).contains(drafts.limitDays)
            && (1...100_000).contains(attemptsKeptPerPacket)
    }
}

/// Something that has been on the kit for longer than it should.
package enum RetentionNotice: Hashable, Sendable {
    case draftOld(CaseID, days: Int)
    /// Behind the limit: an officer is to discard it, or to complete it where it is a delivery.
    case draftOverdue(CaseID, days: Int)
    case packetUnsent(PacketID, days: Int)
}
