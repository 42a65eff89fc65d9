/// The sum of a played day in a few lines.
package enum DayWords {
    package static func summary(of report: DayPlay.Report) -> String {
        """
        bezoeken \(report.visits), personen \(report.people), kaarten afgegeven \(report.cardsDelivered), \
        opnamen \(report.captures)
        pakketten verzegeld \(report.packetsSealed) (\(report.bytes) bytes), \
        ontvangstbewijzen gecontroleerd \(report.receiptsVerified)
        met geweld gestopt \(report.killed), verbinding verbroken \(report.connectionsCut), \
        verzendingen hervat \(report.uploadsResumed)
        nog op de laptop: pakketten \(report.packetsLeft), dossiers \(report.draftsLeft), \
        leesbare gegevens \(report.plaintextFound) (gezocht naar \(report.plaintextNeedles))
        \(report.isGood ? "Alles is aangekomen en de laptop is leeg." : "Niet alles klopt: zie hierboven.") \
        \(report.seconds) s
        """
    }
}
