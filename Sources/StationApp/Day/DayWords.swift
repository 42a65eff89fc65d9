package import StationUI

/// The sum of a played day in a few lines.
package enum DayWords {
    package static func summary(of report: DayPlay.Report, in words: Catalogue) -> String {
        [
            words.line(
                .dayPeople, "\(report.visits)", "\(report.people)", "\(report.cardsDelivered)", "\(report.captures)"),
            words.line(.dayPackets, "\(report.packetsSealed)", "\(report.bytes)", "\(report.receiptsVerified)"),
            words.line(.dayFaults, "\(report.killed)", "\(report.connectionsCut)", "\(report.uploadsResumed)"),
            words.line(
                .dayLeftovers, "\(report.packetsLeft)", "\(report.draftsLeft)", "\(report.plaintextFound)",
                "\(report.plaintextNeedles)"),
            words.line(report.isGood ? .dayGood : .dayBad, "\(report.seconds)"),
        ].joined(separator: "\n")
    }
}
