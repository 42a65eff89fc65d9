import EnrolmentCore
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
            "  verzonden     \(count(figures.bytesSent, "byte", "bytes")) in \(count(figures.attempts, "poging", "pogingen"))",
            "  klok          \(clock(sheet))",
        ]
        if !sheet.left.isEmpty {
            lines.append("Nog open:")
            lines += sheet.left.map { left in
                "  \(word(left.kind))  \(left.kind == .clock ? word(sheet.clock) : left.name)"
            }
        }
        guard let seal = sheet.seal else { return lines + ["Deze dag is niet gesloten."] }
        lines += [
            "Gesloten \(seal.sealedAt)" + (seal.closedBy.map { " door \($0)" } ?? "") + ", zegel \(seal.number)"
                + (seal.part > 0 ? " (aanvulling \(seal.part))" : ""),
            "  logboek       \(count(seal.lines, "regel", "regels")), \(seal.shortHead)",
            "  sleutel       \(seal.keyID)",
            "  handtekening  \(seal.signature)",
        ]
        if sheet.hasWorkSince { lines.append("Daarna is nog gewerkt: sluit opnieuw om ook dat te tekenen.") }
        return lines
    }

    private static func amount(_ amount: DayFigures.Amount) -> String {
        "\(count(amount.packets, "pakket", "pakketten")), \(count(amount.bytes, "byte", "bytes"))"
    }

    private static func clock(_ sheet: DaySheet) -> String {
        word(sheet.clock) + (sheet.clockEvidenceAge.map { ", laatste bewijs \(ago($0))" } ?? "")
    }

    private static func word(_ confidence: TimeConfidence) -> String {
        switch confidence {
        case .synchronised: "vergeleken"
        case .plausible: "aannemelijk"
        case .implausible: "kan niet juist zijn"
        }
    }

    /// `3 minuten geleden`, in the largest unit of which there is one.
    static func ago(_ seconds: Int64) -> String {
        switch seconds {
        case ..<1: "zonet"
        case ..<60: "\(count(seconds, "seconde", "seconden")) geleden"
        case ..<3600: "\(count(seconds / 60, "minuut", "minuten")) geleden"
        // An hour has no plural behind a number.
        case ..<86_400: "\(seconds / 3600) uur geleden"
        default: "\(count(seconds / 86_400, "dag", "dagen")) geleden"
        }
    }

    private static func count(_ number: some BinaryInteger, _ one: String, _ more: String) -> String {
        "\(number) \(number == 1 ? one : more)"
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
