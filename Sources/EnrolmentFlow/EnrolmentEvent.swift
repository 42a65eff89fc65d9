package import EnrolmentCore

/// What happens to an enrolment: an officer's decision, or the outcome of an effect.
package enum EnrolmentEvent: Hashable, Sendable {
    // The officer.
    /// Start what the step is about: read, take, seal; or save again what could not be saved.
    case begin
    case keep
    case retake
    case cancel
    case continueWithoutCard(CardAbsence)
    case confirmPerson
    case rejectPerson
    case markFinger(FingerPosition, FingerException)
    case unmarkFinger(FingerPosition)
    case declareFingersImpossible(FingerImpossibility)
    case exemptSignature(SignatureExemption)
    case choose(EnrolmentChoices)
    case revisit(EnrolmentPart)
    case stop(StopReason)

    // The devices.
    case cardRead(CardReading)
    case portraitTaken(PortraitSample)
    case fingerTaken(FingerSample)
    case signatureTaken(SignatureSample)
    case personMustRetry(CaptureRetry)
    case captureFailed(FailureReport)

    // The store.
    case draftSaved(revision: Int)
    case draftNotSaved(FailureReport)
    case sealed(PacketID)
    case notSealed(FailureReport)
}

/// Why no finger can be taken at all.
package enum FingerImpossibility: Hashable, Sendable, Codable {
    case temporary(Attest)
    case permanent
}

/// What the world must do next for an enrolment. Each effect but `cancelCapture` and `discardDraft`
/// is answered by exactly one event.
package enum EnrolmentEffect: Hashable, Sendable {
    case readCard
    case takePortrait
    case takeFinger(FingerPosition, attempt: Int)
    case takeSignature
    /// Ends the running capture; it answers with `captureFailed` of a cancelled device.
    case cancelCapture
    /// Writes the draft durably, encrypted.
    case saveDraft(EnrolmentDraft)
    /// Seals the record as a packet, puts it in the queue and destroys the draft, all or nothing.
    case seal(EnrolmentDraft)
    case discardDraft(CaseID, StopReason)
}
