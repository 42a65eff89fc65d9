package import EnrolmentCore

/// The seals of closed days, and how many of them central has.
package struct SealState: Hashable, Sendable {
    package var sent: Int
    package var waiting: Int
    /// Nil before any day was closed.
    package var lastDay: CalendarDate?

    package init(sent: Int = 0, waiting: Int = 0, lastDay: CalendarDate? = nil) {
        self.sent = sent
        self.waiting = waiting
        self.lastDay = lastDay
    }
}
