import EnrolmentCore
import OfflineCache
package import StationUI

/// A day's sheet in lines of text, for paper and for the terminal.
package struct DaySheetWords {
    private let words: Catalogue

    package init(_ words: Catalogue) { self.words = words }

    package func lines(of sheet: DaySheet) -> [String] {
        let figures = sheet.figures
        let sequences = figures.firstSequence.flatMap { first in figures.lastSequence.map { "\(first) – \($0)" } }
        var lines = [words.line(sheet.isTraining ? .sheetTitleTraining : .sheetTitle, sheet.day, sheet.kit)]
        lines += columns([
            (.sheetSealed, words.line(.sheetSequences, amount(figures.sealed), sequences ?? "—")),
            (.sheetReceived, amount(figures.received)),
            (.sheetPurged, amount(figures.purged)),
            (.sheetWaiting, amount(figures.waiting)),
            (.sheetConflict, amount(figures.conflict)),
            (.sheetRefused, amount(figures.refused)),
            (.sheetCases, words.line(.sheetCasesText, "\(figures.openDrafts)", "\(figures.discardedDrafts)")),
            (
                .sheetSent,
                words.line(
                    .sheetSentText, words.count(figures.bytesSent, .byte), words.count(figures.attempts, .attempt))
            ),
            (.sheetClock, clock(sheet)),
        ])
        if !sheet.left.isEmpty {
            lines.append(words.line(.sheetLeft))
            lines += columns(
                sheet.left.map { left in (text(left.kind), left.kind == .clock ? confidence(sheet) : left.name) })
        }
        guard let seal = sheet.seal else { return lines + [words.line(.sheetNotClosed)] }
        lines += closing(seal)
        if sheet.hasWorkSince { lines.append(words.line(.sheetWorkSince)) }
        return lines
    }

    private func closing(_ seal: DaySheet.Seal) -> [String] {
        let closed = words.line(
            seal.closedBy == nil ? .sheetClosed : .sheetClosedBy, seal.sealedAt, "\(seal.number)", seal.closedBy ?? "")
        return [seal.part > 0 ? words.line(.sheetSupplement, closed, "\(seal.part)") : closed]
            + columns([
                (.sheetJournal, "\(words.count(seal.lines, .line)), \(seal.shortHead)"), (.sheetKey, seal.keyID),
                (.sheetSignature, seal.signature),
            ])
    }

    /// Under each other, as wide as the widest word of the language.
    private func columns(_ rows: [(LineText, String)]) -> [String] {
        let names = [
            .sheetSealed, .sheetReceived, .sheetPurged, .sheetWaiting, .sheetConflict, .sheetRefused, .sheetCases,
            .sheetSent, .sheetClock, .sheetLeftCase, .sheetSetAside, .sheetJournal, .sheetKey, .sheetSignature,
        ].map { (text: LineText) in words.line(text).count }
        let width = (names.max() ?? 0) + 2
        return rows.map { name, value in
            let name = words.line(name)
            return "  " + name + String(repeating: " ", count: max(1, width - name.count)) + value
        }
    }

    private func amount(_ amount: DayFigures.Amount) -> String {
        "\(words.count(amount.packets, .packet)), \(words.count(amount.bytes, .byte))"
    }

    private func clock(_ sheet: DaySheet) -> String {
        sheet.clockEvidenceAge.map { words.line(.sheetClockEvidence, confidence(sheet), words.ago($0)) }
            ?? confidence(sheet)
    }

    private func confidence(_ sheet: DaySheet) -> String {
        switch sheet.clock {
        case .synchronised: words.line(.clockCompared)
        case .plausible: words.line(.clockPlausible)
        case .implausible: words.line(.clockImpossible)
        }
    }

    private func text(_ kind: DaySheet.Left.Kind) -> LineText {
        switch kind {
        case .draft: .sheetLeftCase
        case .waiting: .sheetWaiting
        case .setAside: .sheetSetAside
        case .clock: .sheetClock
        }
    }
}
