extension Catalogue {
    /// What can fail at a device: a title, what happened, and what to do. `{0}` is the device.
    static let frenchDeviceFailures: [String: String] = [
        "failure.device.absent.title": "Introuvable : {0}",
        "failure.device.absent.happened": "{0} n’a pas de connexion, ou l’ordinateur ne voit pas l’appareil.",
        "failure.device.absent.remedy":
            "Branchez {0} (câble USB) et réessayez. Si cela n’aide pas, prenez un autre port.",
        "failure.device.unplugged.title": "Connexion perdue : {0}",
        "failure.device.unplugged.happened": "La connexion s’est coupée pendant que {0} travaillait.",
        "failure.device.unplugged.remedy": "Rebranchez {0} (câble USB) et recommencez cette prise.",
        "failure.device.ambiguous.title": "Plus d’un appareil : {0}",
        "failure.device.ambiguous.happened":
            "Plus d’un appareil branché se présente comme {0}, et rien n’indique lequel est le bon.",
        "failure.device.ambiguous.remedy":
            "Laissez-en un et débranchez l’autre. Un technicien peut en choisir un avec --serial.",
        "failure.device.busy.title": "Pas libre : {0}",
        "failure.device.busy.happened": "Un autre programme occupe {0}.",
        "failure.device.busy.remedy": "Fermez l’autre programme et réessayez.",
        "failure.device.permissionDenied.title": "Accès refusé : {0}",
        "failure.device.permissionDenied.happened": "Le programme ne peut pas utiliser {0} sur cet ordinateur.",
        "failure.device.permissionDenied.remedy":
            "Un technicien doit rétablir les droits : loket selftest indique ce qui manque.",
        "failure.device.timedOut.title": "{0} ne répond pas",
        "failure.device.timedOut.happened": "{0} n’a pas répondu à temps.",
        "failure.device.timedOut.remedy":
            "Réessayez. Si l’appareil ne répond toujours pas, débranchez le câble USB, attendez un peu et rebranchez-le.",
        "failure.device.cancelled.title": "Interrompu",
        "failure.device.cancelled.happened": "Ce que faisait {0} a été interrompu.",
        "failure.device.cancelled.remedy": "Recommencez la prise quand vous voulez.",
        "failure.device.protocolViolation.title": "{0} répond mal",
        "failure.device.protocolViolation.happened": "{0} a donné une réponse incorrecte.",
        "failure.device.protocolViolation.remedy":
            "Débranchez le câble USB, rebranchez-le et réessayez. Si cela se répète, signalez le code ci-dessous.",
        "failure.device.serviceDown.title": "Service arrêté : {0}",
        "failure.device.serviceDown.happened": "Un service de cet ordinateur dont {0} a besoin ne fonctionne pas.",
        "failure.device.serviceDown.remedy": "Redémarrez l’ordinateur. Ce qui est enregistré est conservé.",
        "failure.device.unreadable.title": "Réponse illisible : {0}",
        "failure.device.unreadable.happened": "Ce que {0} a donné ne peut pas être lu.",
        "failure.device.unreadable.remedy": "Réessayez. Si cela se répète, signalez le code ci-dessous.",

        "failure.scanner.busy.remedy":
            "C’est en général fprintd, la connexion par empreinte digitale. Fermez l’autre programme, ou faites exécuter « systemctl mask --now fprintd » par un technicien, et réessayez.",
        "failure.scanner.permissionDenied.remedy":
            "La règle udev du kit manque. Un technicien exécute « loket devices udev | sudo tee /etc/udev/rules.d/60-draagbaar-loket.rules » ; rebranchez ensuite le scanner.",
        "failure.scanner.unreadable.remedy": "Essuyez la vitre et reprenez le doigt.",
        "failure.cardReader.timedOut.remedy": "Retirez la carte, essuyez la puce et introduisez-la à nouveau.",
        "failure.cardReader.unreadable.remedy":
            "Essuyez la puce de la carte et relisez-la. Si cela échoue encore, la carte est abîmée : appuyez sur F3 à l’étape Carte.",
        "failure.cardReader.serviceDown.remedy":
            "Ce service s’appelle pcscd. Redémarrez l’ordinateur ; ce qui est enregistré est conservé.",
        "failure.camera.busy.remedy":
            "Fermez tout autre programme qui utilise la caméra, comme les appels vidéo, et réessayez.",
    ]
}
