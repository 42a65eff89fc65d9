package import OfflineCache
package import PacketFormat

/// What reading a journal came to, in lines of text.
package enum AuditWords {
    package static func lines(of report: AuditReport) -> [String] {
        var lines = [
            "logboek van kit \(report.kit): "
                + [
                    count(report.lines, "regel", "regels"), count(report.seals, "zegel", "zegels"),
                    count(report.packets, "pakket", "pakketten"),
                    count(report.receipts, "ontvangstbewijs", "ontvangstbewijzen"),
                ].joined(separator: ", ")
        ]
        if !report.head.isEmpty { lines.append("laatste regel: \(report.head)") }
        lines += report.remarks.map { remark in
            let place = place(position: remark.position, seal: remark.seal)
            return "  let op: \(word(remark.kind))\(place)" + (remark.detail.isEmpty ? "" : ": \(remark.detail)")
        }
        guard let first = report.first else { return lines + ["Niets is veranderd of weggenomen."] }
        lines.append(
            "NIET IN ORDE, het eerst\(place(position: first.position, seal: first.seal)): \(count(report.findings.count, "punt", "punten"))"
        )
        return lines
            + report.findings.map { finding in
                let place = place(position: finding.position, seal: finding.seal)
                return "  \(finding.kind.rawValue)\(place)" + (finding.detail.isEmpty ? "" : ": \(finding.detail)")
            }
    }

    /// What was written: the file as a whole, as `wc -c` and `sha256sum` tell it too.
    package static func line(of export: AuditExport) -> String {
        "\(count(export.lines, "regel", "regels")), \(count(export.seals, "zegel", "zegels")); het hele bestand: "
            + "\(count(export.bytes, "byte", "bytes")), SHA-256 \(export.digest)"
    }

    static func count(_ number: Int, _ one: String, _ more: String) -> String {
        "\(number) \(number == 1 ? one : more)"
    }

    private static func place(position: Int?, seal: Int?) -> String {
        (position.map { ", regel \($0)" } ?? "") + (seal.map { ", zegel \($0)" } ?? "")
    }

    private static func word(_ kind: AuditReport.Remark.Kind) -> String {
        switch kind {
        case .unsealedLines: "regels zonder zegel; of er aan het eind regels ontbreken, is niet te zeggen"
        case .dayNotClosed: "dag niet gesloten"
        case .dayEarlier: "een eerdere dag na een latere"
        case .clockJumped: "klok verzet (seconden)"
        case .clockImplausible: "gesloten terwijl de klok niet juist kon zijn"
        case .rollbackAccepted: "oudere kopie, door een technicus aanvaard"
        case .packetsForgotten: "pakketten waarvan niets meer bewaard wordt"
        case .sealsNotHeld: "zegels die nog niet bij centraal zijn"
        case .sealsOfLostTime: "zegels van voor een oudere kopie die aanvaard is"
        case .packetsOfLostTime: "pakketten van voor een oudere kopie die aanvaard is"
        case .journalOnly: "alleen het logboek en de zegels zijn gelezen"
        }
    }
}
