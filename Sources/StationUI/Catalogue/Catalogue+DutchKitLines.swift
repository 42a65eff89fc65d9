extension Catalogue {
    /// What the verbs print about a kit and its devices, and things that are counted.
    static let dutchKitLines: [String: String] = [
        // The kit as a whole.
        "line.kitReady": "kit {0} is klaar in {1}",
        "line.kitRoom": "{0}: plaats voor {1} bezoeken ({2})",
        "line.kitOld": "oude dossiers {0}, pakketten die lang wachten {1}",
        "line.kitOverdue":
            "OUDER DAN DE WET TOELAAT: {0} dossiers. Een ambtenaar zet ze stop met de reden „Bewaartermijn verstreken”.",
        "line.kitDamaged":
            "NIET ZOALS DE KIT HET BEWAARDE: pakketten apart gelegd {0}, rijen onleesbaar {1}, onbekende bestanden {2}. Verwittig het kantoor en wis niets.",
        "line.kitFilesClosed": "Bestanden die anderen konden lezen, zijn afgesloten: {0}. Verwittig het kantoor.",
        "line.kitOlderCopy": "DEZE MAP IS EEN OUDERE KOPIE VAN ZICHZELF (gevonden door {0}): er wordt niets verzegeld.",
        "line.kitAcceptRollback": "Synchroniseer, en dan: loket kit accept-rollback --officer NUMMER",
        "line.kitChipOpen": "De chip van de laptop begrenst het raden niet voor iedereen: loket key protect-chip",
        "line.kitReceivedElsewhere": "De centrale heeft deze dossiers al: {0}",
        "line.kitNextPacket": "Het volgende pakket krijgt nummer {0}.",

        // Its key.
        "line.keyFirstVersion": "store.key is van versie 1; bij de volgende opening wordt het versie 3",
        "line.keyPlace": "{0} (plaats {1} van de chip)",
        "line.keyLock": "slot: {0}, {1} MiB, {2} rondes per poging, sinds {3}",
        "line.keyCards": "kaarten: {0}",
        "line.keyChip": "chip: {0}",
        "line.keyChipUnnamed": "chip: zonder naam; bij de volgende opening krijgt hij er een",
        "line.keyMade": "sleutel {0}, gemaakt {1}",
        "line.keyRotating": "een vernieuwing van de sleutel is bezig; de volgende opening maakt ze af",
        "line.chipOpen":
            "chip: IEDEREEN MAG ZIJN GRENS TERUGZETTEN ({0} foute pogingen, één vergeten na {1} s, nu {2} geteld): start loket key protect-chip",
        "line.chipOurs":
            "chip: begrenst het raden ({0} foute pogingen, één vergeten na {1} s, nu {2} geteld), door deze kit",
        "line.chipOthers":
            "chip: begrenst het raden ({0} foute pogingen, één vergeten na {1} s, nu {2} geteld), door de machtiging van een andere eigenaar",
        "line.chipUnchanged":
            "niets is veranderd: een andere eigenaar van deze laptop heeft de lockout-machtiging van de TPM ingesteld",
        "line.cardsNone": "geen kaart opent deze kit",
        "line.cardsRow": "{0}  tot {1}, toegevoegd {2}",

        // Erasing a kit.
        "line.erasedKit": "kit {0}: {1}",
        "line.erasedLost": "{0} en {1} kunnen nooit meer gelezen worden",
        "line.erasedKept": "{0} blijven, waarvan {1} nog niet bij de centrale",
        "line.erasedUnproven": "niet bewezen: het werd afgebroken voor er iets gezocht was",
        "line.erasedRefused": "het juiste wachtwoord wordt geweigerd ({0})",
        "line.erasedChip": "{0}, de chip zegt {1}",
        "line.erasedSearched":
            "{0}; {1} schrijfwijzen van sleutels en leesbare tekst gezocht in {2} bytes van {3} bestanden: gevonden in {4} (tevoren: {5})",
        "line.erasedCopiesOpen": "een kopie van de schijf die eerder gemaakt is, gaat nog open met het wachtwoord",
        "line.erasedCopiesShut":
            "een kopie van de schijf die eerder gemaakt is, gaat nergens open: de chip heeft zijn deel vergeten",
        "line.erasedStatement": "verklaring: {0}",
        "line.eraseWarning": "Dit kan niemand ongedaan maken, ook de centrale niet.",
        "line.eraseLost": "Voorgoed onleesbaar: open dossiers {0}; {1}; de sleutels van deze kit.",
        "line.eraseNone": "geen",
        "line.eraseKept": "Blijft: {0}, waarvan {1} nog niet bij de centrale.",
        "line.eraseAsk": "Typ de naam van de kit ({0}) om te wissen: ",

        // The queue and the stick.
        "line.queueUnreadable": "{0} van de wachtrij onleesbaar; de andere worden niet opgehouden",
        "line.queueUnderWay": "bezig",
        "line.stickWritten": "{0}  geschreven",
        "line.stickThere": "{0}  staat er al",
        "line.stickWithoutManifest": "{0}  zonder zijn manifest: de centrale kan het openen, maar niet plaatsen",
        "line.stickNotWritten": "{0}  niet geschreven: {1}",
        "line.stickSeal": "zegel {0} van een gesloten dag  geschreven",
        "line.exposedSecret": "Anderen kunnen {0} lezen: zet er chmod 600 op, en vraag na wie het gelezen heeft.",
        "line.labelNotWritten":
            "De kit is klaar, maar {0} kon niet worden geschreven: haar scherm noemt de gemeente niet.",
        "line.stickReceived": "{0}  ontvangen",
        "line.stickKnown": "{0}  bekend",
        "line.stickKept": "{0}  ontvangstbewijs bewaard; de rij van dit pakket is beschadigd, en het bestand blijft",
        "line.stickEarly": "{0}  ontvangstbewijs {1} moet eerst komen",
        "line.stickRefused": "{0}  geweigerd: {1}",
        "line.packetSealedFor": "verzegeld voor {0}, {1}",

        // Fingers and signatures.
        "line.fingerQuality": "kwaliteit {0} ({1})",
        "line.fingerQualityWanted": "kwaliteit {0} ({1}, {2} gevraagd)",
        "line.fingerDo": "te doen: {0}",
        "line.calibrateLay": "Leg de liniaal of het raster op het glas en druk op Enter.",
        "line.calibrateHorizontal": "horizontaal",
        "line.calibrateVertical": "verticaal",
        "line.calibrateNoLines": "{0}: geen lijnen in het beeld",
        "line.calibrateWithin": "{0}: {1} pixels per inch ± {2} %, binnen 1 % van de {3} van het profiel",
        "line.calibrateBeyond": "{0}: {1} pixels per inch ± {2} %, meer dan 1 % van de {3} van het profiel",
        "line.calibrateTurned": "doel gedraaid over {0}",
        "line.calibrateWritten": "geschreven naar {0}",
        "line.fingerSame": "dezelfde vinger: gelijkenis {0}, drempel {1}",
        "line.fingerOther": "niet dezelfde vinger: gelijkenis {0}, drempel {1}",
        "line.fingerPicture": "{0}×{1} px, {2} minutiae, {3} grijswaarden",
        "line.cardRead": "kaart {0}, applet {1}, {2}",

        // Counted things.
        "count.attempt.one": "{0} poging", "count.attempt.more": "{0} pogingen",
        "count.byte.one": "{0} byte", "count.byte.more": "{0} bytes",
        "count.chunk.one": "{0} blok", "count.chunk.more": "{0} blokken",
        "count.day.one": "{0} dag", "count.day.more": "{0} dagen",
        "count.draft.one": "{0} dossier", "count.draft.more": "{0} dossiers",
        "count.file.one": "{0} bestand", "count.file.more": "{0} bestanden",
        "count.hour.one": "{0} uur", "count.hour.more": "{0} uur",
        "count.line.one": "{0} regel", "count.line.more": "{0} regels",
        "count.minute.one": "{0} minuut", "count.minute.more": "{0} minuten",
        "count.packet.one": "{0} pakket", "count.packet.more": "{0} pakketten",
        "count.plannedVisit.one": "{0} gepland bezoek", "count.plannedVisit.more": "{0} geplande bezoeken",
        "count.point.one": "{0} punt", "count.point.more": "{0} punten",
        "count.receipt.one": "{0} ontvangstbewijs", "count.receipt.more": "{0} ontvangstbewijzen",
        "count.row.one": "{0} rij", "count.row.more": "{0} rijen",
        "count.seal.one": "{0} zegel", "count.seal.more": "{0} zegels",
        "count.sealedPacket.one": "{0} verzegeld pakket", "count.sealedPacket.more": "{0} verzegelde pakketten",
        "count.second.one": "{0} seconde", "count.second.more": "{0} seconden",
        "count.stroke.one": "{0} haal", "count.stroke.more": "{0} halen",
        "count.visit.one": "{0} bezoek", "count.visit.more": "{0} bezoeken",
    ]
}
