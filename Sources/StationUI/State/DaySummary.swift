package import EnrolmentCore

/// The figures of one day, and of the queue as it is now.
package struct DaySummary: Hashable, Sendable {
    /// Some packets and their bytes together.
    package struct Amount: Hashable, Sendable {
        package var packets: Int
        package var bytes: Int64

        package init(packets: Int, bytes: Int64) {
            self.packets = packets
            self.bytes = bytes
        }
    }

    package var day: CalendarDate
    package var sealed: Amount
    package var received: Amount
    /// Deleted here, after a receipt.
    package var purged: Amount
    /// Not received yet.
    package var waiting: Amount
    package var conflict: Amount
    package var refused: Amount
    /// Cases that were begun and are not complete.
    package var openDrafts: Int
    package var discardedDrafts: Int
    package var bytesSent: Int64
    /// Of the packets sealed on this day.
    package var sequences: ClosedRange<Int>?
    /// The last time that this day was closed; work that came later stands outside of it.
    package var closure: DayClosure?
    /// Whether something happened since.
    package var hasWorkSinceClosure: Bool

    package init(
        day: CalendarDate, sealed: Amount, received: Amount, purged: Amount, waiting: Amount, conflict: Amount,
        refused: Amount, openDrafts: Int, discardedDrafts: Int, bytesSent: Int64, sequences: ClosedRange<Int>?,
        closure: DayClosure? = nil, hasWorkSinceClosure: Bool = false
    ) {
        self.day = day
        self.sealed = sealed
        self.received = received
        self.purged = purged
        self.waiting = waiting
        self.conflict = conflict
        self.refused = refused
        self.openDrafts = openDrafts
        self.discardedDrafts = discardedDrafts
        self.bytesSent = bytesSent
        self.sequences = sequences
        self.closure = closure
        self.hasWorkSinceClosure = hasWorkSinceClosure
    }

    /// Something keeps the day from being closed without a reason.
    var hasWorkLeft: Bool { openDrafts + waiting.packets + conflict.packets + refused.packets > 0 }
}

/// A day that was closed: the kit signed everything that it wrote down up to there.
package struct DayClosure: Hashable, Sendable {
    /// Of the signature; counts the kit's from 1.
    package var number: Int
    package var closedAt: Timestamp
    /// The first digits of the digest of the last line, to compare by eye.
    package var head: String
    /// Who closed it; nil where nobody had logged in.
    package var officer: OfficerID?

    package init(number: Int, closedAt: Timestamp, head: String, officer: OfficerID? = nil) {
        self.number = number
        self.closedAt = closedAt
        self.head = head
        self.officer = officer
    }
}

/// Why a day is closed although something is left.
package enum DayCloseReason: String, CaseIterable, Sendable {
    case goesOnTomorrow = "goes-on-tomorrow"
    case noNetwork = "no-network"
    case officeKnows = "office-knows"
}
