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
        let text: UIText = day.hasWorkSinceClosure ? .dayClosedAgain : .dayClosed
        return TextBlock(
            catalogue.text(text, catalogue.time(closure.closedAt, offset: offset), "\(closure.number)", closure.head),
            style: day.hasWorkSinceClosure ? Style(.warning) : Style(.good))
    }

    private func row(_ label: UIText, _ amount: DaySummary.Amount, _ style: Style = .plain) -> Table.Row {
        Table.Row([catalogue[label], "\(amount.packets)", catalogue.bytes(amount.bytes)], style: style)
    }

    private func verdict(_ day: DaySummary) -> TextBlock {
        if day.conflict.packets + day.refused.packets > 0 {
            return TextBlock(catalogue[.dayVerdictPerson], style: Style(.danger, .bold))
        }
        if day.openDrafts > 0 { return TextBlock(catalogue[.dayVerdictDrafts], style: Style(.warning)) }
        if day.waiting.packets > 0 { return TextBlock(catalogue[.dayVerdictWaiting], style: .bold) }
        return TextBlock(catalogue[.dayVerdictGood], style: Style(.good, .bold))
    }
}
