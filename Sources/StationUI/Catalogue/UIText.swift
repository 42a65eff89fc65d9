/// The texts of the screens that belong to no value of the domain.
enum UIText: String, CaseIterable, Sendable {
    // The bars.
    case trainingBanner, windowTooSmall, homeTitle, queueTitle, syncTitle, dayTitle, enrolmentTitle

    // Home.
    case homeVisits, homeNoVisits, homeQueue, homeWaiting, homeReceived, homeNeedsPerson, homeKit, homeStore,
        homeClock, homeCentral, shortScanner, shortCardReader, shortSignaturePad, shortCamera, conditionUnknown,
        conditionReady, storeFree, storeVisits, centralNotConfigured, centralReachable, centralUnreachable, casePlanned,
        caseBegun, caseStored, caseStopped

    // Keys.
    case keyHelp, keyLock, keyHelpPerson, keyQueue, keySync, keyDay, keyQuit, keyMove, keyTurn, keyBack,
        keyStartSync, keyCancelSync, keyReadCard, keyNoCard, keyConfirmPerson, keyRejectPerson, keyStartCamera,
        keyShutter, keyKeep, keyKeepOld, keyRetake, keyTakeFinger, keyTrigger, keyAcceptFinger, keyWrongFinger,
        keyMarkFinger, keyNoFingers, keyUnmark, keySign,
        keyFinishSignature, keyExempt, keyConfirmChoices, keySeal, keyRevisit, keyCancel, keyPause, keyStop,
        keySaveAgain, keyNextPerson, keyHome, choiceHint, inputHint, messageHint

    // Why a key does nothing.
    case reasonNoVisits, reasonCaseFinished, reasonSyncRuns, reasonNoSyncRuns, reasonNoCentral, reasonNothingWaits,
        reasonUnsaved, reasonCaptureRuns, reasonSealing, reasonSaving, reasonOtherPerson, reasonNoFingerLeft,
        reasonFingersTaken, reasonNoneMarked, reasonDecide, reasonPartsMissing, reasonSealWithF9

    // Card.
    case cardHeading, cardText, cardInsert, cardInsertText, cardReading, cardReadingText, cardProgress, factPlanned,
        factOnCard, factApplyingFor, noCardTitle, noCardFirst, noCardMissing, annexTitle, annexText, annexNumberEmpty

    // Person.
    case personHeading, personText, factName, factBorn, factNationalNumber, factNationality, factCardNumber,
        factValidUntil, factAddress, absenceFirst, absenceMissing, warningOtherPerson, warningNationalNumber,
        warningCardNumber, warningExpired, warningUnknownDocument, warningKindAge

    // What a card is worth.
    case factDocument, factAuthenticity, checkRunning, checkNone, warningOtherName, warningOutgrown,
        warningOddFields, reasonForged

    // Login.
    case lockedLogin, loginHeading, loginInsert, loginReading, loginPIN, loginPINText, loginWrongPIN, loginPinpadOffer,
        loginPinpad, loginPassphrase, loginStaffNumber, loginPassphraseText, pinTriesLeft, pinTriesUnknown, keyLogin,
        keyLoginAgain, keyPinpad, keyPassphrase

    // The unlock screen.
    case unlockTitle, unlockKit, unlockMunicipality, unlockTime, unlockWays, unlockByCard, unlockByPassphrase,
        unlockByOfficer, unlockEither, unlockPassphrase, unlockPassphraseText, unlockChecking, unlockTriesLeft,
        unlockWait, unlockWaitAtMost, unlockCapitals, readerAbsent, readerEmpty, readerMute, readerCard, keyUnlock,
        keyWithCard

    // Delivery.
    case deliveryTitle, deliveryOf, caseDelivery, newCardHeading, newCardText, factExpected, factRefused, factValid,
        factSigner, handoverPerson, handoverPersonText, cardWorking, cardWorkingText, pinHeading, pinAskText, pinText,
        pinWrong, pinCancelled, pinTimedOut, pinNoKey, pinOtherCard, pinChangeUnknown, trialHeading, trialText,
        certificateNotProven, replacedHeading, replacedText, replacedNothing, replacedCardText, replacedAnnexText,
        replacedNumberTitle, replacedCardAsk, receiptHeading, receiptText, reviewDeliveryText, deliveredHeading,
        deliveredText, stoppedToldText, summaryFace, summaryChildAbsent, summaryPINChanged, summaryPINKept,
        summaryPINNone, stopDeliveryTitle, stopDeliveryText, consentTitle, consentText, consentNo, consentYes,
        childAbsentTitle,
        refuseCardTitle, refuseCardText, refuseFace, refuseOther, leavePINTitle, leaveTrialTitle, otherDocumentTitle,
        otherDocumentCard, otherDocumentAnnex, notThereTitle, deviationTitle, deviationText, exemptReceiptText,
        signerTitle, signerCitizen, helpDelivery, reasonCardNotExpected, reasonPINBlocked, reasonNotOnCard,
        keyLivePhoto, keyRefuseCard,
        keyChildAbsent, keyAskPIN, keyNoPIN, keyChangePIN, keyKeepPIN, keyTryCertificate, keyNoTrial, keyPINAgain,
        keyTakeIn, keyOtherNumber, keyNotThere, keySigner

