extension Catalogue {
    /// What can fail at a device: a title, what happened, and what to do. `{0}` is the device.
    static let germanDeviceFailures: [String: String] = [
        "failure.device.absent.title": "{0} fehlt",
        "failure.device.absent.happened": "{0} ist nicht angeschlossen, oder der Laptop sieht das Gerät nicht.",
        "failure.device.absent.remedy":
            "{0} braucht ein USB-Kabel: Stecken Sie es ein und versuchen Sie es erneut. Hilft das nicht, nehmen Sie einen anderen Anschluss.",
        "failure.device.unplugged.title": "{0} hat sich gelöst",
        "failure.device.unplugged.happened": "{0} war plötzlich weg, während das Gerät arbeitete.",
        "failure.device.unplugged.remedy":
            "{0} braucht ein USB-Kabel: Stecken Sie es wieder ein und beginnen Sie diese Aufnahme von vorn.",
        "failure.device.ambiguous.title": "Mehr als ein Gerät: {0}",
        "failure.device.ambiguous.happened":
            "Mehr als ein angeschlossenes Gerät kann {0} sein, und nichts sagt, welches es ist.",
        "failure.device.ambiguous.remedy":
            "Lassen Sie eines stecken und ziehen Sie das andere ab. Ein Techniker kann mit --serial eines auswählen.",
        "failure.device.busy.title": "{0} wird schon benutzt",
        "failure.device.busy.happened": "{0} wird von einem anderen Programm benutzt.",
        "failure.device.busy.remedy": "Schließen Sie das andere Programm und versuchen Sie es erneut.",
        "failure.device.permissionDenied.title": "Kein Zugriff: {0}",
        "failure.device.permissionDenied.happened": "{0} darf auf diesem Laptop vom Programm nicht benutzt werden.",
        "failure.device.permissionDenied.remedy":
            "Ein Techniker muss die Rechte wiederherstellen: loket selftest sagt, was fehlt.",
        "failure.device.timedOut.title": "{0} antwortet nicht",
        "failure.device.timedOut.happened": "{0} hat nicht rechtzeitig geantwortet.",
        "failure.device.timedOut.remedy":
            "Versuchen Sie es erneut. Antwortet das Gerät wieder nicht, ziehen Sie das USB-Kabel ab, warten Sie kurz und stecken Sie es wieder ein.",
        "failure.device.cancelled.title": "Abgebrochen",
        "failure.device.cancelled.happened": "{0} wurde bei der Aufnahme unterbrochen.",
        "failure.device.cancelled.remedy": "Beginnen Sie die Aufnahme von vorn, wenn Sie möchten.",
        "failure.device.protocolViolation.title": "{0} antwortet falsch",
        "failure.device.protocolViolation.happened": "{0} gab eine Antwort, die nicht stimmt.",
        "failure.device.protocolViolation.remedy":
            "Ziehen Sie das USB-Kabel ab, stecken Sie es wieder ein und versuchen Sie es erneut. Kommt es wieder vor, melden Sie den Code unten.",
        "failure.device.serviceDown.title": "Der Dienst steht still: {0}",
        "failure.device.serviceDown.happened": "{0} braucht einen Dienst dieses Laptops, der nicht läuft.",
        "failure.device.serviceDown.remedy": "Starten Sie den Laptop neu. Was gespeichert ist, bleibt erhalten.",
        "failure.device.unreadable.title": "Unlesbare Antwort: {0}",
        "failure.device.unreadable.happened": "{0} hat etwas geliefert, das nicht gelesen werden kann.",
        "failure.device.unreadable.remedy": "Versuchen Sie es erneut. Kommt es wieder vor, melden Sie den Code unten.",

        "failure.scanner.busy.remedy":
            "Meist ist das fprintd, die Anmeldung mit Fingerabdruck. Schließen Sie das andere Programm, oder lassen Sie einen Techniker „systemctl mask --now fprintd“ ausführen, und versuchen Sie es erneut.",
        "failure.scanner.permissionDenied.remedy":
            "Die udev-Regel des Kits fehlt. Ein Techniker führt „loket devices udev | sudo tee /etc/udev/rules.d/60-draagbaar-loket.rules“ aus; stecken Sie danach den Scanner neu ein.",
        "failure.scanner.unreadable.remedy": "Wischen Sie das Glas ab und nehmen Sie den Finger neu auf.",
        "failure.cardReader.timedOut.remedy":
            "Ziehen Sie die Karte heraus, wischen Sie den Chip ab und stecken Sie sie erneut ein.",
        "failure.cardReader.unreadable.remedy":
            "Wischen Sie den Chip der Karte ab und lesen Sie erneut. Gelingt es weiterhin nicht, ist die Karte beschädigt: Drücken Sie F3 im Schritt Karte.",
        "failure.cardReader.serviceDown.remedy":
            "Der Dienst heißt pcscd. Starten Sie den Laptop neu; was gespeichert ist, bleibt erhalten.",
        "failure.camera.busy.remedy":
            "Schließen Sie jedes andere Programm, das die Kamera benutzt, etwa für Videoanrufe, und versuchen Sie es erneut.",
    ]
}
