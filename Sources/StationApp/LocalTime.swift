import EnrolmentCore
import Foundation

/// The laptop's time zone: which day it is for the people on the visit.
enum LocalTime {
    static func offset(at time: Timestamp) -> Duration {
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        return .seconds(TimeZone.current.secondsFromGMT(for: date))
    }

    static func day(of time: Timestamp) -> CalendarDate {
        time.advanced(by: offset(at: time)).dayInUTC
    }

    /// The first instant of the day and of the next one.
    static func bounds(of time: Timestamp) -> (start: Timestamp, end: Timestamp) { bounds(of: day(of: time)) }

    /// The first instant of a day and of the next one: 23 or 25 hours where summer time begins or ends.
    static func bounds(of day: CalendarDate) -> (start: Timestamp, end: Timestamp) {
        (midnight(day.daysSinceEpoch), midnight(day.daysSinceEpoch + 1))
    }

    private static func midnight(_ days: Int) -> Timestamp {
        let midnight = Timestamp(milliseconds: Int64(days) * 86_400_000)
        // The offset that holds at the midnight that is looked for, not at the one in UTC.
        let near = midnight.advanced(by: .zero - offset(at: midnight))
        return midnight.advanced(by: .zero - offset(at: near))
    }
}
