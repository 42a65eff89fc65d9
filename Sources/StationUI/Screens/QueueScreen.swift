import EnrolmentCore
import TerminalKit

extension StationModel {
    /// The packets of this kit, with what became of the one under the cursor.
    func queueBody(for size: Size) -> any Widget {
        let isWide = size.columns >= 110
        let table = Table(
            columns: [
                Table.Column(catalogue[.queueNumber], .fixed(6)),
                Table.Column(catalogue[.queueCase], .share(1)),
                Table.Column(catalogue[.queueSealedAt], .fixed(9)),
                Table.Column(catalogue[.queueSize], .fixed(9)),
                Table.Column(catalogue[.queueSent], .fixed(6)),
                Table.Column(catalogue[.queueStateHeading], .fixed(isWide ? 24 : 16)),
            ],
            count: queue.rows.count, selected: queue.rows.isEmpty ? nil : selectedPacket,
            empty: catalogue[.queueEmpty]
        ) { tableRow(queue.rows[$0]) }
        guard let packet = chosenPacket else { return Panel(catalogue[.queuePackets], Filling(table)) }
        return Stack([
            Panel(catalogue[.queuePackets], Filling(table)),
            Panel(catalogue[.queueDetail], facts(packet)),
        ])
    }

    /// The packet under the cursor.
    var chosenPacket: QueueRow? {
        queue.rows.indices.contains(selectedPacket) ? queue.rows[selectedPacket] : nil
    }

    private func tableRow(_ row: QueueRow) -> Table.Row {
        let sent = row.bytes > 0 ? min(max(0, row.bytesAtCentral), row.bytes) * 100 / row.bytes : 0
        return Table.Row(
            [
                "\(row.sequence)", words(for: row),
                catalogue.time(row.sealedAt, offset: offset), catalogue.bytes(row.bytes),
                row.state == .uploading ? "\(sent)%" : row.state.isWaiting ? "—" : "",
                catalogue[.queueState(row.state)],
            ], style: row.state.style)
    }

    /// The packet itself names nobody; today's list may.
    private func words(for row: QueueRow) -> String {
        let planned = visits.flatMap(\.visit.cases).first { $0.id == row.caseID }
        return (row.isUrgent ? "! " : "") + row.caseID.text + (planned.map { " · " + name($0.citizen) } ?? "")
    }

    private func facts(_ row: QueueRow) -> Facts {
        var facts = [Facts.Fact(catalogue[.queuePacket], row.packet.description)]
        facts.append(
            Facts.Fact(
                catalogue[.queueReceipt],
                row.receivedAt.map { catalogue.text(.queueReceiptAt, catalogue.time($0, offset: offset)) }
                    ?? catalogue[.queueNoReceipt], style: row.receivedAt == nil ? .plain : Style(.good)))
        if let problem = row.problem {
            let words = catalogue.explain(FailureReport(problem, kept: .packet))
            facts.append(Facts.Fact(catalogue[.queueProblem], words.happened, style: Style(.danger)))
            facts.append(Facts.Fact(catalogue[.queueRemedy], words.remedy))
        }
        return Facts(facts)
    }

    /// Bringing packets to central: how far, how long still, what came of it.
    var syncBody: any Widget {
        Stack(
            [Spacer(rows: 1)] + syncState + sealState + [
                Spacer(rows: 1), Panel(catalogue[.syncPackets], Filling(syncTable)),
            ])
    }

    private var syncState: [any Widget] {
        switch sync {
        case .idle:
            let text =
                queue.waiting == 0
                ? catalogue[seals.waiting == 0 ? .syncNothing : .syncOnlySeals]
                : catalogue.text(.syncReady, "\(queue.waiting)", catalogue.bytes(queue.bytesWaiting))
            return [TextBlock(text, style: .bold), TextBlock(catalogue[.syncPromise], style: .muted)]
        case .running(let progress): return [bar(progress), TextBlock(catalogue[.syncPromise], style: .muted)]
        case .done(let result):
            return [
                TextBlock(
                    catalogue.text(.syncDone, "\(result.received)", catalogue.bytes(result.bytesSent)),
                    style: Style(.good, .bold)),
                TextBlock(
                    catalogue.text(.syncRest, "\(result.waiting)", "\(result.refused)"),
                    style: result.refused > 0 ? Style(.danger, .bold) : .plain),
            ]
        case .failed(let report):
            let words = catalogue.explain(report)
            return [TextBlock(words.title, style: Style(.danger, .bold)), TextBlock("\(words.kept) \(words.remedy)")]
        }
    }

    /// What the office asks for at the end of a day: whether central knows how the kit's journal ended.
    private var sealState: [any Widget] {
        guard let lastDay = seals.lastDay else { return [TextBlock(catalogue[.syncSealsNone], style: .muted)] }
        let counts = catalogue.text(.syncSeals, "\(seals.sent)", "\(seals.waiting)")
        let last = catalogue.text(.syncSealsLast, catalogue.shortDay(lastDay))
        return [TextBlock("\(counts) · \(last)", style: seals.waiting == 0 ? .plain : .bold)]
            + sealsRefused.map {
                TextBlock(catalogue.text(.syncSealsRefused, "\($0)"), style: Style(.danger, .bold))
            }
    }

    /// One line each, and never so many that the packets have no room.
    private var sealsRefused: ArraySlice<Int> {
        guard case .done(let result) = sync else { return [] }
        return result.sealsRefused.prefix(3)
    }

    private func bar(_ progress: SyncProgress) -> ProgressBar {
        var detail = catalogue.text(
            .syncBytes, catalogue.bytes(progress.bytesSent), catalogue.bytes(progress.bytesTotal))
        if let left = progress.timeLeft { detail += " · " + catalogue.text(.syncTimeLeft, catalogue.span(left)) }
        return ProgressBar(
            done: progress.bytesSent, total: progress.bytesTotal,
            label: catalogue.text(.syncRunning, "\(progress.packetsDone)", "\(progress.packetsTotal)"), detail: detail)
    }

    private var syncTable: Table {
        Table(
            columns: [
                Table.Column(catalogue[.queueNumber], .fixed(6)), Table.Column(catalogue[.queueCase], .share(1)),
                Table.Column(catalogue[.queueSize], .fixed(9)),
                Table.Column(catalogue[.queueStateHeading], .fixed(16)),
                Table.Column(catalogue[.queueReceipt], .fixed(12)),
            ],
            count: queue.rows.count, empty: catalogue[.queueEmpty]
        ) { index in
            let row = queue.rows[index]
            return Table.Row(
                [
                    "\(row.sequence)", words(for: row), catalogue.bytes(row.bytes),
                    catalogue[.queueState(row.state)],
                    row.receivedAt.map { catalogue.time($0, offset: offset) } ?? "",
                ], style: row.state.style)
        }
    }
}

/// A widget that takes all that is left, whatever it needs.
struct Filling: Widget {
    let content: any Widget

    init(_ content: any Widget) { self.content = content }
    func rows(width: Int) -> Int? { nil }
    func draw(in area: Rect, on buffer: inout CellBuffer) { content.place(in: area, on: &buffer) }
    var plainLines: [String] { content.plainLines }
}
