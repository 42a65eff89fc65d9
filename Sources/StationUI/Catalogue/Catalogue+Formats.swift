import EnrolmentCore

extension Catalogue {
    /// `zaterdag 21 november 2026`, `Samstag, 21. November 2026`, `dimanche 1er novembre 2026`.
    func day(_ date: CalendarDate) -> String {
        // 1970-01-01 was a Thursday.
        let weekday = ((date.daysSinceEpoch + 3) % 7 + 7) % 7
        let monthAndYear = "\(self[.month(date.month)]) \(date.year)"
        return switch language {
        case .german: "\(self[.weekday(weekday)]), \(date.day). \(monthAndYear)"
        case .french where date.day == 1: "\(self[.weekday(weekday)]) 1er \(monthAndYear)"
        default: "\(self[.weekday(weekday)]) \(date.day) \(monthAndYear)"
        }
    }

    /// `21/11/2026`.
    func shortDay(_ date: CalendarDate) -> String { shortDay(PartialDate(date)) }

    /// `../../1970` where parts are unknown.
    func shortDay(_ date: PartialDate) -> String {
        let parts = [date.day.map { twoDigits($0) } ?? "..", date.month.map { twoDigits($0) } ?? "..", "\(date.year)"]
        return parts.joined(separator: "/")
    }

    /// `21:04`, at so much ahead of UTC.
    func time(_ timestamp: Timestamp, offset: Duration) -> String {
        let minutes = timestamp.advanced(by: offset).milliseconds / 60_000
        let ofDay = (minutes % 1440 + 1440) % 1440
        return "\(twoDigits(Int(ofDay / 60))):\(twoDigits(Int(ofDay % 60)))"
    }

    /// Decimal units, three figures: `812 B`, `34,5 kB`, `1,24 MB`; French counts octets.
    func bytes(_ count: Int64) -> String {
        var unit = 0
        var value = Double(max(0, count))
        while value >= 999.5, unit < 4 {
            value /= 1000
            unit += 1
        }
        let names = language == .french ? ["o", "ko", "Mo", "Go", "To"] : ["B", "kB", "MB", "GB", "TB"]
        let name = names[unit]
        if unit == 0 { return "\(max(0, count)) \(name)" }
        let decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
        return "\(number(value, decimals: decimals)) \(name)"
    }

    /// `1 min 20 s`, `45 s`, `2 u 05 min`.
    func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        if seconds < 60 { return text(.spanSeconds, "\(seconds)") }
        if seconds < 3600 { return text(.spanMinutes, "\(seconds / 60)", twoDigits(Int(seconds % 60))) }
        return text(.spanHours, "\(seconds / 3600)", twoDigits(Int(seconds / 60 % 60)))
    }

    private func number(_ value: Double, decimals: Int) -> String {
        let scale = decimals == 2 ? 100 : decimals == 1 ? 10 : 1
        let whole = Int((value * Double(scale)).rounded())
        if decimals == 0 { return "\(whole)" }
        let fraction = String(whole % scale + scale).dropFirst()
        return "\(whole / scale)\(language == .english ? "." : ",")\(fraction)"
    }

    private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
