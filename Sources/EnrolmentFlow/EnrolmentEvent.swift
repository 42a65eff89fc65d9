package import EnrolmentCore

/// What happens to an enrolment: an officer's decision, or the outcome of an effect.
package enum EnrolmentEvent: Hashable, Sendable {
    // The officer.
    /// Start what the step is about: read, take, seal; or save again what could not be saved.
    case begin
    case keep
    /// Take the sample again that is shown. For a finger whose print is good it takes a reason:
    /// `rejectFinger`.
    case retake
    case cancel
    case continueWithoutCard(CardAbsence)
    case confirmPerson
    case rejectPerson
    case markFinger(FingerPosition, FingerException)
    case unmarkFinger(FingerPosition)
    /// Keep the best print of this finger against the rules.
    case acceptFinger(FingerAcceptance)
    /// Do not keep the print that is shown, however good, and take the finger again.
    case rejectFinger(FingerObjection)
    /// It is the other one that was wrong: that finger, taken before, is asked for anew.
    case retakeFinger(FingerPosition, FingerObjection)
    case declareFingersImpossible(FingerImpossibility)
    case exemptSignature(SignatureExemption)
    case choose(EnrolmentChoices)
    case revisit(EnrolmentPart)
    case stop(StopReason)

    // The devices.
    case cardRead(CardReading, CardProof)
    case portraitTaken(PortraitSample)
    case fingerTaken(FingerAttempt)
    case signatureTaken(SignatureSample)
    case personMustRetry(CaptureRetry)
    case captureFailed(FailureReport)

    // The store.
    case draftSaved(revision: Int)
    case draftNotSaved(FailureReport)
    case sealed(PacketID)
    case notSealed(FailureReport)
    /// The draft is gone, and the journal says why and by whom.
    case discarded
    case notDiscarded(FailureReport)
}

/// Why no finger can be taken at all.
package enum FingerImpossibility: Hashable, Sendable, Codable {
    /// In doubt with an attest, which must be recent.
    case temporary(Attest?)
    case permanent
}

/// What the world must do next for an enrolment. Each effect but `cancelCapture` is answered by exactly
/// one event.
package enum EnrolmentEffect: Hashable, Sendable {
    case readCard
    case takePortrait
    /// The attempt is the number that the sample must carry, from 1, of all at this finger.
    case takeFinger(FingerPosition, attempt: Int)
    case takeSignature
    /// Ends the running capture; it answers with `captureFailed` of a cancelled device.
    case cancelCapture
    /// Writes the draft durably, encrypted.
    case saveDraft(EnrolmentDraft)
    /// Seals the record as a packet, puts it in the queue and destroys the draft, all or nothing.
    case seal(EnrolmentDraft)
    /// Destroys the draft, and notes why and by whom, or leaves all as it was.
    case discardDraft(CaseID, StopReason)
}
