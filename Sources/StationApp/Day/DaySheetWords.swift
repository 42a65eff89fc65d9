import OfflineCache

/// A day's sheet in lines of text, for paper and for the terminal.
package enum DaySheetWords {
    package static func lines(of sheet: DaySheet) -> [String] {
        let figures = sheet.figures
        let sequences = figures.firstSequence.flatMap { first in figures.lastSequence.map { "\(first) – \($0)" } }
        var lines = [
            "Dagstaat \(sheet.day), kit \(sheet.kit)" + (sheet.isTraining ? " (oefening)" : ""),
            "  verzegeld     \(amount(figures.sealed)), volgnummers \(sequences ?? "—")",
            "  ontvangen     \(amount(figures.received))",
            "  gewist        \(amount(figures.purged))",
            "  wacht         \(amount(figures.waiting))",
            "  conflict      \(amount(figures.conflict))",
            "  geweigerd     \(amount(figures.refused))",
            "  dossiers      \(figures.openDrafts) begonnen, \(figures.discardedDrafts) weggegooid",
            "  verzonden     \(figures.bytesSent) bytes in \(figures.attempts) pogingen",
            "  klok          \(clock(sheet))",
        ]
        if !sheet.left.isEmpty {
            lines.append("Nog open:")
            lines += sheet.left.map { "  \(word($0.kind))  \($0.name)" }
        }
        guard let seal = sheet.seal else { return lines + ["Deze dag is niet gesloten."] }
        lines += [
            "Gesloten \(seal.sealedAt), zegel \(seal.number)" + (seal.part > 0 ? " (aanvulling \(seal.part))" : ""),
            "  logboek       \(seal.lines) regels, \(seal.shortHead)",
            "  sleutel       \(seal.keyID)",
            "  handtekening  \(seal.signature)",
        ]
        if sheet.hasWorkSince { lines.append("Daarna is nog gewerkt: sluit opnieuw om ook dat te tekenen.") }
        return lines
    }

    private static func amount(_ amount: DayFigures.Amount) -> String {
        "\(amount.packets) pakketten, \(amount.bytes) bytes"
    }

    private static func clock(_ sheet: DaySheet) -> String {
        let word =
            switch sheet.clock {
            case .synchronised: "vergeleken"
            case .plausible: "aannemelijk"
            case .implausible: "kan niet juist zijn"
            }
        return word + (sheet.clockEvidenceAge.map { ", laatste bewijs \($0) s geleden" } ?? "")
    }

    private static func word(_ kind: DaySheet.Left.Kind) -> String {
        switch kind {
        case .draft: "dossier   "
        case .waiting: "wacht     "
        case .setAside: "apart     "
        case .clock: "klok      "
        }
    }
}
