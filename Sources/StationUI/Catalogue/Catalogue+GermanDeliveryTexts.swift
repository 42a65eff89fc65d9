extension Catalogue {
    /// The screens on which a card is handed over.
    static let germanDeliveryTexts: [String: String] = [
        // What a card is worth.
        "ui.factAuthenticity": "Echtheit",
        "ui.checkRunning": "wird geprüft",
        "ui.checkNone": "nicht geprüft",
        "ui.warningOtherName": "Der Name auf der Karte ist anders geschrieben als in der Planung.",
        "ui.reasonForged": "Karte nicht echt. Drücken Sie F4 und machen Sie damit nicht weiter.",

        // Delivery.
        "ui.deliveryTitle": "Aushändigung — {0}",
        "ui.deliveryOf": "{0} aushändigen",
        "ui.caseDelivery": "auszugeben",
        "ui.newCardHeading": "Lesen Sie die neue Karte",
        "ui.newCardText":
            "Nehmen Sie die Karte, die für diese Person bereitliegt. Drücken Sie Enter und stecken Sie sie ein.",
        "ui.factExpected": "Erwartet",
        "ui.factRefused": "Weggelegt",
        "ui.factValid": "Gültig",
        "ui.factSigner": "Unterschreibt",
        "ui.handoverPerson": "Ist das die Person auf der Karte?",
        "ui.handoverPersonText":
            "Vergleichen Sie das Gesicht mit dem Foto der Karte. F3 nimmt ein Bild auf, um beide nebeneinander zu sehen.",
        "ui.cardWorking": "Die Karte arbeitet",
        "ui.cardWorkingText": "Lassen Sie die Karte stecken. Eine PIN am Lesegerät gibt die Person selbst ein.",
        "ui.pinHeading": "Die PIN",
        "ui.pinAskText":
            "Drücken Sie Enter: Die Karte sagt zuerst, wie viele Versuche bleiben, ohne einen zu verbrauchen.",
        "ui.pinText": "Enter: Die Person wählt am gedrehten Bildschirm eine eigene PIN. F5: Die aus dem Brief bleibt.",
        "ui.pinWrong": "Die PIN war falsch.",
        "ui.pinCancelled": "Am Lesegerät abgebrochen; nichts wurde geändert.",
        "ui.pinTimedOut": "Die Eingabe dauerte zu lange; nichts wurde geändert.",
        "ui.pinNoKey": "Die Karte hat dafür keinen Schlüssel.",
        "ui.pinOtherCard": "Im Lesegerät steckt eine andere Karte. Stecken Sie die neue wieder ein.",
        "ui.pinChangeUnknown": "Niemand weiß, ob die PIN schon geändert ist. Versuchen Sie zuerst die neue.",
        "ui.trialHeading": "Probe: {0}",
        "ui.trialText":
            "Drücken Sie Enter: Die Person gibt am gedrehten Bildschirm die PIN ein, und die Karte signiert eine Probe.",
        "ui.certificateNotProven": "Probe {0}: {1}.",
        "ui.replacedHeading": "Ziehen Sie das alte Dokument ein",
        "ui.replacedText": "Vergleichen Sie die Nummer. Enter: wie erwartet eingezogen.",
        "ui.replacedNothing": "nichts einzuziehen",
        "ui.replacedCardText": "Karte {0}",
        "ui.replacedAnnexText": "Anlage 12, Nr. {0}",
        "ui.replacedNumberTitle": "Nummer des Dokuments",
        "ui.replacedCardAsk": "Geben Sie die Nummer der eingezogenen Karte ein.",
        "ui.receiptHeading": "Lassen Sie den Empfang unterschreiben",
        "ui.receiptText":
            "Legen Sie das Pad vor die unterschreibende Person. Drücken Sie Enter und geben Sie den Stift. F6 ändert, wer unterschreibt.",
        "ui.reviewDeliveryText":
            "Nach F9 ist die Karte ausgehändigt. Was versiegelt ist, kann auf diesem Laptop nicht mehr gelesen werden.",
        "ui.deliveredHeading": "Karte ausgehändigt",
        "ui.deliveredText":
            "Die Aushändigung an {0} ist vollständig und versiegelt. Sie liegt sicher auf der Platte dieses Koffers.",
        "ui.stoppedToldText":
            "Was schon geschehen ist, wird der Zentrale gemeldet: Es liegt versiegelt in der Warteschlange.",
        "ui.summaryFace": "mit dem Foto verglichen",
        "ui.summaryChildAbsent": "Kind nicht anwesend",
        "ui.summaryPINChanged": "eigene PIN gewählt",
        "ui.summaryPINKept": "die aus dem Brief bleibt",
        "ui.summaryPINNone": "nicht für kleine Kinder",
        "ui.stopDeliveryTitle": "Diese Aushändigung beenden?",
        "ui.stopDeliveryText": "Die Karte geht zurück ins Büro. Mit Esc und dann Pause bleibt alles erhalten.",
        "ui.consentTitle": "Trotzdem weitermachen?",
        "ui.consentText": "Sie haben die Hinweise zu dieser Karte gesehen, und dies ist die Person auf dem Foto.",
        "ui.consentYes": "Ja, gesehen und richtig",
        "ui.childAbsentTitle": "Das Kind ist nicht dabei?",
        "ui.refuseCardTitle": "Warum nicht diese Karte?",
        "ui.refuseCardText": "Die Karte wird weggelegt. Danach kann eine andere gelesen werden.",
        "ui.refuseFace": "Das ist nicht die Person auf dem Foto",
        "ui.refuseOther": "Die falsche Karte genommen",
        "ui.leavePINTitle": "Warum keine PIN?",
        "ui.leaveTrialTitle": "Warum keine Probe?",
        "ui.otherDocumentTitle": "Was wird eingezogen?",
        "ui.otherDocumentCard": "Eine Karte mit anderer Nummer",
        "ui.otherDocumentAnnex": "Eine Verlustbescheinigung (Anlage 12)",
        "ui.notThereTitle": "Warum kann nichts eingezogen werden?",
        "ui.deviationTitle": "Die Nummer ist eine andere",
        "ui.deviationText": "Das ist nicht die vom Büro erwartete Nummer. Warum wird es trotzdem eingezogen?",
        "ui.exemptReceiptText": "Der Empfang wird ohne Unterschrift festgehalten. Warum?",
        "ui.signerTitle": "Wer unterschreibt den Empfang?",
        "ui.signerCitizen": "die Person selbst",
        "ui.helpDelivery":
            "Die neue Karte wird mit dem verglichen, was das Büro erwartet, und mit der Person. Eine Karte, die nicht stimmt, wird nicht ausgehändigt. Die PIN gibt die Person selbst ein, am gedrehten Bildschirm oder am Lesegerät; Sie sehen sie nicht.",
        "ui.reasonCardNotExpected": "Diese Karte darf nicht ausgehändigt werden: Drücken Sie F4 oder F8.",
        "ui.reasonPINBlocked": "Die PIN ist gesperrt: Drücken Sie F7.",
        "ui.keyLivePhoto": "Bild daneben",
        "ui.keyRefuseCard": "Nicht diese Karte",
        "ui.keyChildAbsent": "Kind fehlt",
        "ui.keyAskPIN": "Karte fragen",
        "ui.keyNoPIN": "Keine PIN",
        "ui.keyChangePIN": "Eigene PIN",
        "ui.keyKeepPIN": "Wie im Brief",
        "ui.keyTryCertificate": "Probe signieren",
        "ui.keyNoTrial": "Keine Probe",
        "ui.keyPINAgain": "PIN nochmals",
        "ui.keyTakeIn": "Eingezogen",
        "ui.keyOtherNumber": "Andere Nummer",
        "ui.keyNotThere": "Nicht vorhanden",
        "ui.keySigner": "Wer unterschreibt",
        "ui.turnedOldPIN": "Geben Sie die PIN aus Ihrem Brief ein.",
        "ui.turnedNewPIN": "Wählen Sie eine neue PIN: 4 bis 12 Ziffern.",
        "ui.turnedNewAgain": "Geben Sie die neue PIN noch einmal ein.",
        "ui.turnedPIN": "Geben Sie Ihre PIN ein.",
        "ui.turnedText": "Was Sie eingeben, wird nicht angezeigt. Drücken Sie dann Enter.",
        "ui.turnedWrongLength": "Eine PIN hat 4 bis 12 Ziffern; kein Versuch ist verbraucht.",
        "ui.turnedDiffer": "Die beiden neuen PINs waren nicht gleich. Wählen Sie erneut.",
        "ui.keyTurnedNext": "Weiter",

        // Delivery.
        "ui.consentNo": "Nein, nochmals ansehen",

        // What a card is worth.
        "ui.warningOutgrown": "Das ist eine Kinderkarte einer Person ab 12 Jahren.",
        "ui.warningOddFields": "Ein Feld der Karte fehlt oder hat eine ungewöhnliche Form.",

        // Documents.
        "ui.factDocument": "Kartenart",

        // Delivery.
        "ui.reasonNotOnCard": "Die Karte hat dieses Zertifikat nicht: Drücken Sie F7.",
    ]
}
