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

    package init(
        day: CalendarDate, sealed: Amount, received: Amount, purged: Amount, waiting: Amount, conflict: Amount,
        refused: Amount, openDrafts: Int, discardedDrafts: Int, bytesSent: Int64, sequences: ClosedRange<Int>?
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
    }
}
