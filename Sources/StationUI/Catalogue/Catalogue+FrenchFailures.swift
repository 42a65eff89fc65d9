extension Catalogue {
    /// What can fail beside the devices: a title, what happened, and what to do.
    static let frenchFailures: [String: String] = [
        "kept.nothingToKeep": "Rien n’avait encore été pris.",
        "kept.draft": "Tout ce qui a déjà été pris pour cette personne est chiffré sur le disque.",
        "kept.packet": "Ce qui est scellé reste en sécurité sur le disque.",

        "failure.store.diskFull.title": "Le disque est plein",
        "failure.store.diskFull.happened": "Il n’y a plus de place pour enregistrer quoi que ce soit.",
        "failure.store.diskFull.remedy":
            "Envoyez la file d’attente : ce qui est reçu est effacé ici et libère de la place. Réessayez ensuite.",
        "failure.store.unreadable.title": "Le stockage est illisible",
        "failure.store.unreadable.happened": "Quelque chose sur le disque de ce kit ne peut pas être lu.",
        "failure.store.unreadable.remedy": "Ne prenez plus rien avec ce kit et apportez-le au bureau.",
        "failure.store.unwritable.title": "L’enregistrement échoue",
        "failure.store.unwritable.happened": "Le disque de ce kit n’accepte plus rien.",
        "failure.store.unwritable.remedy":
            "Essayez d’enregistrer à nouveau. Si cela échoue, ne fermez pas l’ordinateur et appelez le bureau.",
        "failure.store.wrongPassphrase.title": "Mot de passe incorrect",
        "failure.store.wrongPassphrase.happened": "Ce mot de passe n’ouvre pas le stockage.",
        "failure.store.wrongPassphrase.remedy": "Retapez le mot de passe ; attention aux majuscules.",
        "failure.store.unsafeSetting.title": "Le stockage n’est pas réglé de façon sûre",
        "failure.store.unsafeSetting.happened":
            "Un réglage qui évite les pertes en cas de panne de courant n’est pas activé. Le programme ne démarre pas ainsi.",
        "failure.store.unsafeSetting.remedy": "Un technicien doit vérifier le kit : loket selftest.",
        "failure.store.newerSchema.title": "Le stockage vient d’une version plus récente",
        "failure.store.newerSchema.happened": "Une version plus récente de ce programme a utilisé le stockage.",
        "failure.store.newerSchema.remedy":
            "Lancez la version la plus récente de loket. Cette version-ci ne touche à rien.",
        "failure.store.packetDamaged.title": "Un paquet est endommagé",
        "failure.store.packetDamaged.happened": "Les octets d’un paquet sur le disque ne sont plus ceux du scellement.",
        "failure.store.packetDamaged.remedy":
            "N’effacez rien et signalez-le au bureau : la personne devra peut-être être servie à nouveau.",
        "failure.store.inUse.title": "Loket est déjà ouvert",
        "failure.store.inUse.happened": "Une autre fenêtre de ce programme utilise le stockage de ce kit.",
        "failure.store.inUse.remedy": "Allez à l’autre fenêtre, ou fermez-la et relancez.",

        "failure.central.unreachable.title": "Service central injoignable",
        "failure.central.unreachable.happened": "Il n’y a pas de réseau, ou le service central ne répond pas.",
        "failure.central.unreachable.remedy":
            "Continuez simplement à travailler. Le kit réessaiera plus tard, ou vous appuyez sur F3 quand il y a du réseau.",
        "failure.central.wrongCertificate.title": "Ce n’est pas le service central",
        "failure.central.wrongCertificate.happened":
            "Ce qui a répondu n’a pas pu prouver être le service central. Rien n’a été envoyé.",
        "failure.central.wrongCertificate.remedy":
            "Utilisez un autre réseau. Un réseau invité avec une page de connexion provoque aussi ceci.",
        "failure.central.kitRefused.title": "Le kit est refusé",
        "failure.central.kitRefused.happened": "Le service central n’accepte pas (ou plus) ce kit.",
        "failure.central.kitRefused.remedy": "Contactez le bureau : le kit doit être configuré à nouveau.",
        "failure.central.trainingRefused.title": "L’exercice est refusé",
        "failure.central.trainingRefused.happened":
            "Le service central n’accepte pas de paquets d’exercice comme de vraies demandes.",
        "failure.central.trainingRefused.remedy":
            "Il n’y a rien à faire : un exercice n’a pas sa place au vrai service central.",
        "failure.central.receiptForged.title": "Accusé de réception incorrect",
        "failure.central.receiptForged.happened":
            "L’accusé de réception ne vient pas du service central, ou n’est pas celui de ce paquet. Il ne compte pas.",
        "failure.central.receiptForged.remedy": "Le paquet reste dans la file d’attente. Signalez-le au bureau.",
        "failure.central.conflict.title": "Conflit avec le service central",
        "failure.central.conflict.happened": "Le service central a un autre paquet sous ce nom.",
        "failure.central.conflict.remedy": "Le paquet reste ici. Le bureau doit comparer les deux.",
        "failure.central.refused.title": "Paquet refusé",
        "failure.central.refused.happened": "Le service central a vérifié le paquet et le refuse.",
        "failure.central.refused.remedy":
            "Le paquet reste ici. Le bureau voit le motif et dit si la personne doit être servie à nouveau.",
        "failure.central.unexpectedAnswer.title": "Réponse inattendue",
        "failure.central.unexpectedAnswer.happened":
            "Le service central a donné une réponse que ce programme ne connaît pas.",
        "failure.central.unexpectedAnswer.remedy":
            "Réessayez plus tard. Si cela se répète, signalez le code ci-dessous.",

        "failure.input.unreadableFile.title": "Fichier illisible",
        "failure.input.unreadableFile.happened": "Le fichier n’existe pas ou ne peut pas être lu.",
        "failure.input.unreadableFile.remedy": "Vérifiez le nom et l’emplacement du fichier.",
        "failure.input.invalidScript.title": "Script non valable",
        "failure.input.invalidScript.happened": "Le script contient quelque chose que le programme ne comprend pas.",
        "failure.input.invalidScript.remedy": "Corrigez le script à l’endroit indiqué près du code.",
        "failure.input.unknownVisit.title": "Visite inconnue",
        "failure.input.unknownVisit.happened": "Cette visite ou ce dossier n’est pas sur ce kit.",
        "failure.input.unknownVisit.remedy": "Importez à nouveau la liste du bureau : loket visits import.",
        "failure.input.missingConfiguration.title": "Kit non configuré",
        "failure.input.missingConfiguration.happened": "Il manque à ce kit un réglage nécessaire.",
        "failure.input.missingConfiguration.remedy": "Configurez le kit avec : loket provision.",
        "failure.input.unfitTarget.title": "Mesure impossible",
        "failure.input.unfitTarget.happened": "L’image ne contient pas de lignes régulières à la distance indiquée.",
        "failure.input.unfitTarget.remedy":
            "Posez une latte ou une grille bien à plat et droite sur la vitre, donnez la bonne distance avec --pitch et mesurez à nouveau.",

        // Login.
        "failure.login.needed.title": "Identification requise",
        "failure.login.needed.happened": "Ce kit ne fonctionne que pour un agent identifié.",
        "failure.login.needed.remedy": "Identifiez-vous avec votre propre carte d’identité et son code PIN.",
        "failure.login.notOnRoster.title": "Vous n’êtes pas sur la liste",
        "failure.login.notOnRoster.happened": "Le titulaire de cette carte ne peut pas utiliser ce kit.",
        "failure.login.notOnRoster.remedy": "Demandez au bureau de vous ajouter à la liste et synchronisez le kit.",
        "failure.login.rosterExpired.title": "La liste a expiré",
        "failure.login.rosterExpired.happened": "La liste des agents autorisés sur ce kit a expiré ou manque.",
        "failure.login.rosterExpired.remedy": "Synchronisez le kit avec la centrale pour recevoir une nouvelle liste.",
        "failure.login.cardNotProven.title": "La carte n’est pas prouvée",
        "failure.login.cardNotProven.happened":
            "Le certificat de la carte ne peut pas être vérifié, a expiré ou a été révoqué.",
        "failure.login.cardNotProven.remedy":
            "Vérifiez que c’est votre carte valable. Si elle a expiré ou est bloquée, demandez-en une nouvelle.",
        "failure.login.wrongPIN.title": "Le code PIN n’est pas correct",
        "failure.login.wrongPIN.happened": "La carte a refusé le code PIN; un essai est utilisé.",
        "failure.login.wrongPIN.remedy": "Regardez combien d’essais il reste et réessayez.",
        "failure.login.pinBlocked.title": "Le code PIN est bloqué",
        "failure.login.pinBlocked.happened": "Il ne reste plus d’essais pour le code PIN de cette carte.",
        "failure.login.pinBlocked.remedy":
            "Faites débloquer le code PIN à votre commune, ou avec le code PUK d’une carte plus ancienne.",
        "failure.login.passphraseNotAllowed.title": "Phrase secrète non autorisée",
        "failure.login.passphraseNotAllowed.happened":
            "La liste n’autorise pas de phrase secrète pour cet agent, ou aucune n’est définie.",
        "failure.login.passphraseNotAllowed.remedy":
            "Identifiez-vous avec votre carte. Une phrase secrète se définit ensuite avec : loket login --set-passphrase.",
        "failure.login.wrongPassphrase.title": "La phrase secrète n’est pas correcte",
        "failure.login.wrongPassphrase.happened": "Le numéro de service et la phrase secrète ne vont pas ensemble.",
        "failure.login.wrongPassphrase.remedy": "Réessayez, ou identifiez-vous avec votre carte.",
        "failure.login.tooManyTries.title": "Trop d’essais",
        "failure.login.tooManyTries.happened":
            "Une phrase secrète erronée a été tapée trop souvent; il faut maintenant attendre.",
        "failure.login.tooManyTries.remedy": "Attendez puis réessayez, ou identifiez-vous avec votre carte.",

        // The vault
        "failure.store.machineChanged.title": "Cet ordinateur ne rend pas la clé",
        "failure.store.machineChanged.happened":
            "La puce de sécurité (TPM) ne répond pas, est une autre, ou l'ordinateur a démarré autrement qu'avant.",
        "failure.store.machineChanged.remedy":
            "Redémarrez l'ordinateur. Si cela revient, n'utilisez plus le kit et appelez un technicien : les paquets scellés peuvent toujours aller sur une clé USB (« loket queue export »).",
        "failure.store.tooManyTries.title": "Trop de mots de passe erronés",
        "failure.store.tooManyTries.happened":
            "La puce de sécurité de cet ordinateur n'accepte pas de mot de passe pour l'instant.",
        "failure.store.tooManyTries.remedy": "Attendez quelques minutes et réessayez ; redémarrer n'aide pas.",
        "failure.store.rolledBack.title": "Ceci est une ancienne copie du kit",
        "failure.store.rolledBack.happened":
            "Les données de ce disque sont plus anciennes que ce que ce kit a déjà fait : quelqu'un a remis une ancienne copie.",
        "failure.store.rolledBack.remedy":
            "Ne prenez aucune demande avec ce kit. Appelez un technicien ; le bureau voit à la centrale ce qui est déjà arrivé.",
        "failure.store.erased.title": "Les clés de ce kit ont été détruites",
        "failure.store.erased.happened":
            "Quelqu'un a effacé ce kit volontairement ; ce qui n'était pas scellé, plus personne ne peut le lire.",
        "failure.store.erased.remedy":
            "Les paquets scellés encore présents vont sur une clé USB avec « loket queue export --rescue ». Ensuite un technicien prépare à nouveau le kit.",
        "failure.central.chainForked.title": "La centrale connaît un autre kit de ce nom",
        "failure.central.chainForked.happened":
            "Sous ce numéro, la centrale a déjà un autre paquet de ce kit : une copie du kit est en service, ou ceci en est une.",
        "failure.central.chainForked.remedy":
            "Le paquet est conservé et n'est pas envoyé. N'utilisez plus le kit et appelez le technicien.",
        "failure.central.caseKnown.title": "Ce dossier est déjà fait",
        "failure.central.caseKnown.happened": "Il existe déjà un paquet pour ce dossier, sur ce kit ou à la centrale.",
        "failure.central.caseKnown.remedy":
            "Rien ne part deux fois. Le bureau compare les deux et décide ; ce paquet est conservé.",

        // The technician's test
        "selfTestVerdict.passed": "bon",
        "selfTestVerdict.attention": "attention",
        "selfTestVerdict.failed": "ERREUR",
        "condition.memory.secretsOnly":
            "Seuls les clés, codes PIN et mots de passe restent hors de la mémoire d'échange.",
        "conditionRemedy.memory.secretsOnly":
            "Autorisez l'utilisateur du kit à verrouiller toute la mémoire : LimitMEMLOCK=infinity dans systemd, ou memlock unlimited dans limits.conf.",
        "condition.coreFiles.on": "Après un plantage, la mémoire de ce programme peut aboutir sur le disque.",
        "conditionRemedy.coreFiles.on":
            "N'utilisez pas ce kit et signalez-le : le programme n'a pas démarré comme il faut.",
        "condition.swap.plain":
            "La mémoire d'échange est en clair sur le disque ; ce programme n'y entre pas, d'autres si.",
        "conditionRemedy.swap.plain":
            "Désactivez la mémoire d'échange (swapoff -a et /etc/fstab) ou chiffrez-la avec dm-crypt (/etc/crypttab).",
        "condition.swap.leaks":
            "Ce qui a été saisi d'une personne peut aboutir en clair dans la mémoire d'échange sur le disque.",
        "conditionRemedy.swap.leaks": "Désactivez ou chiffrez la mémoire d'échange, et mettez LimitMEMLOCK=infinity.",
        "condition.swap.unknown": "Impossible de voir si la mémoire d'échange est chiffrée.",
        "conditionRemedy.swap.unknown": "Voyez avec swapon --show et lsblk où elle se trouve ; sinon désactivez-la.",
        "condition.hibernation.plain":
            "En hibernation, toute la mémoire, clés comprises, est écrite en clair sur le disque.",
        "conditionRemedy.hibernation.plain":
            "Désactivez l'hibernation : démarrez le noyau avec nohibernate, ou systemctl mask hibernate.target hybrid-sleep.target, et désactivez la mémoire d'échange en clair.",
        "condition.folder.inMemory": "Le dossier de données est en mémoire : sans courant, tout est perdu.",
        "conditionRemedy.folder.inMemory":
            "Placez le dossier sur un disque du portable (LOKET_HOME), en ext4, xfs ou btrfs.",
        "condition.folder.remote":
            "Le dossier de données est sur une autre machine, qui décide elle-même quand elle enregistre.",
        "conditionRemedy.folder.remote":
            "Placez le dossier sur un disque du portable (LOKET_HOME), en ext4, xfs ou btrfs.",
        "condition.folder.unsynchronised":
            "Le système de fichiers est monté de sorte que l'enregistrement n'attend pas le disque.",
        "conditionRemedy.folder.unsynchronised":
            "Retirez nobarrier, barrier=0 ou volatile des options de montage (/etc/fstab) et remontez.",
        "condition.folder.tooQuick":
            "L'enregistrement est plus rapide qu'un disque ne le peut : il n'y arrive peut-être pas.",
        "conditionRemedy.folder.tooQuick":
            "Vérifiez si le disque a un cache secouru ; pour une machine virtuelle : si l'hôte écrit vraiment.",
        "condition.folder.open": "D'autres peuvent lire ou modifier des fichiers du kit.",
        "conditionRemedy.folder.open": "Rétablissez les droits (chmod 600) et cherchez qui les a changés.",
        "condition.folder.wasOpen":
            "Des fichiers du kit étaient ouverts à d’autres ; ils ont été fermés à l’ouverture.",
        "conditionRemedy.folder.wasOpen": "Cherchez qui a changé les droits, et si quelqu’un a lu ces fichiers.",
        "condition.folder.foreign":
            "Parmi les fichiers du kit se trouve quelque chose d'un autre utilisateur, ou qui n'est pas un fichier.",
        "conditionRemedy.folder.foreign": "N'utilisez pas le kit ; faites vérifier par le bureau qui y a eu accès.",
        "condition.folder.unknown":
            "On ne sait pas si ce système de fichiers garde ce qui est écrit quand le courant est coupé.",
        "conditionRemedy.folder.unknown":
            "Placez le dossier sur un disque du portable (LOKET_HOME), en ext4, xfs ou btrfs.",
        "condition.key.machineUnlimited": "La puce du portable ne limite pas sûrement les essais de mot de passe.",
        "conditionRemedy.key.machineUnlimited":
            "Limitez les essais avec « loket key protect-chip » ; d'ici là, le mot de passe doit résister seul aux essais.",
        "condition.key.chipUnused":
            "Qui copie le disque peut essayer le mot de passe ailleurs ; la puce de ce portable n'est pas utilisée.",
        "conditionRemedy.key.chipUnused":
            "Placez la clé sous la puce : loket key move --to machine, puis loket key rotate.",

        // Cards that open the kit
        "failure.store.cardRefused.title": "Cette carte n’ouvre pas ce kit",
        "failure.store.cardRefused.happened":
            "La puce de sécurité de cet ordinateur ne connaît pas cette carte, ou ne la connaît plus.",
        "failure.store.cardRefused.remedy":
            "Utilisez la carte d’un agent qui peut ouvrir ce kit, ou le mot de passe du kit ; un technicien ajoute des cartes (« loket key cards add »).",
        "failure.store.cardUnknownToChip.title": "Cet ordinateur ne peut pas vérifier cette carte",
        "failure.store.cardUnknownToChip.happened":
            "La puce de sécurité ne sait pas calculer avec la clé de cette carte (P-384).",
        "failure.store.cardUnknownToChip.remedy":
            "Ouvrez le kit avec le mot de passe, puis identifiez-vous avec la carte.",

        // The day's state once it is closed.
        "failure.input.dayToCome.title": "Ce jour n’est pas encore venu",
        "failure.input.dayToCome.happened":
            "Une journée ne peut être clôturée qu’une fois commencée, selon l’horloge de ce kit.",
        "failure.input.dayToCome.remedy":
            "Choisissez aujourd’hui ou un jour antérieur. Si la date est fausse, faites vérifier l’horloge.",

        // The stick on which packets travel.
        "failure.stick.absent.title": "Pas de clé USB de ce kit",
        "failure.stick.absent.happened": "Il n’y a pas de clé USB à cet endroit, ou elle ne contient rien de ce kit.",
        "failure.stick.absent.remedy":
            "Insérez la bonne clé, attendez que l’ordinateur l’affiche, et donnez le dossier où elle se trouve.",
        "failure.stick.full.title": "La clé USB est pleine",
        "failure.stick.full.happened": "Il n’y a plus de place sur la clé USB. Ce qui s’y trouvait déjà est entier.",
        "failure.stick.full.remedy":
            "Prenez une deuxième clé pour le reste, ou libérez de la place et recommencez : l’écriture reprend où elle s’est arrêtée.",
        "failure.stick.gone.title": "La clé USB a disparu",
        "failure.stick.gone.happened": "La clé USB a été retirée ou ne répond plus pendant l’écriture ou la lecture.",
        "failure.stick.gone.remedy":
            "Réinsérez-la et recommencez : ce qui y est déjà entier est sauté. Ne la retirez que lorsque le programme a fini.",
        "failure.stick.readOnly.title": "La clé USB est protégée en écriture",
        "failure.stick.readOnly.happened": "Ce programme ne peut rien écrire sur la clé USB.",
        "failure.stick.readOnly.remedy":
            "Déplacez le curseur de la clé, ou prenez-en une autre. Un technicien peut vérifier comment elle est montée.",
        "failure.stick.damaged.title": "La clé USB ne garde pas ce qu’on y écrit",
        "failure.stick.damaged.happened": "Un fichier relu sur la clé USB diffère de ce qui a été écrit.",
        "failure.stick.damaged.remedy":
            "N’utilisez plus cette clé pour des paquets : prenez-en une autre et recommencez.",
        "failure.stick.fileTooLarge.title": "Le paquet est trop grand pour cette clé",
        "failure.stick.fileTooLarge.happened":
            "Le système de fichiers de la clé USB n’accepte pas un fichier de cette taille.",
        "failure.stick.fileTooLarge.remedy": "Prenez une clé formatée en exFAT ou en ext4, ou envoyez par le réseau.",
        "failure.stick.failing.title": "La clé USB ne fonctionne pas bien",
        "failure.stick.failing.happened": "La clé USB donne une erreur que ce programme ne connaît pas.",
        "failure.stick.failing.remedy": "Prenez une autre clé. Si cela se reproduit, signalez le code ci-dessous.",

        // A row that is not as the kit wrote it.
        "failure.store.rowChanged.title": "Une donnée enregistrée a été modifiée",
        "failure.store.rowChanged.happened":
            "Ce qui est sur le disque n’est plus ce que ce kit a écrit : quelqu’un ou un disque défectueux l’a modifié. Ce n’est pas utilisé ; tout le reste est conservé et continue.",
        "failure.store.rowChanged.remedy":
            "S’il s’agit d’une demande : arrêtez-la avec un motif et reprenez-la. Signalez le code ci-dessous et faites lancer « loket selftest » par un technicien.",
        "failure.store.keyMissing.title": "La clé du stockage manque",
        "failure.store.keyMissing.happened":
            "Le fichier store.key a disparu ou est endommagé ; sans lui le stockage ne s'ouvre pas.",
        "failure.store.keyMissing.remedy":
            "Ne réinitialisez pas le kit. Remettez store.key s'il en existe une copie, ou apportez le kit au bureau ; les paquets scellés vont sur une clé USB avec « loket queue export --rescue ».",
        "failure.store.keyExists.title": "Ce kit est déjà configuré",
        "failure.store.keyExists.happened":
            "Ce dossier contient déjà une clé ; elle n'est jamais écrasée, sinon plus personne ne lirait les dossiers.",
        "failure.store.keyExists.remedy":
            "Ouvrez le kit tel quel. S'il doit repartir de zéro : d'abord « loket sync », puis « loket erase », et un nouveau dossier.",
        "failure.store.otherStore.title": "Le stockage appartient à un autre kit",
        "failure.store.otherStore.happened":
            "Les fichiers de ce dossier n'ont pas été faits ensemble : l'un vient d'un autre kit, ou d'un kit d'exercice. Rien n'y a été modifié.",
        "failure.store.otherStore.remedy":
            "Vérifiez que le bon dossier est choisi (--home). Si quelque chose a été restauré ou échangé, apportez le kit au bureau.",
        "failure.store.changed.title": "Impossible maintenant",
        "failure.store.changed.happened":
            "Le dossier ou le paquet est déjà plus loin que cette étape ; rien n'a été modifié.",
        "failure.store.changed.remedy": "Rouvrez le dossier ou la file, regardez l'état actuel et recommencez l'étape.",
        "failure.store.packetsWaiting.title": "Des paquets attendent encore",
        "failure.store.packetsWaiting.happened": "Tout n'est pas arrivé à la centrale ; rien n'a été effacé.",
        "failure.store.packetsWaiting.remedy":
            "Envoyez-les d'abord avec « loket sync », ou exportez-les sur une clé USB. Avec --keep-packets ils restent sur le disque.",
        "failure.input.notFound.title": "Introuvable",
        "failure.input.notFound.happened": "Aucun paquet ni dossier de ce kit ne porte ce numéro.",
        "failure.input.notFound.remedy": "Vérifiez le numéro dans la liste : loket queue list.",
        "failure.input.notConfirmed.title": "Non confirmé",
        "failure.input.notConfirmed.happened": "La question n'a pas reçu de oui ; rien n'a été fait.",
        "failure.input.notConfirmed.remedy":
            "Recommencez et tapez exactement ce qui est demandé, si vous le voulez vraiment.",
        "failure.input.notPossible.title": "Cela ne convient pas à ce kit",
        "failure.input.notPossible.happened":
            "Ce qui est demandé n'est pas possible dans l'état de ce kit ; rien n'a été modifié.",
        "failure.input.notPossible.remedy":
            "Lisez la raison ci-dessous ; loket kit status et loket key status montrent l'état.",
        "failure.input.noSecret.title": "Pas de mot de passe ni de code PIN",
        "failure.input.noSecret.happened": "Rien n'a été tapé, ou il n'y a pas de terminal.",
        "failure.input.noSecret.remedy": "Relancez dans un terminal, ou donnez un fichier (--passphrase-file).",
        "failure.input.unwritableFile.title": "Le fichier ne peut pas être écrit",
        "failure.input.unwritableFile.happened": "Ce programme ne peut rien écrire à l'endroit demandé.",
        "failure.input.unwritableFile.remedy": "Choisissez un dossier qui existe et où vous pouvez écrire.",
        // No memory
        "failure.store.memoryShort.title": "La mémoire est pleine",
        "failure.store.memoryShort.happened":
            "L’ordinateur ne donne plus de mémoire. Ce que vous demandiez n’a pas été fait ; tout ce qui était enregistré est toujours là.",
        "failure.store.memoryShort.remedy":
            "Fermez les autres programmes et réessayez. Si cela n’aide pas, redémarrez l’ordinateur : la saisie reprend où elle en était.",
        "kept.rest":
            "Ce qui reste n’a pas été touché et rien n’a été remplacé. Les paquets scellés se trouvent dans le dossier « packets » du kit.",
        "failure.store.storeMissing.title": "La base de données du kit a disparu",
        "failure.store.storeMissing.happened":
            "Ce kit avait une base de données (store.sqlite), et elle manque ou est vide. Les dossiers ouverts et la file d’attente s’y trouvaient.",
        "failure.store.storeMissing.remedy":
            "N’enregistrez plus rien avec ce kit et prévenez le bureau. Un technicien remet store.sqlite en place s’il existe encore ; les paquets scellés vont à la centrale avec « loket queue export --rescue CLÉ ».",
        "failure.store.kitMissing.title": "Les clés propres au kit ont disparu",
        "failure.store.kitMissing.happened":
            "Le fichier kit.sealed manque à côté du reste de ce kit. Les dossiers ouverts et les paquets scellés qui s’y trouvent ne sont pas effacés.",
        "failure.store.kitMissing.remedy":
            "Prévenez le bureau. Avec le paquet de configuration de ce même kit et la même phrase secrète, « loket provision » le rétablit ; les paquets scellés partent aussi sans cela, avec « loket queue export --rescue CLÉ ».",
    ]
}
