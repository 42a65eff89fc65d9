extension Catalogue {
    /// What can fail beside the devices: a title, what happened, and what to do.
    static let englishFailures: [String: String] = [
        "kept.nothingToKeep": "Nothing had been taken yet.",
        "kept.draft": "All that had been taken for this person is on the disk, encrypted.",
        "kept.packet": "What is sealed stays safe on the disk.",

        "failure.store.diskFull.title": "The disk is full",
        "failure.store.diskFull.happened": "There is no room left to save anything.",
        "failure.store.diskFull.remedy":
            "Send the queue: what has been received is erased here and makes room. Then try again.",
        "failure.store.unreadable.title": "The storage cannot be read",
        "failure.store.unreadable.happened": "Something on this kit’s disk cannot be read.",
        "failure.store.unreadable.remedy": "Take nothing more with this kit and bring it to the office.",
        "failure.store.unwritable.title": "Saving fails",
        "failure.store.unwritable.happened": "This kit’s disk accepts nothing more.",
        "failure.store.unwritable.remedy":
            "Try to save again. If it fails, do not close the laptop and call the office.",
        "failure.store.wrongPassphrase.title": "Wrong passphrase",
        "failure.store.wrongPassphrase.happened": "This passphrase does not open the storage.",
        "failure.store.wrongPassphrase.remedy": "Type the passphrase again; mind the capitals.",
        "failure.store.unsafeSetting.title": "The storage is not set up safely",
        "failure.store.unsafeSetting.happened":
            "A setting that prevents loss in a power cut is not on. The program does not start like this.",
        "failure.store.unsafeSetting.remedy": "A technician must check the kit: loket selftest.",
        "failure.store.newerSchema.title": "The storage is of a newer version",
        "failure.store.newerSchema.happened": "A newer version of this program has used the storage.",
        "failure.store.newerSchema.remedy": "Start the newest version of loket. This version touches nothing.",
        "failure.store.packetDamaged.title": "A packet is damaged",
        "failure.store.packetDamaged.happened":
            "The bytes of a packet on the disk are no longer those that were sealed.",
        "failure.store.packetDamaged.remedy":
            "Erase nothing and report it to the office: the person may have to be helped again.",
        "failure.store.inUse.title": "Loket is already running",
        "failure.store.inUse.happened": "Another window of this program is using this kit’s storage.",
        "failure.store.inUse.remedy": "Go to the other window, or close it and start again.",

        "failure.central.unreachable.title": "Central cannot be reached",
        "failure.central.unreachable.happened": "There is no network, or central does not answer.",
        "failure.central.unreachable.remedy":
            "Simply carry on. The kit tries again later, or you press F3 when there is a network.",
        "failure.central.wrongCertificate.title": "This is not central",
        "failure.central.wrongCertificate.happened":
            "What answered could not prove that it is central. Nothing was sent.",
        "failure.central.wrongCertificate.remedy":
            "Use another network. A guest network with a sign-in page causes this too.",
        "failure.central.kitRefused.title": "The kit is refused",
        "failure.central.kitRefused.happened": "Central does not accept this kit (any more).",
        "failure.central.kitRefused.remedy": "Contact the office: the kit must be set up again.",
        "failure.central.trainingRefused.title": "Training work is refused",
        "failure.central.trainingRefused.happened": "Central does not take training packets for real applications.",
        "failure.central.trainingRefused.remedy":
            "There is nothing to do: training work does not belong in the real central.",
        "failure.central.receiptForged.title": "The receipt is not right",
        "failure.central.receiptForged.happened":
            "The receipt is not from central, or not for this packet. It does not count.",
        "failure.central.receiptForged.remedy": "The packet stays in the queue. Report this to the office.",
        "failure.central.conflict.title": "Conflict with central",
        "failure.central.conflict.happened": "Central has another packet under this name.",
        "failure.central.conflict.remedy": "The packet stays here. The office must compare the two.",
        "failure.central.refused.title": "Packet refused",
        "failure.central.refused.happened": "Central has checked the packet and refuses it.",
        "failure.central.refused.remedy":
            "The packet stays here. The office sees the reason and says whether the person must be helped again.",
        "failure.central.unexpectedAnswer.title": "Strange answer",
        "failure.central.unexpectedAnswer.happened": "Central gave an answer that this program does not know.",
        "failure.central.unexpectedAnswer.remedy": "Try again later. If it comes back, report the code below.",

        "failure.input.unreadableFile.title": "File not readable",
        "failure.input.unreadableFile.happened": "The file does not exist or cannot be read.",
        "failure.input.unreadableFile.remedy": "Check the name and the place of the file.",
        "failure.input.invalidScript.title": "Script not valid",
        "failure.input.invalidScript.happened": "The script contains something that the program does not understand.",
        "failure.input.invalidScript.remedy": "Correct the script at the place given with the code.",
        "failure.input.unknownVisit.title": "Unknown visit",
        "failure.input.unknownVisit.happened": "This visit or case is not on this kit.",
        "failure.input.unknownVisit.remedy": "Import the office’s list again: loket visits import.",
        "failure.input.missingConfiguration.title": "Kit not set up",
        "failure.input.missingConfiguration.happened": "This kit lacks a setting that it needs.",
        "failure.input.missingConfiguration.remedy": "Set up the kit with: loket provision.",
        "failure.input.unfitTarget.title": "Cannot be measured",
        "failure.input.unfitTarget.happened": "The picture holds no even lines at the distance given.",
        "failure.input.unfitTarget.remedy":
            "Lay a ruler or grid flat and straight on the glass, give the right distance with --pitch, and measure again.",

        // Login.
        "failure.login.needed.title": "Log in first",
        "failure.login.needed.happened": "This kit works only for an officer who has logged in.",
        "failure.login.needed.remedy": "Log in with your own identity card and its PIN.",
        "failure.login.notOnRoster.title": "You are not on the list",
        "failure.login.notOnRoster.happened": "The holder of this card may not use this kit.",
        "failure.login.notOnRoster.remedy": "Ask the office to put you on the list, and sync the kit.",
        "failure.login.rosterExpired.title": "The list has run out",
        "failure.login.rosterExpired.happened": "The list of who may use this kit has run out or is not there.",
        "failure.login.rosterExpired.remedy": "Sync the kit with central to get a new list.",
        "failure.login.cardNotProven.title": "The card is not proven",
        "failure.login.cardNotProven.happened": "The card’s certificate cannot be proven, has run out or was revoked.",
        "failure.login.cardNotProven.remedy":
            "See whether it is your valid card. If it has run out or is blocked, ask for a new one.",
        "failure.login.wrongPIN.title": "The PIN is wrong",
        "failure.login.wrongPIN.happened": "The card refused the PIN; one try is used.",
        "failure.login.wrongPIN.remedy": "See how many tries are left, and try again.",
        "failure.login.pinBlocked.title": "The PIN is blocked",
        "failure.login.pinBlocked.happened": "No tries are left for the PIN of this card.",
        "failure.login.pinBlocked.remedy":
            "Have the PIN unblocked at your municipality, or with the PUK of an older card.",
        "failure.login.passphraseNotAllowed.title": "No passphrase allowed",
        "failure.login.passphraseNotAllowed.happened":
            "The list lets this officer use no passphrase, or none was set yet.",
        "failure.login.passphraseNotAllowed.remedy":
            "Log in with your card. A passphrase can then be set with: loket login --set-passphrase.",
        "failure.login.wrongPassphrase.title": "The passphrase is wrong",
        "failure.login.wrongPassphrase.happened": "The staff number and the passphrase do not belong together.",
        "failure.login.wrongPassphrase.remedy": "Try again, or log in with your card.",
        "failure.login.tooManyTries.title": "Too many tries",
        "failure.login.tooManyTries.happened": "A wrong passphrase was typed too often; there is a wait now.",
        "failure.login.tooManyTries.remedy": "Wait and then try again, or log in with your card.",

        // The vault
        "failure.store.machineChanged.title": "This laptop does not give the key",
        "failure.store.machineChanged.happened":
            "The security chip (TPM) does not answer, is another one, or the laptop started differently than before.",
        "failure.store.machineChanged.remedy":
            "Restart the laptop. If it comes back, do not use the kit and call a technician: sealed packets can still go to a stick (\"loket queue export\").",
        "failure.store.tooManyTries.title": "Too many wrong passphrases",
        "failure.store.tooManyTries.happened": "The security chip of this laptop takes no passphrase for a while.",
        "failure.store.tooManyTries.remedy": "Wait some minutes and try again; restarting does not help.",
        "failure.store.rolledBack.title": "This is an older copy of the kit",
        "failure.store.rolledBack.happened":
            "The data on this disk are older than what this kit has already done: somebody put an old copy back.",
        "failure.store.rolledBack.remedy":
            "Take no applications with this kit. Call a technician; the office sees at central what has already arrived.",
        "failure.store.erased.title": "The keys of this kit were destroyed",
        "failure.store.erased.happened":
            "Somebody erased this kit on purpose; what was not sealed, nobody can read any more.",
        "failure.store.erased.remedy":
            "Sealed packets that are still there go to a stick with \"loket queue export --rescue\". Then a technician sets the kit up again.",
        "failure.central.chainForked.title": "Central knows another kit of this name",
        "failure.central.chainForked.happened":
            "Under this number central already has another packet of this kit: a copy of the kit is in use, or this is one.",
        "failure.central.chainForked.remedy":
            "The packet is kept and is not sent. Do not use the kit any further and call the technician.",
        "failure.central.caseKnown.title": "This case is already done",
        "failure.central.caseKnown.happened": "There is a packet for this case already, on this kit or at central.",
        "failure.central.caseKnown.remedy":
            "Nothing goes twice. The office compares the two and decides; this packet is kept.",

        // The technician's test
        "selfTestVerdict.passed": "good",
        "selfTestVerdict.attention": "attention",
        "selfTestVerdict.failed": "FAULT",
        "condition.memory.secretsOnly": "Only keys, PINs and passphrases stay out of swap.",
        "conditionRemedy.memory.secretsOnly":
            "Let the kit's user lock memory without limit: LimitMEMLOCK=infinity in systemd, or memlock unlimited in limits.conf.",
        "condition.coreFiles.on": "After a crash, memory of this program can reach the disk.",
        "conditionRemedy.coreFiles.on":
            "Do not use this kit, and report it: the program was not started as it should be.",
        "condition.swap.plain": "Swap lies on the disk in the clear; this program stays out of it, others do not.",
        "conditionRemedy.swap.plain":
            "Turn swap off (swapoff -a, and out of /etc/fstab) or encrypt it with dm-crypt (/etc/crypttab).",
        "condition.swap.leaks": "What was taken from a person can get into swap on the disk, in the clear.",
        "conditionRemedy.swap.leaks": "Turn swap off or encrypt it, and set LimitMEMLOCK=infinity.",
        "condition.swap.unknown": "Whether swap is encrypted cannot be seen.",
        "conditionRemedy.swap.unknown": "See with swapon --show and lsblk where it lies; otherwise turn it off.",
        "condition.hibernation.plain": "Hibernation writes all memory, keys included, to the disk in the clear.",
        "conditionRemedy.hibernation.plain":
            "Turn hibernation off: start the kernel with nohibernate, or systemctl mask hibernate.target hybrid-sleep.target, and turn off swap that is in the clear.",
        "condition.folder.inMemory": "The data folder lies in memory: when the power goes, everything is gone.",
        "conditionRemedy.folder.inMemory":
            "Put the folder on a disk of the laptop's own (LOKET_HOME), with ext4, xfs or btrfs.",
        "condition.folder.remote":
            "The data folder lies on another machine, which decides itself when it stores something.",
        "conditionRemedy.folder.remote":
            "Put the folder on a disk of the laptop's own (LOKET_HOME), with ext4, xfs or btrfs.",
        "condition.folder.unsynchronised": "The file system is mounted so that saving does not wait for the disk.",
        "conditionRemedy.folder.unsynchronised":
            "Take nobarrier, barrier=0 or volatile out of the mount options (/etc/fstab) and mount again.",
        "condition.folder.tooQuick": "Saving is quicker than a disk can be: perhaps it does not get there.",
        "conditionRemedy.folder.tooQuick":
            "See whether the disk has a cache that keeps its power; in a virtual machine: whether the host really writes.",
        "condition.folder.open": "Others may read or change files of the kit.",
        "conditionRemedy.folder.open": "Set the modes back (chmod 600), and find out who changed them.",
        "condition.folder.wasOpen": "Files of the kit were open to others, and were closed when it was opened.",
        "conditionRemedy.folder.wasOpen": "Find out who changed the modes, and whether anybody read the files.",
        "condition.folder.foreign":
            "Among the kit's files lies something of somebody else, or something that is no file.",
        "conditionRemedy.folder.foreign": "Do not use the kit; have the office find out who got at it.",
        "condition.folder.unknown": "Whether this file system keeps what is written when the power goes is not known.",
        "conditionRemedy.folder.unknown":
            "Put the folder on a disk of the laptop's own (LOKET_HOME), with ext4, xfs or btrfs.",
        "condition.key.machineUnlimited": "The laptop's chip does not surely limit guesses at the passphrase.",
        "conditionRemedy.key.machineUnlimited":
            "Close it to guesses with “loket key protect-chip”; until then the passphrase alone has to withstand guessing.",
        "condition.key.chipUnused":
            "Whoever copies the disk can guess the passphrase elsewhere; this laptop's chip is not used.",
        "conditionRemedy.key.chipUnused":
            "Put the key under the chip: loket key move --to machine, and then loket key rotate.",

        // Cards that open the kit
        "failure.store.cardRefused.title": "This card does not open this kit",
        "failure.store.cardRefused.happened":
            "The security chip of this laptop does not know this card, or does not any more.",
        "failure.store.cardRefused.remedy":
            "Use the card of an officer who may open this kit, or the passphrase of the kit; a technician adds cards (“loket key cards add”).",
        "failure.store.cardUnknownToChip.title": "This laptop cannot check this card",
        "failure.store.cardUnknownToChip.happened":
            "The security chip cannot compute with the key of this card (P-384).",
        "failure.store.cardUnknownToChip.remedy": "Open the kit with the passphrase, and then log in with the card.",

        // The day's state once it is closed.
        "failure.input.dayToCome.title": "That day is still to come",
        "failure.input.dayToCome.happened": "A day can only be closed once it has begun, by this kit’s clock.",
        "failure.input.dayToCome.remedy":
            "Choose today or an earlier day. If the date is wrong, have the clock looked at.",

        // The stick on which packets travel.
        "failure.stick.absent.title": "No stick of this kit",
        "failure.stick.absent.happened": "There is no USB stick in that place, or nothing of this kit is on it.",
        "failure.stick.absent.remedy":
            "Insert the right stick, wait until the laptop shows it, and give the folder where it is mounted.",
        "failure.stick.full.title": "The stick is full",
        "failure.stick.full.happened": "Nothing more fits on the USB stick. What was on it already is whole.",
        "failure.stick.full.remedy":
            "Take a second stick for the rest, or make room and write again: it goes on where it stopped.",
        "failure.stick.gone.title": "The stick is gone",
        "failure.stick.gone.happened":
            "The USB stick was pulled out, or stopped answering, while it was written or read.",
        "failure.stick.gone.remedy":
            "Insert it again and write again: what is whole on it is skipped. Pull it out only when the program has ended.",
        "failure.stick.readOnly.title": "The stick is write-protected",
        "failure.stick.readOnly.happened": "This program may not write anything on the USB stick.",
        "failure.stick.readOnly.remedy":
            "Move the switch on the stick, or take another. A technician can look at how it is mounted.",
        "failure.stick.damaged.title": "The stick does not keep what is written on it",
        "failure.stick.damaged.happened": "A file reads back from the USB stick otherwise than it was written.",
        "failure.stick.damaged.remedy": "Do not use this stick for packets any more: take another and write again.",
        "failure.stick.fileTooLarge.title": "The packet is too large for this stick",
        "failure.stick.fileTooLarge.happened": "The USB stick’s file system takes no file of this size.",
        "failure.stick.fileTooLarge.remedy":
            "Take a stick that is formatted as exFAT or ext4, or send over the network.",
        "failure.stick.failing.title": "The stick does not work properly",
        "failure.stick.failing.happened": "The USB stick gives an error that this program does not know.",
        "failure.stick.failing.remedy": "Take another stick. If it comes back, report the code below.",

        // A row that is not as the kit wrote it.
        "failure.store.rowChanged.title": "A stored record was changed",
        "failure.store.rowChanged.happened":
            "What is on the disk is no longer what this kit wrote: somebody, or a failing disk, changed it. It is not used; everything else is kept and goes on.",
        "failure.store.rowChanged.remedy":
            "If it is an application: stop it with a reason and take it again. Report the code below and have a technician run \"loket selftest\".",
        "failure.store.keyMissing.title": "The store's key is missing",
        "failure.store.keyMissing.happened":
            "The file store.key is gone or damaged; without it the store does not open.",
        "failure.store.keyMissing.remedy":
            "Do not set the kit up again. Put store.key back if there is a copy, or bring the kit to the office; sealed packets go to a stick with \"loket queue export --rescue\".",
        "failure.store.keyExists.title": "This kit is set up already",
        "failure.store.keyExists.happened":
            "There is a key in this folder already; it is never overwritten, since nobody could read the cases any more.",
        "failure.store.keyExists.remedy":
            "Open the kit as it is. If it must begin anew: first \"loket sync\", then \"loket erase\", and a new folder.",
        "failure.store.otherStore.title": "The store belongs to another kit",
        "failure.store.otherStore.happened":
            "The files in this folder were not made together: one is of another kit, or of a training kit. Nothing in them was changed.",
        "failure.store.otherStore.remedy":
            "See whether the right folder was chosen (--home). If something was put back or mixed up, bring the kit to the office.",
        "failure.store.changed.title": "Not possible now",
        "failure.store.changed.happened":
            "The case or the packet has gone beyond this step in the meantime; nothing was changed.",
        "failure.store.changed.remedy":
            "Open the case or the queue again, look at what it says now, and begin the step again.",
        "failure.store.packetsWaiting.title": "Packets are still waiting",
        "failure.store.packetsWaiting.happened": "Not everything has arrived at central; nothing was erased.",
        "failure.store.packetsWaiting.remedy":
            "Send them first with \"loket sync\", or export them to a stick. With --keep-packets they stay on the disk.",
        "failure.input.notFound.title": "Not found",
        "failure.input.notFound.happened": "No packet or case on this kit has this number.",
        "failure.input.notFound.remedy": "Look the number up in the list: loket queue list.",
        "failure.input.notConfirmed.title": "Not confirmed",
        "failure.input.notConfirmed.happened": "The question was not answered with yes; nothing was done.",
        "failure.input.notConfirmed.remedy": "Begin again and type exactly what is asked, if you really want it.",
        "failure.input.notPossible.title": "That does not fit this kit",
        "failure.input.notPossible.happened":
            "What was asked for is not possible in the state of this kit; nothing was changed.",
        "failure.input.notPossible.remedy":
            "Read the reason below; loket kit status and loket key status show the state.",
        "failure.input.noSecret.title": "No passphrase or PIN",
        "failure.input.noSecret.happened": "Nothing was typed, or there is no terminal to type at.",
        "failure.input.noSecret.remedy": "Start it again in a terminal, or give a file (--passphrase-file).",
        "failure.input.unwritableFile.title": "The file cannot be written",
        "failure.input.unwritableFile.happened": "This program cannot write in the place that was asked for.",
        "failure.input.unwritableFile.remedy": "Choose a folder that exists and that you may write in.",
        // No memory
        "failure.store.memoryShort.title": "The memory is full",
        "failure.store.memoryShort.happened":
            "The laptop gives no more memory. What you asked for was not done; everything that was saved is still there.",
        "failure.store.memoryShort.remedy":
            "Close other programs and try again. If that does not help, restart the laptop: the enrolment goes on where it was.",
        "kept.rest":
            "What is left was not touched, and nothing was replaced. Sealed packets lie in the kit's folder “packets”.",
        "failure.store.storeMissing.title": "The kit's database is gone",
        "failure.store.storeMissing.happened":
            "This kit had a database (store.sqlite), and it is missing or empty. Open cases and the queue were in it.",
        "failure.store.storeMissing.remedy":
            "Take nothing more with this kit and tell the office. A technician puts store.sqlite back where it still exists; sealed packets go to central by “loket queue export --rescue STICK”.",
        "failure.store.kitMissing.title": "The kit's own keys are gone",
        "failure.store.kitMissing.happened":
            "The file kit.sealed is missing beside the rest of this kit. Open cases and sealed packets that lie here are not deleted.",
        "failure.store.kitMissing.remedy":
            "Tell the office. With the bundle of this same kit and the same passphrase “loket provision” restores it; sealed packets go without it too, by “loket queue export --rescue STICK”.",
    ]
}
