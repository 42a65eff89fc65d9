extension Catalogue {
    /// What the verbs print about a kit and its devices, and things that are counted.
    static let englishKitLines: [String: String] = [
        // The kit as a whole.
        "line.kitReady": "kit {0} is ready in {1}",
        "line.kitRoom": "{0}: room for {1} visits ({2})",
        "line.kitOld": "old cases {0}, packets that wait for long {1}",
        "line.kitOverdue":
            "OLDER THAN THE LAW ALLOWS: {0} cases. An officer stops them with the reason “Retention period over”.",
        "line.kitDamaged":
            "NOT AS THE KIT KEPT IT: packets set aside {0}, rows unreadable {1}, unknown files {2}. Tell the office and delete nothing.",
        "line.kitFilesClosed": "Files that others could read were closed: {0}. Tell the office.",
        "line.kitOlderCopy": "THIS FOLDER IS AN OLDER COPY OF ITSELF (found by {0}): nothing is sealed.",
        "line.kitAcceptRollback": "Synchronise, then: loket kit accept-rollback --officer NUMBER",
        "line.kitChipOpen": "The laptop’s chip does not limit guesses for everybody: loket key protect-chip",
        "line.kitReceivedElsewhere": "Central has these cases already: {0}",
        "line.kitNextPacket": "The next packet is number {0}.",

        // Its key.
        "line.keyFirstVersion": "store.key is of version 1; the next opening makes it one of version 3",
        "line.keyPlace": "{0} (place {1} of the chip)",
        "line.keyLock": "lock: {0}, {1} MiB, {2} passes a guess, since {3}",
        "line.keyCards": "cards: {0}",
        "line.keyChip": "chip: {0}",
        "line.keyChipUnnamed": "chip: not named; the next opening does it",
        "line.keyMade": "key {0}, made {1}",
        "line.keyRotating": "a rotation is under way; the next opening finishes it",
        "line.chipOpen":
            "chip: ANYBODY MAY SET ITS LIMIT BACK ({0} wrong guesses, one forgotten after {1} s, {2} counted now): run loket key protect-chip",
        "line.chipOurs":
            "chip: limits guesses ({0} wrong guesses, one forgotten after {1} s, {2} counted now), by this kit",
        "line.chipOthers":
            "chip: limits guesses ({0} wrong guesses, one forgotten after {1} s, {2} counted now), by another owner’s authority",
        "line.chipUnchanged": "nothing was changed: another owner of this laptop has set the TPM’s lockout authority",
        "line.cardsNone": "no card opens this kit",
        "line.cardsRow": "{0}  until {1}, added {2}",

        // Erasing a kit.
        "line.erasedKit": "kit {0}: {1}",
        "line.erasedLost": "{0} and {1} can never be read again",
        "line.erasedKept": "{0} stay, {1} of them not yet at central",
        "line.erasedUnproven": "not proven: it was cut short before anything was looked for",
        "line.erasedRefused": "the right passphrase is refused ({0})",
        "line.erasedChip": "{0}, the chip says {1}",
        "line.erasedSearched":
            "{0}; {1} spellings of keys and plain text looked for in {2} bytes of {3} files: found in {4} (before: {5})",
        "line.erasedCopiesOpen": "a copy of the disk that was made before still opens with the passphrase",
        "line.erasedCopiesShut":
            "a copy of the disk that was made before opens nowhere: the chip has forgotten its part",
        "line.erasedStatement": "statement: {0}",
        "line.eraseWarning": "Nobody can undo this, central neither.",
        "line.eraseLost": "Unreadable for ever: open cases {0}; {1}; the keys of this kit.",
        "line.eraseNone": "none",
        "line.eraseKept": "Stays: {0}, {1} of them not yet at central.",
        "line.eraseAsk": "Type the kit’s name ({0}) to erase: ",

        // The queue and the stick.
        "line.queueUnreadable": "{0} of the queue cannot be read; the others are not held up",
        "line.queueUnderWay": "under way",
        "line.stickWritten": "{0}  written",
        "line.stickThere": "{0}  already there",
        "line.stickWithoutManifest": "{0}  without its manifest: central can open it, and not place it",
        "line.stickNotWritten": "{0}  not written: {1}",
        "line.stickSeal": "seal {0} of a closed day  written",
        "line.exposedSecret": "Others may read {0}: run chmod 600 on it, and ask who has read it.",
        "line.labelNotWritten":
            "The kit is ready, but {0} could not be written: its screen will not name the municipality.",
        "line.stickReceived": "{0}  received",
        "line.stickKnown": "{0}  known",
        "line.stickKept": "{0}  receipt kept; the row of this packet is damaged, and its file stays",
        "line.stickEarly": "{0}  receipt {1} must come first",
        "line.stickRefused": "{0}  refused: {1}",
        "line.packetSealedFor": "sealed for {0}, {1}",

        // Fingers and signatures.
        "line.fingerQuality": "quality {0} ({1})",
        "line.fingerQualityWanted": "quality {0} ({1}, {2} wanted)",
        "line.fingerDo": "do: {0}",
        "line.calibrateLay": "Put the ruler or the grid on the glass and press Enter.",
        "line.calibrateHorizontal": "horizontal",
        "line.calibrateVertical": "vertical",
        "line.calibrateNoLines": "{0}: no lines in the picture",
        "line.calibrateWithin": "{0}: {1} pixels an inch ± {2} %, within 1 % of the profile’s {3}",
        "line.calibrateBeyond": "{0}: {1} pixels an inch ± {2} %, more than 1 % from the profile’s {3}",
        "line.calibrateTurned": "target turned by {0}",
        "line.calibrateWritten": "written to {0}",
        "line.fingerSame": "the same finger: similarity {0}, threshold {1}",
        "line.fingerOther": "not the same finger: similarity {0}, threshold {1}",
        "line.fingerPicture": "{0}×{1} px, {2} minutiae, {3} grey levels",
        "line.cardRead": "card {0}, applet {1}, {2}",

        // Counted things.
        "count.attempt.one": "{0} attempt", "count.attempt.more": "{0} attempts",
        "count.byte.one": "{0} byte", "count.byte.more": "{0} bytes",
        "count.chunk.one": "{0} chunk", "count.chunk.more": "{0} chunks",
        "count.day.one": "{0} day", "count.day.more": "{0} days",
        "count.draft.one": "{0} case", "count.draft.more": "{0} cases",
        "count.file.one": "{0} file", "count.file.more": "{0} files",
        "count.hour.one": "{0} hour", "count.hour.more": "{0} hours",
        "count.line.one": "{0} line", "count.line.more": "{0} lines",
        "count.minute.one": "{0} minute", "count.minute.more": "{0} minutes",
        "count.packet.one": "{0} packet", "count.packet.more": "{0} packets",
        "count.plannedVisit.one": "{0} planned visit", "count.plannedVisit.more": "{0} planned visits",
        "count.point.one": "{0} point", "count.point.more": "{0} points",
        "count.receipt.one": "{0} receipt", "count.receipt.more": "{0} receipts",
        "count.row.one": "{0} row", "count.row.more": "{0} rows",
        "count.seal.one": "{0} seal", "count.seal.more": "{0} seals",
        "count.sealedPacket.one": "{0} sealed packet", "count.sealedPacket.more": "{0} sealed packets",
        "count.second.one": "{0} second", "count.second.more": "{0} seconds",
        "count.stroke.one": "{0} stroke", "count.stroke.more": "{0} strokes",
        "count.visit.one": "{0} visit", "count.visit.more": "{0} visits",
    ]
}
