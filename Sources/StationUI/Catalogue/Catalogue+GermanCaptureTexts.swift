extension Catalogue {
    /// The screens on which a person's application is taken.
    static let germanCaptureTexts: [String: String] = [
        // Card.
        "ui.cardHeading": "Lesen Sie die aktuelle Karte",
        "ui.cardText":
            "Bitten Sie die Person um den Personalausweis. Drücken Sie Enter und stecken Sie die Karte in den Leser, mit dem Chip voran.",
        "ui.cardInsert": "Stecken Sie die Karte in den Leser",
        "ui.cardInsertText": "Chip voran, bis zum Anschlag.",
        "ui.cardReading": "Die Karte wird gelesen",
        "ui.cardReadingText": "Lassen Sie die Karte stecken. Datei {0} von {1}.",
        "ui.cardProgress": "Lesen",
        "ui.factPlanned": "Geplant",
        "ui.factOnCard": "Auf der Karte",
        "ui.factApplyingFor": "Antrag",
        "ui.noCardTitle": "Warum gibt es keine Karte?",
        "ui.noCardFirst": "Erste Karte: Es gab noch nie eine",
        "ui.noCardMissing": "Verloren, gestohlen oder zerstört",
        "ui.annexTitle": "Verlustbescheinigung",
        "ui.annexText": "Tippen Sie die Nummer der Bescheinigung (Anlage 12).",
        "ui.annexNumberEmpty": "Tippen Sie zuerst die Nummer.",

        // Person.
        "ui.personHeading": "Ist das die Person vor Ihnen?",
        "ui.personText": "Vergleichen Sie das Gesicht mit dem Foto der Karte und den Namen mit der Planung.",
        "ui.factName": "Name",
        "ui.factBorn": "Geboren",
        "ui.factNationalNumber": "Nationalregister",
        "ui.factNationality": "Nationalität",
        "ui.factCardNumber": "Kartennummer",
        "ui.factValidUntil": "Gültig bis",
        "ui.factAddress": "Adresse",
        "ui.absenceFirst": "Es gibt noch keine Karte: Prüfen Sie auf andere Weise, wer die Person ist.",
        "ui.absenceMissing": "Die Karte ist verloren, gestohlen oder zerstört: Bescheinigung {0}.",
        "ui.warningOtherPerson": "Diese Karte gehört einer anderen Person als geplant.",
        "ui.warningNationalNumber": "Nationalregisternummer: {0}.",
        "ui.warningCardNumber": "Kartennummer: {0}.",
        "ui.warningExpired": "Die Karte ist abgelaufen.",
        "ui.warningUnknownDocument": "Diese Art von Karte kennt das Programm nicht.",
        "ui.warningKindAge": "Die beantragte Karte passt nicht zum Alter.",

        // Photo.
        "ui.photoHeading": "Nehmen Sie das Passfoto auf",
        "ui.photoText":
            "Setzen Sie die Person gerade vor einen hellen, einfarbigen Hintergrund, mit Licht von vorn. Drücken Sie Enter, um die Kamera zu starten.",
        "ui.photoLive": "Gerade in die Kamera schauen",
        "ui.photoLiveText":
            "Kopf in der Mitte, Augen offen, Mund zu, Brille ohne Spiegelung. Drücken Sie Enter, um das Foto aufzunehmen.",
        "ui.photoReview": "Ist das Foto gut?",
        "ui.photoReviewText":
            "Scharf, Gesicht gerade, Augen offen, kein Schatten. Enter behält es, F4 nimmt ein neues auf.",

        // Fingers.
        "ui.fingerHeading": "Nächster Finger: {0}",
        "ui.fingerText":
            "Wischen Sie Glas und Finger ab. Drücken Sie Enter und lassen Sie dann den Finger auf das Glas legen.",
        "ui.fingerPlace": "Auf das Glas legen: {0}",
        "ui.fingerReading": "Still halten, der Finger wird gelesen",
        "ui.fingerLift": "Finger vom Glas nehmen",
        "ui.fingerAttempt": "Versuch {0} von {1}",
        "ui.fingerFirstText":
            "Fehlt ein Finger oder ist einer verbunden: F3. Wischen Sie Glas und Finger ab, drücken Sie Enter und lassen Sie dann den Finger auf das Glas legen.",
        "ui.fingerGood": "{0}: gut",
        "ui.fingerGoodText":
            "Prüfen Sie, ob die Linien deutlich sind und in der Mitte liegen. Enter behält den Abdruck.",
        "ui.fingerAgain": "{0}: noch nicht gut genug",
        "ui.fingerAgainText": "Enter nimmt den Finger neu auf. Der beste Abdruck bleibt erhalten.",
        "ui.fingerBest": "{0}: das ist der beste",
        "ui.fingerBestText":
            "Kein Versuch war gut genug. Enter behält den besten und fragt nötigenfalls nach einem anderen Finger.",
        "ui.fingerDoubt": "{0}: Stimmt das?",
        "ui.fingerDoubtText":
            "Vergleichen Sie die beiden Abdrücke und sehen Sie nach, welcher Finger auf dem Glas lag.",
        "ui.fingerScore": "Qualität",
        "ui.fingerScoreWanted": "Qualität (mindestens {0})",
        "ui.fingerWeakest": "Am schwächsten: {0}",
        "ui.fingerHeld": "{0}, bester der Hand gesucht",
        "ui.fingerEarlier": "{0}, Versuch {1}",
        "ui.warningLikeOther": "{0} und {1} ähneln einander",
        "ui.warningUnlikeEarlier": "{0}: ähnelt dem vorigen Versuch nicht",
        "ui.acceptTitle": "Warum trotzdem behalten?",
        "ui.rejectTitle": "Warum neu aufnehmen?",
        "ui.wrongFingerTitle": "Welcher Finger war der falsche?",
        "ui.wrongFingerText": "Er wird neu verlangt. War keiner von beiden falsch, wählen Sie F7.",
        "ui.fingersNone": "Es ist kein Finger mehr aufzunehmen",
        "ui.fingersNoneText":
            "Drücken Sie F5, um anzugeben, dass kein Finger möglich ist, oder F6, um doch einen zu versuchen.",
        "ui.fingerQuality": "Qualität {0}/100",
        "ui.fingerKept": "aufgenommen",
        "ui.fingerExceptionTitle": "Warum geht dieser Finger nicht?",
        "ui.unmarkTitle": "Welchen Finger doch versuchen?",
        "ui.noFingersTitle": "Kein einziger Finger möglich?",
        "ui.noFingersText":
            "Vorübergehend: Die Karte ist 12 Monate gültig; im Zweifel gehört ein ärztliches Attest dazu, das jünger als ein Monat ist. Dauerhaft: Die Person ist befreit.",
        "ui.noFingersObvious": "Vorübergehend, ohne Zweifel",
        "ui.noFingersTemporary": "Vorübergehend, mit ärztlichem Attest",
        "ui.noFingersPermanent": "Dauerhaft: befreit",
        "ui.attestTitle": "Ärztliches Attest",
        "ui.attestText": "Tippen Sie das Datum des Attests: Tag-Monat-Jahr, zum Beispiel 3-11-2026.",
        "ui.dateNotUnderstood": "Das ist kein Datum. Tippen Sie es als Tag-Monat-Jahr.",

        // Signature.
        "ui.signatureHeading": "Lassen Sie unterschreiben",
        "ui.signatureText":
            "Legen Sie das Unterschriftenpad vor die Person. Drücken Sie Enter und reichen Sie den Stift.",
        "ui.signatureLive": "Die Person unterschreibt auf dem Pad",
        "ui.signatureLiveText": "Sobald der Stift kurz ruht, ist es fertig. Enter schließt sofort ab.",
        "ui.signatureReview": "Ist die Unterschrift gut?",
        "ui.signatureReviewText": "Enter behält sie, F4 lässt neu unterschreiben.",
        "ui.exemptTitle": "Von der Unterschrift befreit",
        "ui.exemptText": "Die Karte wird ohne Unterschrift hergestellt. Warum?",

        // Choices.
        "ui.choicesHeading": "Was wählt die Person?",
        "ui.choicesText": "↑ und ↓ wählen die Zeile, ← und → ändern sie. Enter bestätigt alles.",
        "ui.choiceCertificates": "Zertifikate",
        "ui.choiceProcedure": "Verfahren",
        "ui.choiceLanguage": "Kartensprache",

        // Review and the end.
        "ui.reviewHeading": "Prüfen Sie alles",
        "ui.reviewText": "Was versiegelt ist, kann auf diesem Laptop nicht mehr gelesen oder geändert werden.",
        "ui.sealingHeading": "Wird versiegelt",
        "ui.sealingText": "Lassen Sie den Laptop offen.",
        "ui.summaryMissing": "fehlt",
        "ui.summaryNoCard": "keine Karte",
        "ui.summarySigned": "unterschrieben",
        "ui.summaryExempt": "befreit: {0}",
        "ui.summaryNoFingersChild": "nicht nötig: Kind unter 12",
        "ui.summaryNoFingersEver": "befreit",
        "ui.summaryNoFingersNow": "vorübergehend unmöglich, Attest vom {0}",
        "ui.storedHeading": "Sicher gespeichert",
        "ui.storedText":
            "Der Antrag von {0} ist vollständig und versiegelt. Er liegt auf der Platte dieses Kits und geht nicht verloren, auch nicht bei Stromausfall.",
        "ui.storedNext": "Danach",
        "ui.storedNextText":
            "Das Kit sendet ihn, sobald es Netz gibt, und behält ihn, bis die Zentrale eine Empfangsbestätigung gegeben hat.",
        "ui.stoppedHeading": "Eingestellt",
        "ui.stoppedText": "Es wird nichts gesendet. Was aufgenommen war, ist von diesem Kit gelöscht.",
        "ui.nextPerson": "Als Nächstes: {0}",
        "ui.stepSpoken": "Schritt {0} von {1}: {2}",
        "ui.stopTitle": "Diesen Antrag einstellen?",
        "ui.stopText":
            "Alles, was für diese Person aufgenommen ist, wird gelöscht. Mit Esc und dann Pause bleibt es erhalten.",
        "ui.stopNo": "Nein, weitermachen",
        "ui.quitTitle": "Beenden?",
        "ui.quitText": "Was begonnen ist, bleibt erhalten. Was in der Warteschlange steht, wird später gesendet.",
        "ui.quitNo": "Nein, bleiben",
        "ui.quitYes": "Ja, beenden",

        // Saving.
        "ui.savingHeading": "Wird gespeichert",
        "ui.savingText": "Verschlüsselt, auf der Platte dieses Kits.",
        "ui.unsavedHeading": "Noch nicht gespeichert",
        "ui.unsavedText":
            "Das eben Aufgenommene ist nur noch im Arbeitsspeicher. Schließen Sie den Laptop nicht. Drücken Sie Enter, um erneut zu speichern.",

        // Pictures.
        "ui.pictureCard": "Foto der Karte",
        "ui.picturePortrait": "Neues Foto",
        "ui.picturePhoto": "Foto",
        "ui.picturePreview": "Kamera",
        "ui.pictureFinger": "Fingerabdruck",
        "ui.handLeft": "Links",
        "ui.handRight": "Rechts",
        "ui.pictureSignature": "Unterschrift",
        "ui.pictureNone": "(noch kein Bild)",
        "ui.pictureWords": "{0}, {1} mal {2} Bildpunkte",
        "ui.pictureInk": "Unterschrift aus {0} Strichen",
    ]
}
