extension Catalogue {
    /// What can fail beside the devices: a title, what happened, and what to do.
    static let germanFailures: [String: String] = [
        "kept.nothingToKeep": "Es war noch nichts aufgenommen.",
        "kept.draft": "Alles, was für diese Person schon aufgenommen war, liegt verschlüsselt auf der Platte.",
        "kept.packet": "Was versiegelt ist, bleibt sicher auf der Platte.",

        "failure.store.diskFull.title": "Die Platte ist voll",
        "failure.store.diskFull.happened": "Es gibt keinen Platz mehr, um etwas zu speichern.",
        "failure.store.diskFull.remedy":
            "Senden Sie die Warteschlange: Was empfangen ist, wird hier gelöscht und macht Platz. Versuchen Sie es danach erneut.",
        "failure.store.unreadable.title": "Der Speicher ist nicht lesbar",
        "failure.store.unreadable.happened": "Etwas auf der Platte dieses Kits kann nicht gelesen werden.",
        "failure.store.unreadable.remedy": "Nehmen Sie mit diesem Kit nichts mehr auf und bringen Sie es ins Büro.",
        "failure.store.unwritable.title": "Speichern gelingt nicht",
        "failure.store.unwritable.happened": "Die Platte dieses Kits nimmt nichts mehr an.",
        "failure.store.unwritable.remedy":
            "Versuchen Sie erneut zu speichern. Gelingt es nicht, schließen Sie den Laptop nicht und rufen Sie das Büro an.",
        "failure.store.wrongPassphrase.title": "Falsches Passwort",
        "failure.store.wrongPassphrase.happened": "Mit diesem Passwort öffnet sich der Speicher nicht.",
        "failure.store.wrongPassphrase.remedy": "Tippen Sie das Passwort erneut; achten Sie auf Großbuchstaben.",
        "failure.store.unsafeSetting.title": "Der Speicher ist nicht sicher eingestellt",
        "failure.store.unsafeSetting.happened":
            "Eine Einstellung, die Verlust bei Stromausfall verhindert, ist nicht eingeschaltet. So beginnt das Programm nicht.",
        "failure.store.unsafeSetting.remedy": "Ein Techniker muss das Kit prüfen: loket selftest.",
        "failure.store.newerSchema.title": "Der Speicher ist von einer neueren Version",
        "failure.store.newerSchema.happened": "Eine neuere Version dieses Programms hat den Speicher benutzt.",
        "failure.store.newerSchema.remedy": "Starten Sie die neueste Version von loket. Diese Version rührt nichts an.",
        "failure.store.packetDamaged.title": "Ein Paket ist beschädigt",
        "failure.store.packetDamaged.happened":
            "Die Bytes eines Pakets auf der Platte sind nicht mehr die vom Versiegeln.",
        "failure.store.packetDamaged.remedy":
            "Löschen Sie nichts und melden Sie es dem Büro: Der Antrag der Person muss vielleicht neu aufgenommen werden.",
        "failure.store.inUse.title": "Loket läuft schon",
        "failure.store.inUse.happened": "Ein anderes Fenster dieses Programms benutzt den Speicher dieses Kits.",
        "failure.store.inUse.remedy": "Gehen Sie zum anderen Fenster, oder schließen Sie es und starten Sie neu.",

        "failure.central.unreachable.title": "Zentrale nicht erreichbar",
        "failure.central.unreachable.happened": "Es gibt kein Netz, oder die Zentrale antwortet nicht.",
        "failure.central.unreachable.remedy":
            "Arbeiten Sie einfach weiter. Das Kit versucht es später erneut, oder Sie drücken F3, wenn es Netz gibt.",
        "failure.central.wrongCertificate.title": "Das ist nicht die Zentrale",
        "failure.central.wrongCertificate.happened":
            "Was antwortete, konnte nicht beweisen, dass es die Zentrale ist. Es wurde nichts gesendet.",
        "failure.central.wrongCertificate.remedy":
            "Benutzen Sie ein anderes Netz. Ein Gastnetz mit Anmeldeseite führt auch hierzu.",
        "failure.central.kitRefused.title": "Das Kit wird abgelehnt",
        "failure.central.kitRefused.happened": "Die Zentrale nimmt dieses Kit nicht (mehr) an.",
        "failure.central.kitRefused.remedy": "Wenden Sie sich an das Büro: Das Kit muss neu eingerichtet werden.",
        "failure.central.trainingRefused.title": "Die Übung wird abgelehnt",
        "failure.central.trainingRefused.happened": "Die Zentrale nimmt keine Übungspakete als echte Anträge an.",
        "failure.central.trainingRefused.remedy": "Es ist nichts zu tun: Übungen gehören nicht in die echte Zentrale.",
        "failure.central.receiptForged.title": "Empfangsbestätigung stimmt nicht",
        "failure.central.receiptForged.happened":
            "Die Empfangsbestätigung ist nicht von der Zentrale oder nicht für dieses Paket. Sie zählt nicht.",
        "failure.central.receiptForged.remedy": "Das Paket bleibt in der Warteschlange. Melden Sie es dem Büro.",
        "failure.central.conflict.title": "Widerspruch zur Zentrale",
        "failure.central.conflict.happened": "Die Zentrale hat unter diesem Namen ein anderes Paket.",
        "failure.central.conflict.remedy": "Das Paket bleibt hier. Das Büro muss beide vergleichen.",
        "failure.central.refused.title": "Paket abgelehnt",
        "failure.central.refused.happened": "Die Zentrale hat das Paket geprüft und lehnt es ab.",
        "failure.central.refused.remedy":
            "Das Paket bleibt hier. Das Büro sieht den Grund und sagt, ob der Antrag neu aufgenommen werden muss.",
        "failure.central.unexpectedAnswer.title": "Unerwartete Antwort",
        "failure.central.unexpectedAnswer.happened": "Die Zentrale gab eine Antwort, die dieses Programm nicht kennt.",
        "failure.central.unexpectedAnswer.remedy":
            "Versuchen Sie es später erneut. Kommt es wieder vor, melden Sie den Code unten.",

        "failure.input.unreadableFile.title": "Datei nicht lesbar",
        "failure.input.unreadableFile.happened": "Die Datei gibt es nicht, oder sie kann nicht gelesen werden.",
        "failure.input.unreadableFile.remedy": "Prüfen Sie den Namen und den Ort der Datei.",
        "failure.input.invalidScript.title": "Skript nicht gültig",
        "failure.input.invalidScript.happened": "Das Skript enthält etwas, das das Programm nicht versteht.",
        "failure.input.invalidScript.remedy": "Verbessern Sie das Skript an der Stelle, die beim Code steht.",
        "failure.input.unknownVisit.title": "Besuch unbekannt",
        "failure.input.unknownVisit.happened": "Dieser Besuch oder diese Akte ist nicht auf diesem Kit.",
        "failure.input.unknownVisit.remedy": "Lesen Sie die Liste des Büros erneut ein: loket visits import.",
        "failure.input.missingConfiguration.title": "Kit nicht eingerichtet",
        "failure.input.missingConfiguration.happened": "Diesem Kit fehlt eine nötige Einstellung.",
        "failure.input.missingConfiguration.remedy": "Richten Sie das Kit ein mit: loket provision.",
        "failure.input.unfitTarget.title": "Nicht messbar",
        "failure.input.unfitTarget.happened": "Die Aufnahme enthält keine gleichmäßigen Linien im angegebenen Abstand.",
        "failure.input.unfitTarget.remedy":
            "Legen Sie ein Lineal oder Raster flach und gerade auf das Glas, geben Sie mit --pitch den richtigen Abstand an und messen Sie erneut.",

        // Login.
        "failure.login.needed.title": "Zuerst anmelden",
        "failure.login.needed.happened": "Dieser Koffer arbeitet nur für eine angemeldete Amtsperson.",
        "failure.login.needed.remedy": "Melden Sie sich mit Ihrem eigenen Personalausweis und der PIN an.",
        "failure.login.notOnRoster.title": "Sie stehen nicht auf der Liste",
        "failure.login.notOnRoster.happened":
            "Die Inhaberin oder der Inhaber dieser Karte darf diesen Koffer nicht benutzen.",
        "failure.login.notOnRoster.remedy":
            "Bitten Sie das Büro, Sie auf die Liste zu setzen, und synchronisieren Sie den Koffer.",
        "failure.login.rosterExpired.title": "Die Liste ist abgelaufen",
        "failure.login.rosterExpired.happened": "Die Liste der Berechtigten dieses Koffers ist abgelaufen oder fehlt.",
        "failure.login.rosterExpired.remedy":
            "Synchronisieren Sie den Koffer mit der Zentrale, um eine neue Liste zu erhalten.",
        "failure.login.cardNotProven.title": "Die Karte ist nicht bewiesen",
        "failure.login.cardNotProven.happened":
            "Das Zertifikat der Karte kann nicht geprüft werden, ist abgelaufen oder gesperrt.",
        "failure.login.cardNotProven.remedy":
            "Prüfen Sie, ob es Ihre gültige Karte ist. Ist sie abgelaufen oder gesperrt, beantragen Sie eine neue.",
        "failure.login.wrongPIN.title": "Die PIN ist falsch",
        "failure.login.wrongPIN.happened": "Die Karte hat die PIN abgelehnt; ein Versuch ist verbraucht.",
        "failure.login.wrongPIN.remedy": "Sehen Sie nach, wie viele Versuche bleiben, und versuchen Sie es erneut.",
        "failure.login.pinBlocked.title": "Die PIN ist gesperrt",
        "failure.login.pinBlocked.happened": "Für die PIN dieser Karte bleiben keine Versuche.",
        "failure.login.pinBlocked.remedy":
            "Lassen Sie die PIN bei Ihrer Gemeinde freischalten, oder mit der PUK einer älteren Karte.",
        "failure.login.passphraseNotAllowed.title": "Keine Passphrase erlaubt",
        "failure.login.passphraseNotAllowed.happened":
            "Die Liste erlaubt dieser Person keine Passphrase, oder es ist noch keine festgelegt.",
        "failure.login.passphraseNotAllowed.remedy":
            "Melden Sie sich mit Ihrer Karte an. Eine Passphrase legen Sie danach fest mit: loket login --set-passphrase.",
        "failure.login.wrongPassphrase.title": "Die Passphrase ist falsch",
        "failure.login.wrongPassphrase.happened": "Personalnummer und Passphrase gehören nicht zusammen.",
        "failure.login.wrongPassphrase.remedy": "Versuchen Sie es erneut, oder melden Sie sich mit Ihrer Karte an.",
        "failure.login.tooManyTries.title": "Zu viele Versuche",
        "failure.login.tooManyTries.happened":
            "Zu oft wurde eine falsche Passphrase eingegeben; jetzt muss gewartet werden.",
        "failure.login.tooManyTries.remedy":
            "Warten Sie und versuchen Sie es dann erneut, oder melden Sie sich mit Ihrer Karte an.",

        // The vault
        "failure.store.machineChanged.title": "Dieser Laptop gibt den Schlüssel nicht her",
        "failure.store.machineChanged.happened":
            "Der Sicherheitschip (TPM) antwortet nicht, ist ein anderer, oder der Laptop startete anders als früher.",
        "failure.store.machineChanged.remedy":
            "Starten Sie den Laptop neu. Kommt es wieder, benutzen Sie das Kit nicht und rufen Sie einen Techniker: versiegelte Pakete können immer noch auf einen Stick („loket queue export“).",
        "failure.store.tooManyTries.title": "Zu viele falsche Passwörter",
        "failure.store.tooManyTries.happened": "Der Sicherheitschip dieses Laptops nimmt gerade kein Passwort an.",
        "failure.store.tooManyTries.remedy":
            "Warten Sie einige Minuten und versuchen Sie es erneut; ein Neustart hilft nicht.",
        "failure.store.rolledBack.title": "Dies ist eine ältere Kopie des Kits",
        "failure.store.rolledBack.happened":
            "Die Daten auf dieser Platte sind älter als das, was dieses Kit schon getan hat: jemand hat eine alte Kopie zurückgespielt.",
        "failure.store.rolledBack.remedy":
            "Nehmen Sie mit diesem Kit keine Anträge auf. Rufen Sie einen Techniker; das Büro sieht in der Zentrale, was schon angekommen ist.",
        "failure.store.erased.title": "Die Schlüssel dieses Kits wurden vernichtet",
        "failure.store.erased.happened":
            "Jemand hat dieses Kit absichtlich gelöscht; was nicht versiegelt war, kann niemand mehr lesen.",
        "failure.store.erased.remedy":
            "Versiegelte Pakete, die noch da liegen, kommen mit „loket queue export --rescue“ auf einen Stick. Danach richtet ein Techniker das Kit neu ein.",
        "failure.central.chainForked.title": "Die Zentrale kennt ein anderes Kit dieses Namens",
        "failure.central.chainForked.happened":
            "Unter dieser Nummer hat die Zentrale schon ein anderes Paket dieses Kits: eine Kopie des Kits ist in Gebrauch, oder dies ist eine.",
        "failure.central.chainForked.remedy":
            "Das Paket bleibt erhalten und wird nicht gesendet. Benutzen Sie das Kit nicht weiter und rufen Sie den Techniker.",
        "failure.central.caseKnown.title": "Dieser Vorgang ist schon erledigt",
        "failure.central.caseKnown.happened":
            "Für diesen Vorgang gibt es schon ein Paket, auf diesem Kit oder in der Zentrale.",
        "failure.central.caseKnown.remedy":
            "Nichts geht zweimal. Das Büro vergleicht beide und entscheidet; dieses Paket bleibt erhalten.",

        // The technician's test
        "selfTestVerdict.passed": "gut",
        "selfTestVerdict.attention": "Achtung",
        "selfTestVerdict.failed": "FEHLER",
        "condition.memory.secretsOnly": "Nur Schlüssel, PINs und Passwörter bleiben aus dem Auslagerungsspeicher.",
        "conditionRemedy.memory.secretsOnly":
            "Der Benutzer des Kits muss unbegrenzt Speicher sperren dürfen: LimitMEMLOCK=infinity in systemd oder memlock unlimited in limits.conf.",
        "condition.coreFiles.on": "Nach einem Absturz kann Speicher dieses Programms auf die Platte gelangen.",
        "conditionRemedy.coreFiles.on":
            "Benutzen Sie dieses Kit nicht und melden Sie es: Das Programm ist nicht richtig gestartet.",
        "condition.swap.plain":
            "Der Auslagerungsspeicher liegt unverschlüsselt auf der Platte; dieses Programm bleibt ihm fern, andere nicht.",
        "conditionRemedy.swap.plain":
            "Schalten Sie den Auslagerungsspeicher aus (swapoff -a und /etc/fstab) oder verschlüsseln Sie ihn mit dm-crypt (/etc/crypttab).",
        "condition.swap.leaks":
            "Was von einer Person erfasst wurde, kann unverschlüsselt in den Auslagerungsspeicher auf der Platte gelangen.",
        "conditionRemedy.swap.leaks":
            "Schalten Sie den Auslagerungsspeicher aus oder verschlüsseln Sie ihn, und setzen Sie LimitMEMLOCK=infinity.",
        "condition.swap.unknown": "Ob der Auslagerungsspeicher verschlüsselt ist, ist nicht zu sehen.",
        "conditionRemedy.swap.unknown":
            "Sehen Sie mit swapon --show und lsblk nach, wo er liegt; sonst schalten Sie ihn aus.",
        "condition.hibernation.plain":
            "Im Ruhezustand wird der ganze Speicher, auch die Schlüssel, unverschlüsselt auf die Platte geschrieben.",
        "conditionRemedy.hibernation.plain":
            "Schalten Sie den Ruhezustand aus: Kernel mit nohibernate starten oder systemctl mask hibernate.target hybrid-sleep.target, und unverschlüsselten Auslagerungsspeicher abschalten.",
        "condition.folder.inMemory": "Der Datenordner liegt im Arbeitsspeicher: Ohne Strom ist alles weg.",
        "conditionRemedy.folder.inMemory":
            "Legen Sie den Ordner auf eine eigene Platte des Laptops (LOKET_HOME), mit ext4, xfs oder btrfs.",
        "condition.folder.remote":
            "Der Datenordner liegt auf einem anderen Rechner; der entscheidet selbst, wann er etwas speichert.",
        "conditionRemedy.folder.remote":
            "Legen Sie den Ordner auf eine eigene Platte des Laptops (LOKET_HOME), mit ext4, xfs oder btrfs.",
        "condition.folder.unsynchronised":
            "Das Dateisystem ist so eingehängt, dass Speichern nicht auf die Platte wartet.",
        "conditionRemedy.folder.unsynchronised":
            "Nehmen Sie nobarrier, barrier=0 oder volatile aus den Einhängeoptionen (/etc/fstab) und hängen Sie neu ein.",
        "condition.folder.tooQuick":
            "Speichern geht schneller, als eine Platte kann: Vielleicht kommt es nicht dort an.",
        "conditionRemedy.folder.tooQuick":
            "Prüfen Sie, ob die Platte einen Cache mit Notstrom hat; bei einer virtuellen Maschine: ob der Wirt wirklich schreibt.",
        "condition.folder.open": "Andere dürfen Dateien des Kits lesen oder ändern.",
        "conditionRemedy.folder.open": "Setzen Sie die Rechte zurück (chmod 600) und klären Sie, wer sie geändert hat.",
        "condition.folder.wasOpen": "Dateien des Kits waren für andere offen und wurden beim Öffnen geschlossen.",
        "conditionRemedy.folder.wasOpen":
            "Klären Sie, wer die Rechte geändert hat und ob jemand die Dateien gelesen hat.",
        "condition.folder.foreign":
            "Zwischen den Dateien des Kits liegt etwas, das jemand anderem gehört oder keine Datei ist.",
        "conditionRemedy.folder.foreign": "Benutzen Sie das Kit nicht; das Büro muss klären, wer Zugang hatte.",
        "condition.folder.unknown":
            "Ob dieses Dateisystem behält, was geschrieben ist, wenn der Strom wegfällt, ist nicht bekannt.",
        "conditionRemedy.folder.unknown":
            "Legen Sie den Ordner auf eine eigene Platte des Laptops (LOKET_HOME), mit ext4, xfs oder btrfs.",
        "condition.key.machineUnlimited": "Der Chip des Laptops begrenzt das Raten des Passworts nicht sicher.",
        "conditionRemedy.key.machineUnlimited":
            "Begrenzen Sie das Raten mit „loket key protect-chip“; bis dahin muss das Passwort allein dem Raten standhalten.",
        "condition.key.chipUnused":
            "Wer die Platte kopiert, kann das Passwort anderswo raten; der Chip dieses Laptops wird nicht benutzt.",
        "conditionRemedy.key.chipUnused":
            "Legen Sie den Schlüssel unter den Chip: loket key move --to machine, danach loket key rotate.",

        // Cards that open the kit
        "failure.store.cardRefused.title": "Diese Karte öffnet dieses Kit nicht",
        "failure.store.cardRefused.happened":
            "Der Sicherheitschip dieses Laptops kennt diese Karte nicht oder nicht mehr.",
        "failure.store.cardRefused.remedy":
            "Nehmen Sie die Karte eines Mitarbeiters, der dieses Kit öffnen darf, oder das Passwort des Kits; ein Techniker fügt Karten hinzu („loket key cards add“).",
        "failure.store.cardUnknownToChip.title": "Dieser Laptop kann diese Karte nicht prüfen",
        "failure.store.cardUnknownToChip.happened":
            "Der Sicherheitschip kann mit dem Schlüssel dieser Karte (P-384) nicht rechnen.",
        "failure.store.cardUnknownToChip.remedy":
            "Öffnen Sie das Kit mit dem Passwort und melden Sie sich dann mit der Karte an.",

        // The day's state once it is closed.
        "failure.input.dayToCome.title": "Dieser Tag kommt erst noch",
        "failure.input.dayToCome.happened":
            "Ein Tag kann erst abgeschlossen werden, wenn er nach der Uhr dieses Kits begonnen hat.",
        "failure.input.dayToCome.remedy":
            "Wählen Sie heute oder einen früheren Tag. Stimmt das Datum nicht, lassen Sie die Uhr prüfen.",

        // The stick on which packets travel.
        "failure.stick.absent.title": "Kein Stick dieses Kits",
        "failure.stick.absent.happened":
            "An dieser Stelle ist kein USB-Stick, oder es liegt nichts von diesem Kit darauf.",
        "failure.stick.absent.remedy":
            "Stecken Sie den richtigen Stick ein, warten Sie, bis der Laptop ihn zeigt, und geben Sie seinen Ordner an.",
        "failure.stick.full.title": "Der Stick ist voll",
        "failure.stick.full.happened": "Auf den USB-Stick passt nichts mehr. Was schon darauf war, ist unversehrt.",
        "failure.stick.full.remedy":
            "Nehmen Sie einen zweiten Stick für den Rest, oder machen Sie Platz und schreiben Sie erneut: es geht dort weiter, wo es aufhörte.",
        "failure.stick.gone.title": "Der Stick ist weg",
        "failure.stick.gone.happened":
            "Der USB-Stick wurde herausgezogen oder antwortet nicht mehr, während geschrieben oder gelesen wurde.",
        "failure.stick.gone.remedy":
            "Stecken Sie ihn wieder ein und schreiben Sie erneut: was schon unversehrt darauf ist, wird übersprungen. Ziehen Sie ihn erst heraus, wenn das Programm fertig ist.",
        "failure.stick.readOnly.title": "Der Stick ist schreibgeschützt",
        "failure.stick.readOnly.happened": "Dieses Programm darf nichts auf den USB-Stick schreiben.",
        "failure.stick.readOnly.remedy":
            "Stellen Sie den Schieber am Stick um, oder nehmen Sie einen anderen. Ein Techniker kann prüfen, wie er eingehängt ist.",
        "failure.stick.damaged.title": "Der Stick behält nicht, was darauf geschrieben wird",
        "failure.stick.damaged.happened":
            "Eine Datei liest sich vom USB-Stick anders zurück, als sie geschrieben wurde.",
        "failure.stick.damaged.remedy":
            "Benutzen Sie diesen Stick nicht mehr für Pakete: nehmen Sie einen anderen und schreiben Sie erneut.",
        "failure.stick.fileTooLarge.title": "Das Paket ist zu groß für diesen Stick",
        "failure.stick.fileTooLarge.happened": "Das Dateisystem des USB-Sticks nimmt keine Datei dieser Größe.",
        "failure.stick.fileTooLarge.remedy":
            "Nehmen Sie einen als exFAT oder ext4 formatierten Stick, oder senden Sie über das Netz.",
        "failure.stick.failing.title": "Der Stick funktioniert nicht richtig",
        "failure.stick.failing.happened": "Der USB-Stick gibt einen Fehler, den dieses Programm nicht kennt.",
        "failure.stick.failing.remedy": "Nehmen Sie einen anderen Stick. Kommt es wieder, melden Sie den Code unten.",

        // A row that is not as the kit wrote it.
        "failure.store.rowChanged.title": "Ein gespeicherter Eintrag wurde verändert",
        "failure.store.rowChanged.happened":
            "Was auf der Platte steht, ist nicht mehr, was dieses Kit schrieb: Jemand oder eine defekte Platte hat es verändert. Es wird nicht verwendet; alles andere bleibt erhalten und geht weiter.",
        "failure.store.rowChanged.remedy":
            "Geht es um einen Antrag: Brechen Sie ihn mit einem Grund ab und nehmen Sie ihn neu auf. Melden Sie den Code unten und lassen Sie einen Techniker „loket selftest“ ausführen.",
        "failure.store.keyMissing.title": "Der Schlüssel des Speichers fehlt",
        "failure.store.keyMissing.happened":
            "Die Datei store.key fehlt oder ist beschädigt; ohne sie öffnet sich der Speicher nicht.",
        "failure.store.keyMissing.remedy":
            "Richten Sie das Kit nicht neu ein. Legen Sie store.key zurück, wenn es eine Kopie gibt, oder bringen Sie das Kit ins Amt; versiegelte Pakete kommen mit „loket queue export --rescue“ auf einen Stick.",
        "failure.store.keyExists.title": "Dieses Kit ist schon eingerichtet",
        "failure.store.keyExists.happened":
            "In diesem Ordner liegt schon ein Schlüssel; er wird nie überschrieben, sonst könnte niemand die Vorgänge noch lesen.",
        "failure.store.keyExists.remedy":
            "Öffnen Sie das Kit, wie es ist. Soll es neu beginnen: erst „loket sync“, dann „loket erase“, und ein neuer Ordner.",
        "failure.store.otherStore.title": "Der Speicher gehört zu einem anderen Kit",
        "failure.store.otherStore.happened":
            "Die Dateien in diesem Ordner gehören nicht zusammen: eine ist von einem anderen Kit oder einem Übungskit. Daran wurde nichts geändert.",
        "failure.store.otherStore.remedy":
            "Prüfen Sie, ob der richtige Ordner gewählt ist (--home). Wurde etwas zurückgespielt oder vertauscht, bringen Sie das Kit ins Amt.",
        "failure.store.changed.title": "Das geht jetzt nicht",
        "failure.store.changed.happened":
            "Der Vorgang oder das Paket ist inzwischen weiter als dieser Schritt; nichts wurde geändert.",
        "failure.store.changed.remedy":
            "Öffnen Sie den Vorgang oder die Warteschlange neu, sehen Sie nach und beginnen Sie den Schritt noch einmal.",
        "failure.store.packetsWaiting.title": "Es warten noch Pakete",
        "failure.store.packetsWaiting.happened":
            "Noch ist nicht alles bei der Zentrale angekommen; nichts wurde gelöscht.",
        "failure.store.packetsWaiting.remedy":
            "Senden Sie sie zuerst mit „loket sync“, oder exportieren Sie sie auf einen Stick. Mit --keep-packets bleiben sie auf der Platte.",
        "failure.input.notFound.title": "Nicht gefunden",
        "failure.input.notFound.happened": "Kein Paket und kein Vorgang dieses Kits hat diese Nummer.",
        "failure.input.notFound.remedy": "Sehen Sie die Nummer in der Liste nach: loket queue list.",
        "failure.input.notConfirmed.title": "Nicht bestätigt",
        "failure.input.notConfirmed.happened": "Die Frage wurde nicht bejaht; es ist nichts geschehen.",
        "failure.input.notConfirmed.remedy":
            "Beginnen Sie neu und tippen Sie genau das Verlangte, wenn Sie es wirklich wollen.",
        "failure.input.notPossible.title": "Das passt nicht zu diesem Kit",
        "failure.input.notPossible.happened": "Das Verlangte geht im Zustand dieses Kits nicht; nichts wurde geändert.",
        "failure.input.notPossible.remedy":
            "Lesen Sie den Grund unten; loket kit status und loket key status zeigen den Zustand.",
        "failure.input.noSecret.title": "Kein Kennwort und keine PIN",
        "failure.input.noSecret.happened": "Es wurde nichts getippt, oder es gibt kein Terminal.",
        "failure.input.noSecret.remedy":
            "Starten Sie es in einem Terminal, oder geben Sie eine Datei an (--passphrase-file).",
        "failure.input.unwritableFile.title": "Die Datei kann nicht geschrieben werden",
        "failure.input.unwritableFile.happened": "An der verlangten Stelle kann dieses Programm nichts schreiben.",
        "failure.input.unwritableFile.remedy": "Wählen Sie einen Ordner, den es gibt und in den Sie schreiben dürfen.",
        // No memory
        "failure.store.memoryShort.title": "Der Arbeitsspeicher ist voll",
        "failure.store.memoryShort.happened":
            "Der Laptop gibt keinen Arbeitsspeicher mehr. Was Sie wollten, wurde nicht getan; alles Gespeicherte ist noch da.",
        "failure.store.memoryShort.remedy":
            "Schließen Sie andere Programme und versuchen Sie es erneut. Hilft das nicht, starten Sie den Laptop neu: Die Aufnahme geht dort weiter, wo sie war.",
        "kept.rest":
            "Was noch da ist, wurde nicht angetastet, und nichts wurde ersetzt. Versiegelte Pakete liegen im Ordner „packets“ des Kits.",
        "failure.store.storeMissing.title": "Die Datenbank des Kits ist weg",
        "failure.store.storeMissing.happened":
            "Dieses Kit hatte eine Datenbank (store.sqlite); sie fehlt oder ist leer. Offene Fälle und die Warteschlange standen darin.",
        "failure.store.storeMissing.remedy":
            "Nehmen Sie mit diesem Kit nichts mehr auf und verständigen Sie das Büro. Ein Techniker legt store.sqlite zurück, wo es noch vorhanden ist; versiegelte Pakete gelangen mit „loket queue export --rescue STICK“ zur Zentrale.",
        "failure.store.kitMissing.title": "Die eigenen Schlüssel des Kits sind weg",
        "failure.store.kitMissing.happened":
            "Die Datei kit.sealed fehlt neben dem Rest dieses Kits. Offene Fälle und versiegelte Pakete, die hier liegen, sind nicht gelöscht.",
        "failure.store.kitMissing.remedy":
            "Verständigen Sie das Büro. Mit dem Bündel desselben Kits und derselben Passphrase stellt „loket provision“ es wieder her; versiegelte Pakete gehen auch ohne, mit „loket queue export --rescue STICK“.",
    ]
}
