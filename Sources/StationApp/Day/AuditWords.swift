package import OfflineCache
package import PacketFormat
package import StationUI

/// What reading a journal came to, in lines of text.
package struct AuditWords {
    private let words: Catalogue

    package init(_ words: Catalogue) { self.words = words }

    package func lines(of report: AuditReport) -> [String] {
        let amounts = [
            words.count(report.lines, .line), words.count(report.seals, .seal), words.count(report.packets, .packet),
            words.count(report.receipts, .receipt),
        ]
        var lines = [words.line(.journalOfKit, report.kit, amounts.joined(separator: ", "))]
        if !report.head.isEmpty { lines.append(words.line(.journalHead, report.head)) }
        lines += report.remarks.map { remark in
            let place = place(position: remark.position, seal: remark.seal)
            return "  " + words.line(.journalRemark, words.line(Self.text(remark.kind)) + place)
                + (remark.detail.isEmpty ? "" : ": \(remark.detail)")
        }
        if let files = report.packetFiles { lines.append(words.line(.journalFiles, "\(files)")) }
        guard let first = report.first else {
            return lines + [words.line(report.packetFiles == nil ? .journalAloneWhole : .journalWhole)]
        }
        lines.append(
            words.line(
                .journalFaulty, place(position: first.position, seal: first.seal),
                words.count(report.findings.count, .point)))
        return lines
            + report.findings.map { finding in
                let place = place(position: finding.position, seal: finding.seal)
                return "  \(finding.kind.rawValue)\(place)" + (finding.detail.isEmpty ? "" : ": \(finding.detail)")
            }
    }

    /// What was written: the file as a whole, as `wc -c` and `sha256sum` tell it too.
    package func line(of export: AuditExport) -> String {
        words.line(
            .journalExported, words.count(export.lines, .line), words.count(export.seals, .seal),
            words.count(export.bytes, .byte), export.digest)
    }

    private func place(position: Int?, seal: Int?) -> String {
        (position.map { words.line(.placeLine, "\($0)") } ?? "") + (seal.map { words.line(.placeSeal, "\($0)") } ?? "")
    }

    private static func text(_ kind: AuditReport.Remark.Kind) -> LineText {
        switch kind {
        case .unsealedLines: .remarkUnsealedLines
        case .dayNotClosed: .remarkDayNotClosed
        case .dayEarlier: .remarkDayEarlier
        case .clockJumped: .remarkClockJumped
        case .clockImplausible: .remarkClockImplausible
        case .rollbackAccepted: .remarkRollbackAccepted
        case .packetsForgotten: .remarkPacketsForgotten
        case .sealsNotHeld: .remarkSealsNotHeld
        case .sealsOfLostTime: .remarkSealsOfLostTime
        case .packetsOfLostTime: .remarkPacketsOfLostTime
        case .journalOnly: .remarkJournalOnly
        }
    }
}
