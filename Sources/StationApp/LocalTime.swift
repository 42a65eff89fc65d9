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
    static func bounds(of time: Timestamp) -> (start: Timestamp, end: Timestamp) {
        let offset = offset(at: time)
        let start = Timestamp(milliseconds: Int64(day(of: time).daysSinceEpoch) * 86_400_000)
            .advanced(by: .zero - offset)
        return (start, start.advanced(by: .seconds(86_400)))
    }
}
