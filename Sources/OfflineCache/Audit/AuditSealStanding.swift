package import EnrolmentCore

/// How the seals of a kit's days stand towards central.
package struct AuditSealStanding: Hashable, Sendable {
    package let sent: Int
    package let waiting: Int
    /// Nil before any day was closed.
    package let lastDay: CalendarDate?
}
