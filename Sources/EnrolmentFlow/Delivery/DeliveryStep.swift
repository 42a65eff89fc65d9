package import EnrolmentCore

/// Where a delivery stands, in the order in which an officer meets it.
package enum DeliveryStep: String, CaseIterable, Sendable, Codable {
    /// The new card is read.
    case card
    /// It is compared with the case, and its photo with the person.
    case person
    /// The citizen makes the PIN their own.
    case pin
    /// Each certificate of the card is tried by a signature.
    case certificates
    /// The old card, or the attest that stood in for it, is taken in.
    case replaced
    /// It is signed for.
    case receipt
    case review, sealing
    /// Handed over, sealed and in the queue.
    case stored
    /// Given up, with a reason. It is in the queue only when something was done that cannot be undone.
    case stopped

    package var isFinal: Bool { self == .stored || self == .stopped }
}

/// What the screen says about the last thing that happened.
package enum DeliveryNotice: Hashable, Sendable {
    /// The person can mend it.
    case retry(CaptureRetry)
    /// The machine failed.
    case failure(FailureReport)
    /// What the officer asked is not possible now.
    case refused(DeliveryRefusal)
    /// Something that needs the card's keys did not come to be.
    case pin(DeliveryPINTrouble)
    /// A certificate was tried, and its signature is not proven.
    case certificate(CardHolderKey, HolderVerdict)
}

/// Why something that needs the card's keys did not come to be; what to do is the person's.
package enum DeliveryPINTrouble: Hashable, Sendable {
    case wrong(triesLeft: Int?)
    case blocked(CardUnblocking)
    /// Too short, too long, or not digits; no try was used.
    case badPIN
    case newPINsDiffer
    case cancelled, timedOut
    /// Activating is done with the municipality's own software, not here.
    case notActivated
    case noKey, noCard, removed, otherCard
    /// Nobody knows whether the PIN is the old or the new one: the citizen tries the new one first.
    case changeUnknown
}

/// Why an officer's request is not possible in this state.
package enum DeliveryRefusal: String, CaseIterable, Sendable {
    case notNow, captureRuns, savingRuns, unsavedSample, deliveryEnded
    /// What was found about the card stops the delivery.
    case cardNotExpected
    /// There is something about the card that the officer has not said to have seen.
    case findingsNotSeen
    /// Only a child's card is handed over without the child.
    case citizenMustBePresent
    case cardNotActivated
    /// How many tries are left is asked for before one is used.
    case pinStateUnknown
    case pinBlocked
    /// The card has such a certificate, so nobody may say that it has not.
    case certificateOnCard, certificateNotOnCard
    /// A PIN that works was given, or none is known: the reason does not fit.
    case reasonDoesNotFit
    case numberMissing
    /// The number is not the expected one: taking it in takes a reason.
    case numberDiffers
    /// A card that was reported missing is worth nothing; its attest is taken in.
    case foundCard
    /// A child does not sign for its own card.
    case childCannotSign
    case partsMissing
}