    // The screen that is turned to the citizen.
    case turnedOldPIN, turnedNewPIN, turnedNewAgain, turnedPIN, turnedText, turnedWrongLength, turnedDiffer,
        keyTurnedNext

    // Photo.
    case photoHeading, photoText, photoLive, photoLiveText, photoReview, photoReviewText

    // Fingers.
    case fingerHeading, fingerText, fingerPlace, fingerReading, fingerLift, fingerAttempt, fingerFirstText, fingerGood,
        fingerGoodText, fingerAgain, fingerAgainText, fingerBest, fingerBestText, fingerDoubt, fingerDoubtText,
        fingerScore, fingerScoreWanted, fingerWeakest, fingerHeld, fingerEarlier, warningLikeOther,
        warningUnlikeEarlier, acceptTitle, rejectTitle, wrongFingerTitle, wrongFingerText, fingersNone, fingersNoneText,
        fingerQuality, fingerKept, fingerExceptionTitle, unmarkTitle,
        noFingersTitle, noFingersText, noFingersTemporary, noFingersObvious, noFingersPermanent, attestTitle,
        attestText,
        dateNotUnderstood

    // Signature.
    case signatureHeading, signatureText, signatureLive, signatureLiveText, signatureReview, signatureReviewText,
        exemptTitle, exemptText

    // Choices.
    case choicesHeading, choicesText, choiceCertificates, choiceProcedure, choiceLanguage

    // Review and the end.
    case reviewHeading, reviewText, sealingHeading, sealingText, summaryMissing, summaryNoCard, summarySigned,
        summaryExempt, summaryNoFingersChild, summaryNoFingersEver, summaryNoFingersNow, storedHeading, storedText,
        storedNext, storedNextText, stoppedHeading, stoppedText, nextPerson, stepSpoken, stopTitle, stopText, stopNo,
        quitTitle, quitText, quitNo, quitYes

    // Saving.
    case savingHeading, savingText, unsavedHeading, unsavedText

    // Pictures.
    case pictureCard, picturePortrait, picturePhoto, picturePreview, pictureFinger, handLeft, handRight,
        pictureSignature, pictureNone, pictureWords,
        pictureInk

    // Queue and sync.
    case queuePackets, queueDetail, queueEmpty, queueNumber, queueCase, queueSealedAt, queueSize, queueSent,
        queueStateHeading, queuePacket, queueReceipt, queueReceiptAt, queueNoReceipt, queueProblem, queueRemedy,
        syncPackets, syncNothing, syncReady, syncPromise, syncRunning, syncBytes, syncTimeLeft, syncDone, syncRest,
        syncSeals, syncSealsLast, syncSealsRefused, syncSealsNone, syncOnlySeals,
        spanSeconds, spanMinutes, spanHours

    // Day.
    case dayVerdictClosed, dayVerdictClosedLeft, dayLeftDrafts, dayLeftWaiting, dayLeftPerson, dayClosedBy,
        dayClosedAgainBy
    case dayLoading, dayPackets, dayBytes, daySealed, dayReceived, dayPurged, dayWaiting, dayConflict, dayRefused,
        daySequences, dayBytesSent, dayOpenDrafts, dayDiscarded, dayVerdictPerson, dayVerdictDrafts,
        dayVerdictWaiting, dayVerdictGood, dayClosed, dayClosedAgain, dayNotClosed, keyCloseDay, closeTitle, closeText,
        closeLeftText, closeYes, closeNo, reasonDayClosed

    // Before it hurts.
    case warningSpaceLow, warningSpaceReserved, warningDraftsOld, warningDraftsOverdue, warningPacketsOld,
        warningDayNotClosed,
        warningRolledBack, warningKeptDamaged, warningFilesClosed

    // A packet that was put aside.
    case keyRetryPacket, retryTitle, retryText, retryYes, retryNo, reasonNotAside

    // Lock and boxes.
    case lockedText, failureHappened, failureKept, failureRemedy, failureCode,
        personTitle, personRemedy

    // Help.
    case helpTitle, helpKeys, helpHome, helpQueue, helpSync, helpDay, helpCard, helpPerson, helpPhoto, helpFingers,
        helpSignature, helpChoices, helpReview, helpEnd
}
