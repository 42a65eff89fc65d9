import EnrolmentCore
import Testing

@Suite struct TimeTests {
    @Test("a day and its distance from the epoch convert both ways over four centuries")
    func daysRoundTrip() {
        for days in stride(from: -80_000, through: 80_000, by: 17) {
            let date = CalendarDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days)
            #expect(CalendarDate(iso8601: date.iso8601) == date)
        }
        #expect(CalendarDate(daysSinceEpoch: 0).iso8601 == "1970-01-01")
        #expect(CalendarDate(daysSinceEpoch: 20_778).iso8601 == "2026-11-21")
    }

    @Test("days that do not exist are refused")
    func impossibleDays() {
        #expect(CalendarDate(year: 2025, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: 2024, month: 2, day: 29) != nil)
        #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CalendarDate(iso8601: "2026-13-01") == nil)
        #expect(CalendarDate(iso8601: "2026-1-1") == nil)
    }

    @Test("a timestamp is written as RFC 3339, before the epoch too")
    func rfc3339() {
        #expect(Timestamp(milliseconds: 1_795_294_026_120).rfc3339 == "2026-11-21T20:47:06.120Z")
        #expect(Timestamp(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
    }

    @Test("an unknown part of a birth date counts as late as it can be")
    func leastAge() {
        let day = CalendarDate(year: 2026, month: 11, day: 21)!
        #expect(PartialDate(year: 2014, month: 11, day: 21).leastAge(on: day) == 12)
        #expect(PartialDate(year: 2014, month: 11, day: 22).leastAge(on: day) == 11)
        #expect(PartialDate(year: 2014, month: 11).leastAge(on: day) == 11)
        #expect(PartialDate(year: 2014).leastAge(on: day) == 11)
        #expect(PartialDate(year: 2014).iso8601 == "2014")
    }

    @Test(
        "an attest counts until it is a month of the calendar old, and never from the future",
        arguments: [
            ("2026-11-21", "2026-11-21", true), ("2026-10-22", "2026-11-21", true), ("2026-10-21", "2026-11-21", false),
            ("2026-11-22", "2026-11-21", false), ("2026-02-10", "2026-03-09", true),
            ("2026-02-10", "2026-03-10", false), ("2025-12-31", "2026-01-30", true),
            ("2026-01-31", "2026-03-01", false),
        ])
    func attest(issued: String, day: String, isYounger: Bool) throws {
        let attest = Attest(issuedOn: try #require(CalendarDate(iso8601: issued)))
        #expect(attest.isYounger(thanMonths: 1, on: try #require(CalendarDate(iso8601: day))) == isYounger)
    }
}

@Suite struct TextCodedTests {
    @Test("dates and numbers are one text in a file, and nothing else is accepted")
    func partialDates() {
        for text in ["1971", "1971-03", "1971-03-24"] {
            #expect(PartialDate(codedText: text)?.codedText == text)
        }
        for text in ["", "71", "1971-3", "1971-13", "1971-03-32", "1971-03-24-01", "1971-", "-971"] {
            #expect(PartialDate(codedText: text) == nil, "\(text)")
        }
        #expect(CalendarDate(codedText: "2026-11-21")?.codedText == "2026-11-21")
    }
}
