extension Catalogue {
    /// What can fail beside the devices: a title, what happened, and what to do.
    static let dutchFailures: [String: String] = [
        "kept.nothingToKeep": "Er was nog niets genomen.",
        "kept.draft": "Alles wat voor deze persoon al genomen was, staat versleuteld op de schijf.",
        "kept.packet": "Wat verzegeld is, blijft veilig op de schijf.",

        "failure.store.diskFull.title": "De schijf is vol",
        "failure.store.diskFull.happened": "Er is geen plaats meer om iets op te slaan.",
        "failure.store.diskFull.remedy":
            "Verzend de wachtrij: wat ontvangen is, wordt hier gewist en maakt plaats. Probeer daarna opnieuw.",
        "failure.store.unreadable.title": "De opslag is niet leesbaar",
        "failure.store.unreadable.happened": "Iets op de schijf van deze kit kan niet gelezen worden.",
        "failure.store.unreadable.remedy": "Neem met deze kit niets meer op en breng hem naar het kantoor.",
        "failure.store.unwritable.title": "Opslaan lukt niet",
        "failure.store.unwritable.happened": "De schijf van deze kit neemt niets meer aan.",
        "failure.store.unwritable.remedy":
            "Probeer opnieuw op te slaan. Lukt het niet, sluit de laptop dan niet en bel het kantoor.",
        "failure.store.wrongPassphrase.title": "Verkeerd wachtwoord",
        "failure.store.wrongPassphrase.happened": "Met dit wachtwoord gaat de opslag niet open.",
        "failure.store.wrongPassphrase.remedy": "Typ het wachtwoord opnieuw; let op hoofdletters.",
        "failure.store.unsafeSetting.title": "De opslag is niet veilig ingesteld",
        "failure.store.unsafeSetting.happened":
            "Een instelling die verlies bij stroomuitval voorkomt, staat niet aan. Het programma begint dan niet.",
        "failure.store.unsafeSetting.remedy": "Een technicus moet de kit nakijken: loket selftest.",
        "failure.store.newerSchema.title": "De opslag is van een nieuwere versie",
        "failure.store.newerSchema.happened": "Een nieuwere versie van dit programma heeft de opslag gebruikt.",
        "failure.store.newerSchema.remedy": "Start de nieuwste versie van loket. Deze versie raakt niets aan.",
        "failure.store.packetDamaged.title": "Een pakket is beschadigd",
        "failure.store.packetDamaged.happened":
            "De bytes van een pakket op schijf zijn niet meer die van het verzegelen.",
        "failure.store.packetDamaged.remedy":
            "Wis niets en meld het aan het kantoor: de persoon moet misschien opnieuw geholpen worden.",
        "failure.store.inUse.title": "Loket loopt al",
        "failure.store.inUse.happened": "Een ander venster van dit programma gebruikt de opslag van deze kit.",
        "failure.store.inUse.remedy": "Ga naar het andere venster, of sluit het en start opnieuw.",

        "failure.central.unreachable.title": "Centrale niet bereikbaar",
        "failure.central.unreachable.happened": "Er is geen netwerk, of de centrale antwoordt niet.",
        "failure.central.unreachable.remedy":
            "Werk gewoon verder. De kit probeert het later opnieuw, of u drukt F3 als er netwerk is.",
        "failure.central.wrongCertificate.title": "Dit is niet de centrale",
        "failure.central.wrongCertificate.happened":
            "Wat antwoordde, kon niet bewijzen dat het de centrale is. Er is niets verzonden.",
        "failure.central.wrongCertificate.remedy":
            "Gebruik een ander netwerk. Een gastnetwerk met een aanmeldpagina geeft dit ook.",
        "failure.central.kitRefused.title": "De kit is geweigerd",
        "failure.central.kitRefused.happened": "De centrale aanvaardt deze kit niet (meer).",
        "failure.central.kitRefused.remedy": "Neem contact op met het kantoor: de kit moet opnieuw ingesteld worden.",
        "failure.central.trainingRefused.title": "Oefenwerk is geweigerd",
        "failure.central.trainingRefused.happened": "De centrale neemt geen oefenpakketten aan als echte aanvragen.",
        "failure.central.trainingRefused.remedy": "Er is niets te doen: oefenwerk hoort niet in de echte centrale.",
        "failure.central.receiptForged.title": "Ontvangstbewijs klopt niet",
        "failure.central.receiptForged.happened":
            "Het ontvangstbewijs is niet van de centrale, of niet van dit pakket. Het telt niet.",
        "failure.central.receiptForged.remedy": "Het pakket blijft in de wachtrij. Meld dit aan het kantoor.",
        "failure.central.conflict.title": "Tegenspraak met de centrale",
        "failure.central.conflict.happened": "De centrale heeft onder deze naam een ander pakket.",
        "failure.central.conflict.remedy": "Het pakket blijft hier. Het kantoor moet beide vergelijken.",
        "failure.central.refused.title": "Pakket geweigerd",
        "failure.central.refused.happened": "De centrale heeft het pakket nagekeken en weigert het.",
        "failure.central.refused.remedy":
            "Het pakket blijft hier. Het kantoor ziet de reden en zegt of de persoon opnieuw geholpen moet worden.",
        "failure.central.unexpectedAnswer.title": "Vreemd antwoord",
        "failure.central.unexpectedAnswer.happened": "De centrale gaf een antwoord dat dit programma niet kent.",
        "failure.central.unexpectedAnswer.remedy": "Probeer later opnieuw. Komt het terug, meld dan de code hieronder.",

        "failure.input.unreadableFile.title": "Bestand niet leesbaar",
        "failure.input.unreadableFile.happened": "Het bestand bestaat niet of kan niet gelezen worden.",
        "failure.input.unreadableFile.remedy": "Kijk de naam en de plaats van het bestand na.",
        "failure.input.invalidScript.title": "Script niet geldig",
        "failure.input.invalidScript.happened": "Het script bevat iets dat het programma niet begrijpt.",
        "failure.input.invalidScript.remedy": "Verbeter het script op de plaats die bij de code staat.",
        "failure.input.unknownVisit.title": "Bezoek niet gekend",
        "failure.input.unknownVisit.happened": "Dit bezoek of dossier staat niet op deze kit.",
        "failure.input.unknownVisit.remedy": "Voer de lijst van het kantoor opnieuw in: loket visits import.",
        "failure.input.missingConfiguration.title": "Kit niet ingesteld",
        "failure.input.missingConfiguration.happened": "Deze kit mist een instelling die nodig is.",
        "failure.input.missingConfiguration.remedy": "Stel de kit in met: loket provision.",
        "failure.input.unfitTarget.title": "Niet te meten",
        "failure.input.unfitTarget.happened": "In de opname staan geen gelijkmatige lijnen op de opgegeven afstand.",
        "failure.input.unfitTarget.remedy":
            "Leg een liniaal of raster vlak en recht op het glas, geef met --pitch de juiste afstand, en meet opnieuw.",

        // Login.
        "failure.login.needed.title": "Eerst aanmelden",
        "failure.login.needed.happened": "Deze kit werkt alleen voor een ambtenaar die zich aangemeld heeft.",
        "failure.login.needed.remedy": "Meld u aan met uw eigen identiteitskaart en pincode.",
        "failure.login.notOnRoster.title": "U staat niet op de lijst",
        "failure.login.notOnRoster.happened": "De houder van deze kaart mag deze kit niet gebruiken.",
        "failure.login.notOnRoster.remedy": "Vraag het kantoor om u op de lijst te zetten en synchroniseer de kit.",
        "failure.login.rosterExpired.title": "De lijst is verlopen",
        "failure.login.rosterExpired.happened": "De lijst van wie deze kit mag gebruiken, is verlopen of ontbreekt.",
        "failure.login.rosterExpired.remedy": "Synchroniseer de kit met de centrale om een nieuwe lijst te krijgen.",
        "failure.login.cardNotProven.title": "De kaart is niet bewezen",
        "failure.login.cardNotProven.happened":
            "Het certificaat van de kaart kan niet nagekeken worden, is verlopen of is ingetrokken.",
        "failure.login.cardNotProven.remedy":
            "Kijk of het uw geldige kaart is. Is ze verlopen of geblokkeerd, vraag dan een nieuwe.",
        "failure.login.wrongPIN.title": "De pincode is niet juist",
        "failure.login.wrongPIN.happened": "De kaart heeft de pincode geweigerd; een poging is gebruikt.",
        "failure.login.wrongPIN.remedy": "Kijk hoeveel pogingen er over zijn en probeer opnieuw.",
        "failure.login.pinBlocked.title": "De pincode is geblokkeerd",
        "failure.login.pinBlocked.happened": "Er zijn geen pogingen meer over voor de pincode van deze kaart.",
        "failure.login.pinBlocked.remedy":
            "Laat de pincode vrijmaken bij uw gemeente, of met de pukcode van een oudere kaart.",
        "failure.login.passphraseNotAllowed.title": "Geen wachtzin toegestaan",
        "failure.login.passphraseNotAllowed.happened":
            "De lijst laat deze ambtenaar geen wachtzin gebruiken, of er is er nog geen ingesteld.",
        "failure.login.passphraseNotAllowed.remedy":
            "Meld u aan met uw kaart. Een wachtzin instellen kan daarna met: loket login --set-passphrase.",
        "failure.login.wrongPassphrase.title": "De wachtzin is niet juist",
        "failure.login.wrongPassphrase.happened": "Het personeelsnummer en de wachtzin horen niet bij elkaar.",
        "failure.login.wrongPassphrase.remedy": "Probeer opnieuw, of meld u aan met uw kaart.",
        "failure.login.tooManyTries.title": "Te veel pogingen",
        "failure.login.tooManyTries.happened":
            "Er is te vaak een verkeerde wachtzin getypt; er moet nu gewacht worden.",
        "failure.login.tooManyTries.remedy": "Wacht en probeer dan opnieuw, of meld u aan met uw kaart.",

        // The vault
        "failure.store.machineChanged.title": "Deze laptop geeft de sleutel niet",
        "failure.store.machineChanged.happened":
            "De beveiligingschip (TPM) antwoordt niet, is een andere, of de laptop startte anders op dan vroeger.",
        "failure.store.machineChanged.remedy":
            "Herstart de laptop. Komt het terug, gebruik de kit dan niet en bel een technicus: verzegelde pakketten kunnen nog altijd naar een stick („loket queue export”).",
        "failure.store.tooManyTries.title": "Te veel foute wachtwoorden",
        "failure.store.tooManyTries.happened": "De beveiligingschip van deze laptop neemt nu even geen wachtwoord aan.",
        "failure.store.tooManyTries.remedy": "Wacht enkele minuten en probeer opnieuw; herstarten helpt niet.",
        "failure.store.rolledBack.title": "Dit is een oudere kopie van de kit",
        "failure.store.rolledBack.happened":
            "De gegevens op deze schijf zijn ouder dan wat deze kit al gedaan heeft: iemand zette een oude kopie terug.",
        "failure.store.rolledBack.remedy":
            "Neem geen aanvragen op met deze kit. Bel een technicus; het kantoor ziet in de centrale wat er al aankwam.",
        "failure.store.erased.title": "De sleutels van deze kit zijn vernietigd",
        "failure.store.erased.happened":
            "Iemand heeft deze kit met opzet gewist; wat niet verzegeld was, kan niemand nog lezen.",
        "failure.store.erased.remedy":
            "Verzegelde pakketten die er nog liggen, gaan met „loket queue export --rescue” naar een stick. Daarna maakt een technicus de kit opnieuw klaar.",
        "failure.central.chainForked.title": "De centrale kent een andere kit met deze naam",
        "failure.central.chainForked.happened":
            "Onder dit nummer heeft de centrale al een ander pakket van deze kit: er is een kopie van de kit in gebruik, of dit is er een.",
        "failure.central.chainForked.remedy":
            "Het pakket blijft bewaard en wordt niet gestuurd. Gebruik de kit niet verder en bel de technicus.",
        "failure.central.caseKnown.title": "Dit dossier is al gedaan",
        "failure.central.caseKnown.happened": "Er is voor dit dossier al een pakket, op deze kit of bij de centrale.",
        "failure.central.caseKnown.remedy":
            "Er gaat niets twee keer. Het kantoor vergelijkt de twee en beslist; dit pakket blijft bewaard.",

        // The technician's test
        "selfTestVerdict.passed": "goed",
        "selfTestVerdict.attention": "let op",
        "selfTestVerdict.failed": "FOUT",
        "condition.memory.secretsOnly": "Alleen sleutels, pincodes en wachtwoorden blijven uit het wisselgeheugen.",
        "conditionRemedy.memory.secretsOnly":
            "Laat de gebruiker van de kit onbeperkt geheugen vasthouden: LimitMEMLOCK=infinity in systemd, of memlock unlimited in limits.conf.",
        "condition.coreFiles.on": "Na een crash kan geheugen van dit programma op de schijf komen.",
        "conditionRemedy.coreFiles.on":
            "Gebruik deze kit niet en meld dit: het programma is niet gestart zoals het hoort.",
        "condition.swap.plain":
            "Het wisselgeheugen staat onversleuteld op de schijf; dit programma blijft erbuiten, andere niet.",
        "conditionRemedy.swap.plain":
            "Zet het wisselgeheugen uit (swapoff -a en uit /etc/fstab) of versleutel het met dm-crypt (/etc/crypttab).",
        "condition.swap.leaks":
            "Wat van een persoon is opgenomen, kan onversleuteld in het wisselgeheugen op de schijf komen.",
        "conditionRemedy.swap.leaks": "Zet het wisselgeheugen uit of versleutel het, en zet LimitMEMLOCK=infinity.",
        "condition.swap.unknown": "Of het wisselgeheugen versleuteld is, is niet te zien.",
        "conditionRemedy.swap.unknown": "Kijk met swapon --show en lsblk waar het ligt; zet het anders uit.",
        "condition.hibernation.plain":
            "In slaapstand komt al het geheugen, sleutels inbegrepen, onversleuteld op de schijf.",
        "conditionRemedy.hibernation.plain":
            "Zet de slaapstand uit: start de kernel met nohibernate, of systemctl mask hibernate.target hybrid-sleep.target, en zet onversleuteld wisselgeheugen uit.",
        "condition.folder.inMemory": "De gegevensmap ligt in het geheugen: als de stroom wegvalt, is alles weg.",
        "conditionRemedy.folder.inMemory":
            "Zet de map op een eigen schijf van de laptop (LOKET_HOME), met ext4, xfs of btrfs.",
        "condition.folder.remote":
            "De gegevensmap ligt op een andere machine; die beslist zelf wanneer ze iets bewaart.",
        "conditionRemedy.folder.remote":
            "Zet de map op een eigen schijf van de laptop (LOKET_HOME), met ext4, xfs of btrfs.",
        "condition.folder.unsynchronised":
            "Het bestandssysteem is zo aangekoppeld dat bewaren niet wacht op de schijf.",
        "conditionRemedy.folder.unsynchronised":
            "Haal nobarrier, barrier=0 of volatile uit de aankoppelopties (/etc/fstab) en koppel opnieuw aan.",
        "condition.folder.tooQuick": "Bewaren gaat sneller dan een schijf kan: misschien komt het er niet op.",
        "conditionRemedy.folder.tooQuick":
            "Kijk na of de schijf een cache met noodstroom heeft; bij een virtuele machine: of de host echt schrijft.",
        "condition.folder.open": "Anderen mogen bestanden van de kit lezen of wijzigen.",
        "conditionRemedy.folder.open": "Zet de rechten terug (chmod 600) en ga na wie ze wijzigde.",
        "condition.folder.wasOpen":
            "Bestanden van de kit stonden open voor anderen, en zijn bij het openen afgesloten.",
        "conditionRemedy.folder.wasOpen": "Ga na wie de rechten wijzigde, en of iemand de bestanden las.",
        "condition.folder.foreign":
            "Tussen de bestanden van de kit ligt iets van iemand anders, of iets dat geen bestand is.",
        "conditionRemedy.folder.foreign": "Gebruik de kit niet; laat het kantoor nagaan wie erbij kon.",
        "condition.folder.unknown":
            "Of dit bestandssysteem bewaart wat er geschreven is als de stroom wegvalt, is niet bekend.",
        "conditionRemedy.folder.unknown":
            "Zet de map op een eigen schijf van de laptop (LOKET_HOME), met ext4, xfs of btrfs.",
        "condition.key.machineUnlimited": "De chip van de laptop begrenst het raden van het wachtwoord niet zeker.",
        "conditionRemedy.key.machineUnlimited":
            "Sluit het raden af met „loket key protect-chip”; tot dan moet het wachtwoord zelf tegen raden kunnen.",
        "condition.key.chipUnused":
            "Wie de schijf kopieert, kan elders het wachtwoord raden; de chip van deze laptop is niet gebruikt.",
        "conditionRemedy.key.chipUnused":
            "Leg de sleutel onder de chip: loket key move --to machine, en daarna loket key rotate.",

        // Cards that open the kit
        "failure.store.cardRefused.title": "Deze kaart opent deze kit niet",
        "failure.store.cardRefused.happened": "De beveiligingschip van deze laptop kent deze kaart niet, of niet meer.",
        "failure.store.cardRefused.remedy":
            "Gebruik de kaart van een medewerker die deze kit mag openen, of het wachtwoord van de kit; een technicus voegt kaarten toe („loket key cards add”).",
        "failure.store.cardUnknownToChip.title": "Deze laptop kan deze kaart niet controleren",
        "failure.store.cardUnknownToChip.happened":
            "De beveiligingschip kan niet rekenen met de sleutel van deze kaart (P-384).",
        "failure.store.cardUnknownToChip.remedy": "Open de kit met het wachtwoord en meld u dan met de kaart aan.",

        // The day's state once it is closed.
        "failure.input.dayToCome.title": "Die dag moet nog komen",
        "failure.input.dayToCome.happened":
            "Een dag kan pas gesloten worden als hij begonnen is, volgens de klok van deze kit.",
        "failure.input.dayToCome.remedy":
            "Kies vandaag of een eerdere dag. Klopt de datum niet, laat dan de klok nakijken.",

        // The stick on which packets travel.
        "failure.stick.absent.title": "Geen stick van deze kit",
        "failure.stick.absent.happened": "Op die plaats is geen USB-stick, of er staat niets van deze kit op.",
        "failure.stick.absent.remedy":
            "Steek de juiste stick in, wacht tot de laptop hem toont, en geef de map waar hij staat.",
        "failure.stick.full.title": "De stick is vol",
        "failure.stick.full.happened": "Er past niets meer op de USB-stick. Wat er al op stond, is heel.",
        "failure.stick.full.remedy":
            "Neem een tweede stick voor de rest, of maak plaats en schrijf opnieuw: het gaat verder waar het stopte.",
        "failure.stick.gone.title": "De stick is weg",
        "failure.stick.gone.happened":
            "De USB-stick werd uitgetrokken of antwoordt niet meer terwijl er geschreven of gelezen werd.",
        "failure.stick.gone.remedy":
            "Steek hem weer in en schrijf opnieuw: wat er al heel op staat, wordt overgeslagen. Trek hem pas uit als het programma klaar is.",
        "failure.stick.readOnly.title": "De stick is beveiligd tegen schrijven",
        "failure.stick.readOnly.happened": "Dit programma mag niets op de USB-stick schrijven.",
        "failure.stick.readOnly.remedy":
            "Zet het schuifje op de stick om, of neem een andere. Een technicus kan nakijken hoe hij aangekoppeld is.",
        "failure.stick.damaged.title": "De stick bewaart niet wat erop geschreven wordt",
        "failure.stick.damaged.happened": "Een bestand leest van de USB-stick anders terug dan het geschreven werd.",
        "failure.stick.damaged.remedy":
            "Gebruik deze stick niet meer voor pakketten: neem een andere en schrijf opnieuw.",
        "failure.stick.fileTooLarge.title": "Het pakket is te groot voor deze stick",
        "failure.stick.fileTooLarge.happened":
            "Het bestandssysteem van de USB-stick neemt geen bestand van deze grootte.",
        "failure.stick.fileTooLarge.remedy":
            "Neem een stick die als exFAT of ext4 geformatteerd is, of verzend over het netwerk.",
        "failure.stick.failing.title": "De stick werkt niet goed",
        "failure.stick.failing.happened": "De USB-stick geeft een fout die dit programma niet kent.",
        "failure.stick.failing.remedy": "Neem een andere stick. Komt het terug, meld dan de code hieronder.",

        // A row that is not as the kit wrote it.
        "failure.store.rowChanged.title": "Een opgeslagen gegeven werd gewijzigd",
        "failure.store.rowChanged.happened":
            "Wat op de schijf staat, is niet meer wat deze kit schreef: iemand of een defecte schijf wijzigde het. Het wordt niet gebruikt; al de rest blijft bewaard en gaat voort.",
        "failure.store.rowChanged.remedy":
            "Gaat het om een aanvraag: stop ze met een reden en neem ze opnieuw op. Meld de code hieronder en laat een technicus „loket selftest” draaien.",
        "failure.store.keyMissing.title": "De sleutel van de opslag ontbreekt",
        "failure.store.keyMissing.happened":
            "Het bestand store.key is weg of beschadigd; zonder dat gaat de opslag niet open.",
        "failure.store.keyMissing.remedy":
            "Stel de kit niet opnieuw in. Zet store.key terug als er een kopie is, of breng de kit naar het kantoor; verzegelde pakketten gaan met „loket queue export --rescue” naar een stick.",
        "failure.store.keyExists.title": "Deze kit is al ingesteld",
        "failure.store.keyExists.happened":
            "In deze map ligt al een sleutel; hij wordt nooit overschreven, want dan kan niemand de dossiers nog lezen.",
        "failure.store.keyExists.remedy":
            "Open de kit zoals hij is. Moet hij opnieuw beginnen: eerst „loket sync”, dan „loket erase”, en een nieuwe map.",
        "failure.store.otherStore.title": "De opslag hoort bij een andere kit",
        "failure.store.otherStore.happened":
            "De bestanden in deze map zijn niet samen gemaakt: een ervan is van een andere kit, of van een oefenkit. Er is niets aan veranderd.",
        "failure.store.otherStore.remedy":
            "Kijk of de juiste map is gekozen (--home). Is er iets teruggezet of verwisseld, breng de kit dan naar het kantoor.",
        "failure.store.changed.title": "Dit kan nu niet",
        "failure.store.changed.happened":
            "Het dossier of het pakket is intussen verder dan deze stap; er is niets veranderd.",
        "failure.store.changed.remedy":
            "Open het dossier of de wachtrij opnieuw, kijk wat er nu staat en begin de stap opnieuw.",
        "failure.store.packetsWaiting.title": "Er wachten nog pakketten",
        "failure.store.packetsWaiting.happened": "Niet alles is bij de centrale aangekomen; er is niets gewist.",
        "failure.store.packetsWaiting.remedy":
            "Verzend ze eerst met „loket sync”, of exporteer ze naar een stick. Met --keep-packets blijven ze op de schijf.",
        "failure.input.notFound.title": "Niet gevonden",
        "failure.input.notFound.happened": "Op deze kit heeft geen pakket of dossier dit nummer.",
        "failure.input.notFound.remedy": "Kijk het nummer na in de lijst: loket queue list.",
        "failure.input.notConfirmed.title": "Niet bevestigd",
        "failure.input.notConfirmed.happened": "De vraag is niet met ja beantwoord; er is niets gebeurd.",
        "failure.input.notConfirmed.remedy": "Begin opnieuw en typ precies wat gevraagd wordt, als u het echt wilt.",
        "failure.input.notPossible.title": "Dat past niet bij deze kit",
        "failure.input.notPossible.happened":
            "Wat gevraagd is, kan in de toestand van deze kit niet; er is niets veranderd.",
        "failure.input.notPossible.remedy":
            "Lees de reden hieronder; loket kit status en loket key status tonen de toestand.",
        "failure.input.noSecret.title": "Geen wachtwoord of pincode",
        "failure.input.noSecret.happened": "Er is niets getypt, of er is geen terminal om te typen.",
        "failure.input.noSecret.remedy":
            "Start het opnieuw in een terminal, of geef een bestand mee (--passphrase-file).",
        "failure.input.unwritableFile.title": "Het bestand kan niet geschreven worden",
        "failure.input.unwritableFile.happened": "Op de plaats die gevraagd is, kan dit programma niets schrijven.",
        "failure.input.unwritableFile.remedy": "Kies een map die bestaat en waarin u mag schrijven.",
        // No memory
        "failure.store.memoryShort.title": "Het geheugen is vol",
        "failure.store.memoryShort.happened":
            "De laptop geeft geen geheugen meer. Wat u vroeg, is niet gedaan; alles wat bewaard was, is er nog.",
        "failure.store.memoryShort.remedy":
            "Sluit andere programma’s en probeer opnieuw. Helpt dat niet, start de laptop dan opnieuw: de opname gaat verder waar ze was.",
        "kept.rest":
            "Wat er nog ligt, is niet aangeraakt en niets is vervangen. Verzegelde pakketten liggen in de map „packets” van de kit.",
        "failure.store.storeMissing.title": "De databank van de kit is weg",
        "failure.store.storeMissing.happened":
            "Deze kit had een databank (store.sqlite), en die ontbreekt of is leeg. Open dossiers en de wachtrij stonden erin.",
        "failure.store.storeMissing.remedy":
            "Neem niets meer op met deze kit en verwittig het kantoor. Een technicus zet store.sqlite terug waar het nog bestaat; verzegelde pakketten gaan met „loket queue export --rescue STICK” naar de centrale.",
        "failure.store.kitMissing.title": "De sleutels van de kit zelf zijn weg",
        "failure.store.kitMissing.happened":
            "Het bestand kit.sealed ontbreekt naast de rest van deze kit. Open dossiers en verzegelde pakketten die er liggen, zijn niet gewist.",
        "failure.store.kitMissing.remedy":
            "Verwittig het kantoor. Met de bundel van deze zelfde kit en hetzelfde wachtwoord herstelt „loket provision” haar; verzegelde pakketten gaan ook zonder, met „loket queue export --rescue STICK”.",
    ]
}
