import EnrolmentCore
import TerminalKit

extension StationModel {
    /// What became of the day's work, and whether anything keeps the day from being closed.
    var dayBody: any Widget {
        guard let day else { return TextBlock(catalogue[.dayLoading], style: .muted) }
        let figures = Table(
            columns: [
                Table.Column("", .share(1)), Table.Column(catalogue[.dayPackets], .fixed(10)),
                Table.Column(catalogue[.dayBytes], .fixed(12)),
            ],
            rows: [
                row(.daySealed, day.sealed), row(.dayReceived, day.received, Style(.good)),
                row(.dayPurged, day.purged), row(.dayWaiting, day.waiting),
                row(.dayConflict, day.conflict, day.conflict.packets > 0 ? Style(.danger, .bold) : .plain),
                row(.dayRefused, day.refused, day.refused.packets > 0 ? Style(.danger, .bold) : .plain),
            ])
        let others = Facts([
            Facts.Fact(
                catalogue[.daySequences], day.sequences.map { "\($0.lowerBound) – \($0.upperBound)" } ?? "—"),
            Facts.Fact(catalogue[.dayBytesSent], catalogue.bytes(day.bytesSent)),
            Facts.Fact(
                catalogue[.dayOpenDrafts], "\(day.openDrafts)",
                style: day.openDrafts > 0 ? Style(.warning, .bold) : .plain),
            Facts.Fact(catalogue[.dayDiscarded], "\(day.discardedDrafts)"),
        ])
        return Stack(
            [
                Spacer(rows: 0), TextBlock(catalogue.day(day.day), style: .bold), figures, others, verdict(day),
                closure(day), Spacer(),
            ], gap: 1)
    }

    private func closure(_ day: DaySummary) -> TextBlock {
        guard let closure = day.closure else { return TextBlock(catalogue[.dayNotClosed], style: .muted) }
        let text: UIText =
            switch (day.hasWorkSinceClosure, closure.officer) {
            case (true, nil): .dayClosedAgain
            case (true, _?): .dayClosedAgainBy
            case (false, nil): .dayClosed
            case (false, _?): .dayClosedBy
            }
        return TextBlock(
            catalogue.text(
                text, catalogue.time(closure.closedAt, offset: offset), "\(closure.number)", closure.head,
                closure.officer?.text ?? ""),
            style: day.hasWorkSinceClosure ? Style(.warning) : Style(.good))
    }

    private func row(_ label: UIText, _ amount: DaySummary.Amount, _ style: Style = .plain) -> Table.Row {
        Table.Row([catalogue[label], "\(amount.packets)", catalogue.bytes(amount.bytes)], style: style)
    }

    private func verdict(_ day: DaySummary) -> TextBlock {
        if day.closure != nil, !day.hasWorkSinceClosure { return closedVerdict(day) }
        if day.conflict.packets + day.refused.packets > 0 {
            return TextBlock(catalogue[.dayVerdictPerson], style: Style(.danger, .bold))
        }
        if day.openDrafts > 0 { return TextBlock(catalogue[.dayVerdictDrafts], style: Style(.warning)) }
        if day.waiting.packets > 0 { return TextBlock(catalogue[.dayVerdictWaiting], style: .bold) }
        return TextBlock(catalogue[.dayVerdictGood], style: Style(.good, .bold))
    }

    /// A day that is closed cannot be closed again; what is left of it is said all the same.
    private func closedVerdict(_ day: DaySummary) -> TextBlock {
        let person = day.conflict.packets + day.refused.packets
        let left: [(UIText, Int)] = [
            (.dayLeftDrafts, day.openDrafts), (.dayLeftWaiting, day.waiting.packets), (.dayLeftPerson, person),
        ]
        let words = left.filter { $0.1 > 0 }.map { catalogue.text($0.0, "\($0.1)") }
        guard !words.isEmpty else { return TextBlock(catalogue[.dayVerdictClosed], style: Style(.good, .bold)) }
        return TextBlock(
            catalogue.text(.dayVerdictClosedLeft, words.joined(separator: ", ")),
            style: person > 0 ? Style(.danger, .bold) : Style(.warning))
    }
}
