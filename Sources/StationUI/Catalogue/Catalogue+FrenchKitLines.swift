extension Catalogue {
    /// What the verbs print about a kit and its devices, and things that are counted.
    static let frenchKitLines: [String: String] = [
        // The kit as a whole.
        "line.kitReady": "le kit {0} est prêt dans {1}",
        "line.kitRoom": "{0} : place pour {1} visites ({2})",
        "line.kitOld": "anciens dossiers {0}, paquets qui attendent depuis longtemps {1}",
        "line.kitOverdue":
            "PLUS ANCIENS QUE LA LOI NE LE PERMET : {0} dossiers. Un agent les arrête avec le motif « Délai de conservation dépassé ».",
        "line.kitDamaged":
            "PAS COMME LE KIT L’A CONSERVÉ : paquets mis de côté {0}, lignes illisibles {1}, fichiers inconnus {2}. Prévenez le bureau et n’effacez rien.",
        "line.kitFilesClosed": "Des fichiers que d’autres pouvaient lire ont été fermés : {0}. Prévenez le bureau.",
        "line.kitOlderCopy":
            "CE DOSSIER EST UNE COPIE PLUS ANCIENNE DE LUI-MÊME (constaté par {0}) : rien n’est scellé.",
        "line.kitAcceptRollback": "Synchronisez, puis : loket kit accept-rollback --officer NUMÉRO",
        "line.kitChipOpen": "La puce de l’ordinateur ne limite pas les essais pour tous : loket key protect-chip",
        "line.kitReceivedElsewhere": "Le service central a déjà ces dossiers : {0}",
        "line.kitNextPacket": "Le prochain paquet portera le numéro {0}.",

        // Its key.
        "line.keyFirstVersion": "store.key est de la version 1 ; la prochaine ouverture en fait la version 3",
        "line.keyPlace": "{0} (emplacement {1} de la puce)",
        "line.keyLock": "verrou : {0}, {1} Mio, {2} passes par essai, depuis {3}",
        "line.keyCards": "cartes : {0}",
        "line.keyChip": "puce : {0}",
        "line.keyChipUnnamed": "puce : sans nom ; la prochaine ouverture lui en donne un",
        "line.keyMade": "clé {0}, créée {1}",
        "line.keyRotating": "un renouvellement de la clé est en cours ; la prochaine ouverture le termine",
        "line.chipOpen":
            "puce : N’IMPORTE QUI PEUT REMETTRE SA LIMITE À ZÉRO ({0} essais erronés, un oublié après {1} s, {2} comptés maintenant) : lancez loket key protect-chip",
        "line.chipOurs":
            "puce : limite les essais ({0} erronés, un oublié après {1} s, {2} comptés maintenant), par ce kit",
        "line.chipOthers":
            "puce : limite les essais ({0} erronés, un oublié après {1} s, {2} comptés maintenant), par l’autorité d’un autre propriétaire",
        "line.chipUnchanged":
            "rien n’a changé : un autre propriétaire de cet ordinateur a défini l’autorité de verrouillage du TPM",
        "line.cardsNone": "aucune carte n’ouvre ce kit",
        "line.cardsRow": "{0}  jusqu’au {1}, ajoutée {2}",

        // Erasing a kit.
        "line.erasedKit": "kit {0} : {1}",
        "line.erasedLost": "{0} et {1} ne pourront plus jamais être lus",
        "line.erasedKept": "{0} restent, dont {1} pas encore au service central",
        "line.erasedUnproven": "pas prouvé : interrompu avant toute recherche",
        "line.erasedRefused": "le bon mot de passe est refusé ({0})",
        "line.erasedChip": "{0}, la puce dit {1}",
        "line.erasedSearched":
            "{0} ; {1} formes de clés et de texte lisible cherchées dans {2} octets de {3} fichiers : trouvées dans {4} (avant : {5})",
        "line.erasedCopiesOpen": "une copie du disque faite auparavant s’ouvre encore avec le mot de passe",
        "line.erasedCopiesShut":
            "une copie du disque faite auparavant ne s’ouvre nulle part : la puce a oublié sa part",
        "line.erasedStatement": "déclaration : {0}",
        "line.eraseWarning": "Personne ne peut l’annuler, pas même le service central.",
        "line.eraseLost": "Illisibles à jamais : dossiers ouverts {0} ; {1} ; les clés de ce kit.",
        "line.eraseNone": "aucun",
        "line.eraseKept": "Reste : {0}, dont {1} pas encore au service central.",
        "line.eraseAsk": "Tapez le nom du kit ({0}) pour effacer : ",

        // The queue and the stick.
        "line.queueUnreadable": "{0} de la file d’attente illisibles ; les autres ne sont pas retenues",
        "line.queueUnderWay": "en cours",
        "line.stickWritten": "{0}  écrit",
        "line.stickThere": "{0}  déjà présent",
        "line.stickWithoutManifest": "{0}  sans son manifeste : le service central peut l’ouvrir, pas le situer",
        "line.stickNotWritten": "{0}  pas écrit : {1}",
        "line.stickSeal": "sceau {0} d’une journée clôturée  écrit",
        "line.exposedSecret": "D’autres peuvent lire {0} : faites-y chmod 600, et demandez qui l’a lu.",
        "line.labelNotWritten":
            "Le kit est prêt, mais {0} n’a pas pu être écrit : son écran ne nommera pas la commune.",
        "line.stickReceived": "{0}  reçu",
        "line.stickKnown": "{0}  connu",
        "line.stickKept": "{0}  accusé conservé ; la ligne de ce paquet est endommagée, et le fichier reste",
        "line.stickEarly": "{0}  l’accusé de réception {1} doit venir d’abord",
        "line.stickRefused": "{0}  refusé : {1}",
        "line.packetSealedFor": "scellé pour {0}, {1}",

        // Fingers and signatures.
        "line.fingerQuality": "qualité {0} ({1})",
        "line.fingerQualityWanted": "qualité {0} ({1}, {2} demandé)",
        "line.fingerDo": "à faire : {0}",
        "line.calibrateLay": "Posez la règle ou la grille sur la vitre et appuyez sur Entrée.",
        "line.calibrateHorizontal": "horizontal",
        "line.calibrateVertical": "vertical",
        "line.calibrateNoLines": "{0} : pas de lignes dans l’image",
        "line.calibrateWithin": "{0} : {1} pixels par pouce ± {2} %, à moins de 1 % des {3} du profil",
        "line.calibrateBeyond": "{0} : {1} pixels par pouce ± {2} %, à plus de 1 % des {3} du profil",
        "line.calibrateTurned": "cible tournée de {0}",
        "line.calibrateWritten": "écrit dans {0}",
        "line.fingerSame": "le même doigt : similitude {0}, seuil {1}",
        "line.fingerOther": "pas le même doigt : similitude {0}, seuil {1}",
        "line.fingerPicture": "{0}×{1} px, {2} minuties, {3} niveaux de gris",
        "line.cardRead": "carte {0}, applet {1}, {2}",

        // Counted things.
        "count.attempt.one": "{0} tentative", "count.attempt.more": "{0} tentatives",
        "count.byte.one": "{0} octet", "count.byte.more": "{0} octets",
        "count.chunk.one": "{0} bloc", "count.chunk.more": "{0} blocs",
        "count.day.one": "{0} jour", "count.day.more": "{0} jours",
        "count.draft.one": "{0} dossier", "count.draft.more": "{0} dossiers",
        "count.file.one": "{0} fichier", "count.file.more": "{0} fichiers",
        "count.hour.one": "{0} heure", "count.hour.more": "{0} heures",
        "count.line.one": "{0} ligne", "count.line.more": "{0} lignes",
        "count.minute.one": "{0} minute", "count.minute.more": "{0} minutes",
        "count.packet.one": "{0} paquet", "count.packet.more": "{0} paquets",
        "count.plannedVisit.one": "{0} visite planifiée", "count.plannedVisit.more": "{0} visites planifiées",
        "count.point.one": "{0} point", "count.point.more": "{0} points",
        "count.receipt.one": "{0} accusé de réception", "count.receipt.more": "{0} accusés de réception",
        "count.row.one": "{0} ligne", "count.row.more": "{0} lignes",
        "count.seal.one": "{0} sceau", "count.seal.more": "{0} sceaux",
        "count.sealedPacket.one": "{0} paquet scellé", "count.sealedPacket.more": "{0} paquets scellés",
        "count.second.one": "{0} seconde", "count.second.more": "{0} secondes",
        "count.stroke.one": "{0} trait", "count.stroke.more": "{0} traits",
        "count.visit.one": "{0} visite", "count.visit.more": "{0} visites",
    ]
}
