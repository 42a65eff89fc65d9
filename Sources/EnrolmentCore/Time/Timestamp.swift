/// An instant on the wall clock, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The core has its own instant so that it needs no Foundation and so that two machines write the
/// same text for the same moment.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the Unix epoch; negative before 1970.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// The time from `earlier` to this instant; negative when this instant is the earlier one.
    package func since(_ earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }

    /// The calendar day in UTC.
    package var dayInUTC: CalendarDate {
        CalendarDate(daysSinceEpoch: Int(milliseconds.dividedRoundingDown(by: 86_400_000)))
    }

    /// RFC 3339 with milliseconds and `Z`, for example `2026-11-21T20:27:06.120Z`.
    package var rfc3339: String {
        let ofDay = milliseconds - milliseconds.dividedRoundingDown(by: 86_400_000) * 86_400_000
        let (hour, minute) = (ofDay / 3_600_000, ofDay / 60_000 % 60)
        let (second, milli) = (ofDay / 1000 % 60, ofDay % 1000)
        return "\(dayInUTC.iso8601)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(milli, 3))Z"
    }
}

/// How far the kit's clock can be trusted, since a laptop that ran flat may wake up in 1970.
package enum TimeConfidence: String, Codable, Sendable, CaseIterable {
    /// Compared with central or a network time source since start-up.
    case synchronised
    /// Later than the last time that was known to be right, and never compared since.
    case plausible
    /// Earlier than something that is known to have happened.
    case implausible
}

/// Where the time comes from; passed in, so that a test decides what time it is.
package protocol WallClock: Sendable {
    func now() -> Timestamp
}

extension Int64 {
    func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
}
