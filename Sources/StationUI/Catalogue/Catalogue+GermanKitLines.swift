extension Catalogue {
    /// What the verbs print about a kit and its devices, and things that are counted.
    static let germanKitLines: [String: String] = [
        // The kit as a whole.
        "line.kitReady": "Kit {0} ist bereit in {1}",
        "line.kitRoom": "{0}: Platz für {1} Besuche ({2})",
        "line.kitOld": "alte Fälle {0}, lange wartende Pakete {1}",
        "line.kitOverdue":
            "ÄLTER, ALS DAS GESETZ ERLAUBT: {0} Fälle. Ein Beamter stellt sie mit dem Grund „Aufbewahrungsfrist abgelaufen“ ein.",
        "line.kitDamaged":
            "NICHT SO, WIE DAS KIT ES AUFBEWAHRT HAT: Pakete beiseitegelegt {0}, Zeilen unlesbar {1}, unbekannte Dateien {2}. Verständigen Sie das Büro und löschen Sie nichts.",
        "line.kitFilesClosed": "Dateien, die andere lesen konnten, wurden geschlossen: {0}. Verständigen Sie das Büro.",
        "line.kitOlderCopy":
            "DIESER ORDNER IST EINE ÄLTERE KOPIE SEINER SELBST (gefunden von {0}): Es wird nichts versiegelt.",
        "line.kitAcceptRollback": "Synchronisieren Sie, dann: loket kit accept-rollback --officer NUMMER",
        "line.kitChipOpen": "Der Chip des Laptops begrenzt das Raten nicht für alle: loket key protect-chip",
        "line.kitReceivedElsewhere": "Die Zentrale hat diese Fälle schon: {0}",
        "line.kitNextPacket": "Das nächste Paket bekommt die Nummer {0}.",

        // Its key.
        "line.keyFirstVersion": "store.key ist von Version 1; das nächste Öffnen macht daraus Version 3",
        "line.keyPlace": "{0} (Platz {1} des Chips)",
        "line.keyLock": "Schloss: {0}, {1} MiB, {2} Durchläufe je Versuch, seit {3}",
        "line.keyCards": "Karten: {0}",
        "line.keyChip": "Chip: {0}",
        "line.keyChipUnnamed": "Chip: ohne Namen; das nächste Öffnen gibt ihm einen",
        "line.keyMade": "Schlüssel {0}, erzeugt {1}",
        "line.keyRotating": "eine Erneuerung des Schlüssels läuft; das nächste Öffnen beendet sie",
        "line.chipOpen":
            "Chip: JEDER DARF SEINE GRENZE ZURÜCKSETZEN ({0} falsche Versuche, einer vergessen nach {1} s, jetzt {2} gezählt): starten Sie loket key protect-chip",
        "line.chipOurs":
            "Chip: begrenzt das Raten ({0} falsche Versuche, einer vergessen nach {1} s, jetzt {2} gezählt), durch dieses Kit",
        "line.chipOthers":
            "Chip: begrenzt das Raten ({0} falsche Versuche, einer vergessen nach {1} s, jetzt {2} gezählt), durch die Vollmacht eines anderen Eigentümers",
        "line.chipUnchanged":
            "nichts wurde geändert: Ein anderer Eigentümer dieses Laptops hat die Lockout-Vollmacht des TPM gesetzt",
        "line.cardsNone": "keine Karte öffnet dieses Kit",
        "line.cardsRow": "{0}  bis {1}, hinzugefügt {2}",

        // Erasing a kit.
        "line.erasedKit": "Kit {0}: {1}",
        "line.erasedLost": "{0} und {1} können nie mehr gelesen werden",
        "line.erasedKept": "{0} bleiben, davon {1} noch nicht bei der Zentrale",
        "line.erasedUnproven": "nicht bewiesen: abgebrochen, bevor etwas gesucht wurde",
        "line.erasedRefused": "das richtige Passwort wird abgelehnt ({0})",
        "line.erasedChip": "{0}, der Chip sagt {1}",
        "line.erasedSearched":
            "{0}; {1} Schreibweisen von Schlüsseln und lesbarem Text gesucht in {2} Bytes von {3} Dateien: gefunden in {4} (vorher: {5})",
        "line.erasedCopiesOpen": "eine früher gemachte Kopie der Platte öffnet sich noch mit dem Passwort",
        "line.erasedCopiesShut":
            "eine früher gemachte Kopie der Platte öffnet sich nirgends: Der Chip hat seinen Teil vergessen",
        "line.erasedStatement": "Erklärung: {0}",
        "line.eraseWarning": "Niemand kann das rückgängig machen, auch die Zentrale nicht.",
        "line.eraseLost": "Für immer unlesbar: offene Fälle {0}; {1}; die Schlüssel dieses Kits.",
        "line.eraseNone": "keine",
        "line.eraseKept": "Bleibt: {0}, davon {1} noch nicht bei der Zentrale.",
        "line.eraseAsk": "Tippen Sie den Namen des Kits ({0}), um zu löschen: ",

        // The queue and the stick.
        "line.queueUnreadable": "{0} der Warteschlange unlesbar; die anderen werden nicht aufgehalten",
        "line.queueUnderWay": "läuft",
        "line.stickWritten": "{0}  geschrieben",
        "line.stickThere": "{0}  schon da",
        "line.stickWithoutManifest": "{0}  ohne sein Manifest: Die Zentrale kann es öffnen, aber nicht einordnen",
        "line.stickNotWritten": "{0}  nicht geschrieben: {1}",
        "line.stickSeal": "Siegel {0} eines abgeschlossenen Tages  geschrieben",
        "line.labelNotWritten":
            "Das Kit ist bereit, aber {0} konnte nicht geschrieben werden: Sein Bildschirm nennt die Gemeinde nicht.",
        "line.exposedSecret":
            "Andere können {0} lesen: setzen Sie chmod 600 darauf, und fragen Sie, wer es gelesen hat.",
        "line.stickReceived": "{0}  empfangen",
        "line.stickKnown": "{0}  bekannt",
        "line.stickKept": "{0}  Quittung aufbewahrt; die Zeile dieses Pakets ist beschädigt, und die Datei bleibt",
        "line.stickEarly": "{0}  Empfangsbestätigung {1} muss zuerst kommen",
        "line.stickRefused": "{0}  abgelehnt: {1}",
        "line.packetSealedFor": "versiegelt für {0}, {1}",

        // Fingers and signatures.
        "line.fingerQuality": "Qualität {0} ({1})",
        "line.fingerQualityWanted": "Qualität {0} ({1}, {2} verlangt)",
        "line.fingerDo": "zu tun: {0}",
        "line.calibrateLay": "Legen Sie das Lineal oder das Raster auf das Glas und drücken Sie Enter.",
        "line.calibrateHorizontal": "waagerecht",
        "line.calibrateVertical": "senkrecht",
        "line.calibrateNoLines": "{0}: keine Linien im Bild",
        "line.calibrateWithin": "{0}: {1} Pixel je Zoll ± {2} %, innerhalb 1 % der {3} des Profils",
        "line.calibrateBeyond": "{0}: {1} Pixel je Zoll ± {2} %, mehr als 1 % von den {3} des Profils",
        "line.calibrateTurned": "Ziel gedreht um {0}",
        "line.calibrateWritten": "geschrieben nach {0}",
        "line.fingerSame": "derselbe Finger: Ähnlichkeit {0}, Schwelle {1}",
        "line.fingerOther": "nicht derselbe Finger: Ähnlichkeit {0}, Schwelle {1}",
        "line.fingerPicture": "{0}×{1} px, {2} Minutien, {3} Graustufen",
        "line.cardRead": "Karte {0}, Applet {1}, {2}",

        // Counted things.
        "count.attempt.one": "{0} Versuch", "count.attempt.more": "{0} Versuchen",
        "count.byte.one": "{0} Byte", "count.byte.more": "{0} Bytes",
        "count.chunk.one": "{0} Block", "count.chunk.more": "{0} Blöcke",
        "count.day.one": "{0} Tag", "count.day.more": "{0} Tagen",
        "count.draft.one": "{0} Fall", "count.draft.more": "{0} Fälle",
        "count.file.one": "{0} Datei", "count.file.more": "{0} Dateien",
        "count.hour.one": "{0} Stunde", "count.hour.more": "{0} Stunden",
        "count.line.one": "{0} Zeile", "count.line.more": "{0} Zeilen",
        "count.minute.one": "{0} Minute", "count.minute.more": "{0} Minuten",
        "count.packet.one": "{0} Paket", "count.packet.more": "{0} Pakete",
        "count.plannedVisit.one": "{0} geplanter Besuch", "count.plannedVisit.more": "{0} geplante Besuche",
        "count.point.one": "{0} Punkt", "count.point.more": "{0} Punkte",
        "count.receipt.one": "{0} Empfangsbestätigung", "count.receipt.more": "{0} Empfangsbestätigungen",
        "count.row.one": "{0} Zeile", "count.row.more": "{0} Zeilen",
        "count.seal.one": "{0} Siegel", "count.seal.more": "{0} Siegel",
        "count.sealedPacket.one": "{0} versiegeltes Paket", "count.sealedPacket.more": "{0} versiegelte Pakete",
        "count.second.one": "{0} Sekunde", "count.second.more": "{0} Sekunden",
        "count.stroke.one": "{0} Strich", "count.stroke.more": "{0} Striche",
        "count.visit.one": "{0} Besuch", "count.visit.more": "{0} Besuche",
    ]
}
