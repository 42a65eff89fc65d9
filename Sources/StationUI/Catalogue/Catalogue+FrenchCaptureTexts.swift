extension Catalogue {
    /// The screens on which a person's application is taken.
    static let frenchCaptureTexts: [String: String] = [
        // Card.
        "ui.cardHeading": "Lisez la carte actuelle",
        "ui.cardText":
            "Demandez la carte d’identité de la personne. Appuyez sur Enter et introduisez la carte dans le lecteur, puce en avant.",
        "ui.cardInsert": "Introduisez la carte dans le lecteur",
        "ui.cardInsertText": "Puce en avant, jusqu’au bout.",
        "ui.cardReading": "Lecture de la carte",
        "ui.cardReadingText": "Laissez la carte en place. Fichier {0} sur {1}.",
        "ui.cardProgress": "Lecture",
        "ui.factPlanned": "Prévu",
        "ui.factOnCard": "Sur la carte",
        "ui.factApplyingFor": "Demande",
        "ui.noCardTitle": "Pourquoi n’y a-t-il pas de carte ?",
        "ui.noCardFirst": "Première carte : il n’y en a jamais eu",
        "ui.noCardMissing": "Perdue, volée ou détruite",
        "ui.annexTitle": "Attestation de perte",
        "ui.annexText": "Tapez le numéro de l’attestation (annexe 12).",
        "ui.annexNumberEmpty": "Tapez d’abord le numéro.",

        // Person.
        "ui.personHeading": "Est-ce la personne devant vous ?",
        "ui.personText": "Comparez le visage avec la photo de la carte, et le nom avec le planning.",
        "ui.factName": "Nom",
        "ui.factBorn": "Naissance",
        "ui.factNationalNumber": "Registre nat.",
        "ui.factNationality": "Nationalité",
        "ui.factCardNumber": "N° de carte",
        "ui.factValidUntil": "Valable jusqu’au",
        "ui.factAddress": "Adresse",
        "ui.absenceFirst": "Il n’y a pas encore de carte : vérifiez l’identité de la personne d’une autre manière.",
        "ui.absenceMissing": "La carte est perdue, volée ou détruite : attestation {0}.",
        "ui.warningOtherPerson": "Cette carte n’est pas celle de la personne prévue.",
        "ui.warningNationalNumber": "Numéro de registre national : {0}.",
        "ui.warningCardNumber": "Numéro de carte : {0}.",
        "ui.warningExpired": "La carte est périmée.",
        "ui.warningUnknownDocument": "Le programme ne connaît pas ce type de carte.",
        "ui.warningKindAge": "La carte demandée ne correspond pas à l’âge.",

        // Photo.
        "ui.photoHeading": "Prenez la photo d’identité",
        "ui.photoText":
            "Placez la personne bien droite devant un fond clair et uni, éclairée de face. Appuyez sur Enter pour lancer la caméra.",
        "ui.photoLive": "Regardez droit vers la caméra",
        "ui.photoLiveText":
            "Tête au milieu, yeux ouverts, bouche fermée, lunettes sans reflet. Appuyez sur Enter pour prendre la photo.",
        "ui.photoReview": "La photo est-elle bonne ?",
        "ui.photoReviewText":
            "Nette, visage droit, yeux ouverts, pas d’ombre. Enter la garde, F4 en prend une nouvelle.",

        // Fingers.
        "ui.fingerHeading": "Doigt suivant : {0}",
        "ui.fingerText": "Essuyez la vitre et le doigt. Appuyez sur Enter, puis faites poser le doigt sur la vitre.",
        "ui.fingerPlace": "À poser sur la vitre : {0}",
        "ui.fingerReading": "Ne pas bouger, le doigt est lu",
        "ui.fingerLift": "Retirez le doigt de la vitre",
        "ui.fingerAttempt": "Essai {0} sur {1}",
        "ui.fingerFirstText":
            "S’il manque un doigt ou si un doigt est bandé : F3. Essuyez la vitre et le doigt, appuyez sur Enter, puis faites poser le doigt sur la vitre.",
        "ui.fingerGood": "{0} : bien",
        "ui.fingerGoodText": "Vérifiez que les lignes sont nettes et bien centrées. Enter garde l’empreinte.",
        "ui.fingerAgain": "{0} : pas encore assez bien",
        "ui.fingerAgainText": "Enter reprend le doigt. La meilleure empreinte reste conservée.",
        "ui.fingerBest": "{0} : voici la meilleure",
        "ui.fingerBestText":
            "Aucun essai n’était assez bon. Enter garde le meilleur et demande au besoin un autre doigt.",
        "ui.fingerDoubt": "{0} : est-ce correct ?",
        "ui.fingerDoubtText": "Comparez les deux empreintes et voyez quel doigt était sur la vitre.",
        "ui.fingerScore": "Qualité",
        "ui.fingerScoreWanted": "Qualité (au moins {0})",
        "ui.fingerWeakest": "Le plus faible : {0}",
        "ui.fingerHeld": "{0}, on cherche le meilleur de la main",
        "ui.fingerEarlier": "{0}, essai {1}",
        "ui.warningLikeOther": "{0} et {1} se ressemblent",
        "ui.warningUnlikeEarlier": "{0} : ne ressemble pas à l’essai précédent",
        "ui.acceptTitle": "Pourquoi garder quand même ?",
        "ui.rejectTitle": "Pourquoi refaire ?",
        "ui.wrongFingerTitle": "Quel doigt était le mauvais ?",
        "ui.wrongFingerText": "Il sera redemandé. Si aucun des deux n’était mauvais, choisissez F7.",
        "ui.fingersNone": "Il n’y a plus de doigt à prendre",
        "ui.fingersNoneText":
            "Appuyez sur F5 pour indiquer qu’aucun doigt n’est possible, ou sur F6 pour en essayer un quand même.",
        "ui.fingerQuality": "qualité {0}/100",
        "ui.fingerKept": "pris",
        "ui.fingerExceptionTitle": "Pourquoi ce doigt est-il impossible ?",
        "ui.unmarkTitle": "Quel doigt essayer quand même ?",
        "ui.noFingersTitle": "Aucun doigt possible ?",
        "ui.noFingersText":
            "Temporaire : la carte est valable 12 mois ; en cas de doute, il faut un certificat médical de moins d’un mois. Définitif : la personne est dispensée.",
        "ui.noFingersObvious": "Temporaire, sans aucun doute",
        "ui.noFingersTemporary": "Temporaire, avec un certificat médical",
        "ui.noFingersPermanent": "Définitif : dispense",
        "ui.attestTitle": "Certificat médical",
        "ui.attestText": "Tapez la date du certificat : jour-mois-année, par exemple 3-11-2026.",
        "ui.dateNotUnderstood": "Ce n’est pas une date. Tapez-la sous la forme jour-mois-année.",

        // Signature.
        "ui.signatureHeading": "Faites signer",
        "ui.signatureText": "Placez la tablette devant la personne. Appuyez sur Enter et donnez le stylet.",
        "ui.signatureLive": "La personne signe sur la tablette",
        "ui.signatureLiveText": "Dès que le stylet repose un instant, c’est terminé. Enter termine tout de suite.",
        "ui.signatureReview": "La signature est-elle bonne ?",
        "ui.signatureReviewText": "Enter la garde, F4 fait signer à nouveau.",
        "ui.exemptTitle": "Dispense de signature",
        "ui.exemptText": "La carte sera faite sans signature. Pourquoi ?",

        // Choices.
        "ui.choicesHeading": "Que choisit la personne ?",
        "ui.choicesText": "↑ et ↓ choisissent la ligne, ← et → la modifient. Enter confirme le tout.",
        "ui.choiceCertificates": "Certificats",
        "ui.choiceProcedure": "Procédure",
        "ui.choiceLanguage": "Langue carte",

        // Review and the end.
        "ui.reviewHeading": "Vérifiez tout",
        "ui.reviewText": "Ce qui est scellé ne peut plus être lu ni modifié sur cet ordinateur.",
        "ui.sealingHeading": "Scellement en cours",
        "ui.sealingText": "Laissez l’ordinateur ouvert.",
        "ui.summaryMissing": "manque",
        "ui.summaryNoCard": "pas de carte",
        "ui.summarySigned": "signée",
        "ui.summaryExempt": "dispense : {0}",
        "ui.summaryNoFingersChild": "pas nécessaires : enfant de moins de 12 ans",
        "ui.summaryNoFingersEver": "dispense",
        "ui.summaryNoFingersNow": "impossibles temporairement, certificat du {0}",
        "ui.storedHeading": "Enregistré en sécurité",
        "ui.storedText":
            "La demande de {0} est complète et scellée. Elle est sur le disque de ce kit et ne se perdra pas, même en cas de panne de courant.",
        "ui.storedNext": "Ensuite",
        "ui.storedNextText":
            "Le kit l’envoie dès qu’il y a du réseau, et la garde jusqu’à ce que le service central ait donné un accusé de réception.",
        "ui.stoppedHeading": "Arrêté",
        "ui.stoppedText": "Rien ne sera envoyé. Ce qui avait été pris est effacé de ce kit.",
        "ui.nextPerson": "Suivant : {0}",
        "ui.stepSpoken": "Étape {0} sur {1} : {2}",
        "ui.stopTitle": "Arrêter cette demande ?",
        "ui.stopText":
            "Tout ce qui a été pris pour cette personne sera effacé. Avec Esc, puis Pause, tout est conservé.",
        "ui.stopNo": "Non, continuer",
        "ui.quitTitle": "Quitter ?",
        "ui.quitText": "Ce qui est commencé est conservé. Ce qui est dans la file d’attente sera envoyé plus tard.",
        "ui.quitNo": "Non, rester",
        "ui.quitYes": "Oui, quitter",

        // Saving.
        "ui.savingHeading": "Enregistrement en cours",
        "ui.savingText": "Chiffré, sur le disque de ce kit.",
        "ui.unsavedHeading": "Pas encore enregistré",
        "ui.unsavedText":
            "Ce qui vient d’être pris n’est encore qu’en mémoire. Ne fermez pas l’ordinateur. Appuyez sur Enter pour enregistrer à nouveau.",

        // Pictures.
        "ui.pictureCard": "Photo de la carte",
        "ui.picturePortrait": "Nouvelle photo",
        "ui.picturePhoto": "Photo",
        "ui.picturePreview": "Caméra",
        "ui.pictureFinger": "Empreinte",
        "ui.handLeft": "Gauche",
        "ui.handRight": "Droite",
        "ui.pictureSignature": "Signature",
        "ui.pictureNone": "(pas encore d’image)",
        "ui.pictureWords": "{0}, {1} points sur {2}",
        "ui.pictureInk": "Signature en {0} traits",
    ]
}
