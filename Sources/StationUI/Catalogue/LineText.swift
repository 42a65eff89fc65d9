import EnrolmentCore

/// A line that a verb prints for people. `{0}`, `{1}` in its texts are values, in the order that the tables show.
package enum LineText: String, CaseIterable, Sendable {
    // The day's sheet.
    case sheetTitle
    case sheetTitleTraining
    case sheetSealed
    case sheetSequences
    case sheetReceived
    case sheetPurged
    case sheetWaiting
    case sheetConflict
    case sheetRefused
    case sheetCases
    case sheetCasesText
    case sheetSent
    case sheetSentText
    case sheetClock
    case sheetClockEvidence
    case sheetLeft
    case sheetLeftCase
    case sheetSetAside
    case sheetNotClosed
    case sheetClosed
    case sheetClosedBy
    case sheetSupplement
    case sheetJournal
    case sheetKey
    case sheetSignature
    case sheetWorkSince
    case clockCompared
    case clockPlausible
    case clockImpossible
    case agoNow
    case ago
    // The journal.
    case journalOfKit
    case journalHead
    case journalRemark
    case journalWhole
    case journalAloneWhole
    case journalFiles
    case journalFaulty
    case journalExported
    case placeLine
    case placeSeal
    case remarkUnsealedLines
    case remarkDayNotClosed
    case remarkDayEarlier
    case remarkClockJumped
    case remarkClockImplausible
    case remarkRollbackAccepted
    case remarkPacketsForgotten
    case remarkSealsNotHeld
    case remarkSealsOfLostTime
    case remarkPacketsOfLostTime
    case remarkJournalOnly
    // A played day.
    case playOffline
    case playKilled
    case playOnline
    case playVisit
    case playResumed
    case playSync
    case playDay
    case playClosed
    case playSending
    case playSent
    case playNotSent
    case playCardRead
    case playNoCard
    case playPhoto
    case playFinger
    case playSignature
    case playExempt
    case playNewCardRead
    case playConfirmed
    case playPINChanged
    case playCertificates
    case playReceipt
    case playOldCard
    case playReadable
    case dayPeople
    case dayPackets
    case dayFaults
    case dayLeftovers
    case dayGood
    case dayBad
    // Applications, deliveries, visits.
    case storedAs
    case delivered
    case notDelivered
    case notDeliveredBecause
    // Synchronising.
    case syncDone
    case syncListRefused
    case syncSeals
    case syncSealRefused
    case syncProgress
    case syncTimeLeft
    // Logging in.
    case loginDone
    case loginUnchecked
    case loginPassphraseSet
    case loginOfficers
    case loginOfficersUntil
    case loginRoots
    case loginQuestions
    // The kit as a whole.
    case kitReady
    case kitRoom
    case kitOld
    case kitOverdue
    case kitDamaged
    case kitFilesClosed
    case kitOlderCopy
    case kitAcceptRollback
    case kitChipOpen
    case kitReceivedElsewhere
    case kitNextPacket
    // Its key.
    case keyFirstVersion
    case keyPlace
    case keyLock
    case keyCards
    case keyChip
    case keyChipUnnamed
    case keyMade
    case keyRotating
    case chipOpen
    case chipOurs
    case chipOthers
    case chipUnchanged
    case cardsNone
    case cardsRow
    // Erasing a kit.
    case erasedKit
    case erasedLost
    case erasedKept
    case erasedUnproven
    case erasedRefused
    case erasedChip
    case erasedSearched
    case erasedCopiesOpen
    case erasedCopiesShut
    case erasedStatement
    case eraseWarning
    case eraseLost
    case eraseNone
    case eraseKept
    case eraseAsk
    case exposedSecret
    /// `{0}` is the file of the label; the kit is made.
    case labelNotWritten
    // The queue and the stick.
    case queueUnreadable
    case queueUnderWay
    case stickWritten
    case stickThere
    case stickWithoutManifest
    case stickNotWritten
    case stickSeal
    case stickReceived
    case stickKnown
    case stickKept
    case stickEarly
    case stickRefused
    case packetSealedFor
    // Fingers and signatures.
    case fingerQuality
    case fingerQualityWanted
    case fingerDo
    case calibrateLay
    case calibrateHorizontal
    case calibrateVertical
    case calibrateNoLines
    case calibrateWithin
    case calibrateBeyond
    case calibrateTurned
    case calibrateWritten
    case fingerSame
    case fingerOther
    case fingerPicture
    case cardRead
}

extension Catalogue {
    /// A line of a verb, with its values filled in.
    package func line(_ text: LineText, _ values: String...) -> String { line(text, values) }

    package func line(_ text: LineText, _ values: [String]) -> String { fill(self[.line(text)], values) }
}
