extension Catalogue {
    /// What can fail at a device: a title, what happened, and what to do. `{0}` is the device.
    static let dutchDeviceFailures: [String: String] = [
        "failure.device.absent.title": "{0} ontbreekt",
        "failure.device.absent.happened": "{0} is niet aangesloten, of de laptop ziet het toestel niet.",
        "failure.device.absent.remedy":
            "Steek de USB-kabel van {0} in en probeer opnieuw. Helpt dat niet, neem dan een andere poort.",
        "failure.device.unplugged.title": "{0} is losgekomen",
        "failure.device.unplugged.happened": "{0} viel weg terwijl het toestel bezig was.",
        "failure.device.unplugged.remedy": "Steek de USB-kabel van {0} opnieuw in en begin deze opname opnieuw.",
        "failure.device.ambiguous.title": "Meer dan één: {0}",
        "failure.device.ambiguous.happened":
            "Er is meer dan één toestel aangesloten als {0}, en niets zegt welk het is.",
        "failure.device.ambiguous.remedy":
            "Laat er één zitten en trek de andere uit. Een technicus kan er een kiezen met --serial.",
        "failure.device.busy.title": "{0} is in gebruik",
        "failure.device.busy.happened": "Een ander programma houdt {0} vast.",
        "failure.device.busy.remedy": "Sluit het andere programma en probeer opnieuw.",
        "failure.device.permissionDenied.title": "Geen toegang tot {0}",
        "failure.device.permissionDenied.happened": "Het programma mag {0} niet gebruiken op deze laptop.",
        "failure.device.permissionDenied.remedy":
            "Een technicus moet de rechten herstellen: loket selftest zegt wat er ontbreekt.",
        "failure.device.timedOut.title": "{0} antwoordt niet",
        "failure.device.timedOut.happened": "{0} gaf geen antwoord binnen de tijd.",
        "failure.device.timedOut.remedy":
            "Probeer opnieuw. Antwoordt het weer niet: trek de USB-kabel uit, wacht even en steek hem weer in.",
        "failure.device.cancelled.title": "Onderbroken",
        "failure.device.cancelled.happened": "De opname met {0} is onderbroken.",
        "failure.device.cancelled.remedy": "Begin de opname opnieuw wanneer u wilt.",
        "failure.device.protocolViolation.title": "{0} antwoordt fout",
        "failure.device.protocolViolation.happened": "{0} gaf een antwoord dat niet klopt.",
        "failure.device.protocolViolation.remedy":
            "Trek de USB-kabel uit, steek hem weer in en probeer opnieuw. Komt het terug, meld dan de code hieronder.",
        "failure.device.serviceDown.title": "De dienst voor {0} ligt stil",
        "failure.device.serviceDown.happened": "Een dienst van deze laptop die {0} nodig heeft, werkt niet.",
        "failure.device.serviceDown.remedy": "Herstart de laptop. Wat opgeslagen is, blijft bewaard.",
        "failure.device.unreadable.title": "Onleesbaar antwoord van {0}",
        "failure.device.unreadable.happened": "Wat {0} gaf, kan niet gelezen worden.",
        "failure.device.unreadable.remedy": "Probeer opnieuw. Komt het terug, meld dan de code hieronder.",

        "failure.scanner.busy.remedy":
            "Meestal is dat fprintd, de aanmelding met vingerafdruk. Sluit het andere programma, of laat een technicus „systemctl mask --now fprintd” geven, en probeer opnieuw.",
        "failure.scanner.permissionDenied.remedy":
            "De udev-regel van de kit ontbreekt. Een technicus geeft „loket devices udev | sudo tee /etc/udev/rules.d/60-draagbaar-loket.rules”; steek daarna de scanner opnieuw in.",
        "failure.scanner.unreadable.remedy": "Veeg het glas schoon en neem de vinger opnieuw.",
        "failure.cardReader.timedOut.remedy": "Neem de kaart uit, veeg de chip schoon en steek ze er opnieuw in.",
        "failure.cardReader.unreadable.remedy":
            "Veeg de chip van de kaart schoon en lees opnieuw. Blijft het mislukken, dan is de kaart beschadigd: druk F3 in de stap Kaart.",
        "failure.cardReader.serviceDown.remedy":
            "De dienst heet pcscd. Herstart de laptop; wat opgeslagen is, blijft bewaard.",
        "failure.camera.busy.remedy":
            "Sluit elk ander programma dat de camera gebruikt, zoals videobellen, en probeer opnieuw.",
    ]
}
