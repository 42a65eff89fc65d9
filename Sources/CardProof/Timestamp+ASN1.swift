import EnrolmentCore
import SwiftASN1

extension Timestamp {
    /// A UTCTime or a GeneralizedTime; a fraction of a second is dropped.
    init(_ node: ASN1Node) throws(DERError) {
        let day: CalendarDate?
        let second: Int
        if node.identifier == .utcTime, let time = try? UTCTime(derEncoded: node) {
            day = CalendarDate(year: time.year, month: time.month, day: time.day)
            second = time.hours * 3600 + time.minutes * 60 + time.seconds
        } else if let time = try? GeneralizedTime(derEncoded: node) {
            day = CalendarDate(year: time.year, month: time.month, day: time.day)
            second = time.hours * 3600 + time.minutes * 60 + time.seconds
        } else {
            throw .unexpected
        }
        guard let day else { throw .unexpected }
        self.init(milliseconds: (Int64(day.daysSinceEpoch) * 86_400 + Int64(second)) * 1000)
    }
}
