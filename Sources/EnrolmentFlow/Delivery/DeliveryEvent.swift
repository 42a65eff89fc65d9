package import EnrolmentCore

/// What happens to a delivery: an officer's decision, or the outcome of an effect.
///
/// The PINs in it are equal when they are the same memory; whoever made them may not use them again, since
/// the effect that they travel on in wipes them.
package enum DeliveryEvent: Hashable, Sendable {
    // The officer.
    /// Start what the step is about: read the card, ask it how many tries are left, take the signature,
    /// seal; or save again what could not be saved.
    case begin
    case keep
    case retake
    case cancel
    /// Take a picture of the live face.
    case takePortrait
    /// The person is the one on the card. `despite` names every finding that needs consent.
    case confirmPerson(IdentityBasis, despite: Set<DeliveryFinding>)
    /// Put this card away, and read another one.
    case refuseCard(faceDiffers: Bool)
    case changePIN(from: CardPINEntry, to: CardPINEntry)
    case keepPIN
    case leavePIN(PINAbsence)
    case tryCertificate(CardHolderKey, CardPINEntry)
    case leaveCertificate(CardHolderKey, CertificateAbsence)
    case takeIn(ReplacedDocument, NumberDeviation?)
    case nothingToTakeIn(DocumentAbsence)
    case signBy(DeliverySigner)
    case exemptSignature(SignatureExemption)
    case revisit(DeliveryPart)
    case stop(DeliveryStopReason)

    // The devices.
    case cardRead(CardReading, CardProof)
    case portraitTaken(PortraitSample)
    case signatureTaken(SignatureSample)
    case personMustRetry(CaptureRetry)
    case failed(FailureReport)
    case pinStateKnown(CardPINOutcome<CardPINState>)
    case pinChanged(CardPINOutcome<PINChanged>)
    case certificateTried(CardHolderKey, CardPINOutcome<CertificateTrial>)

    // The store.
    case draftSaved(revision: Int)
    case draftNotSaved(FailureReport)
    case sealed(PacketID)
    case notSealed(FailureReport)
    /// The draft is gone, and the journal says why and by whom.
    case discarded
    case notDiscarded(FailureReport)
}

/// That a PIN was changed, as a value that can be compared.
package struct PINChanged: Hashable, Sendable {
    package init() {}
}

/// What the world must do next for a delivery. Each effect but `cancelCapture` is answered by
/// exactly one event.
package enum DeliveryEffect: Hashable, Sendable {
    case readCard
    case takePortrait
    case takeSignature
    /// Ends what runs at a device; it answers with `failed` of a cancelled device.
    case cancelCapture
    case askPINState(chip: [UInt8])
    /// Writes the draft durably and only then changes the PIN: after a crash nobody may believe that it is
    /// still the old one. `draftNotSaved` when it could not be written, with both PINs wiped and unused.
    case changePIN(chip: [UInt8], from: CardPINEntry, to: CardPINEntry, after: DeliveryDraft)
    /// Has the card sign a statement that it is tried, and proves the signature.
    case tryCertificate(CardHolderKey, of: CardReading, pin: CardPINEntry)
    /// Writes the draft durably, encrypted.
    case saveDraft(DeliveryDraft)
    /// Seals the record as a packet, puts it in the queue and destroys the draft, all or nothing.
    case seal(DeliveryDraft)
    /// Destroys the draft, and notes why and by whom, or leaves all as it was.
    case discardDraft(CaseID, DeliveryStopReason)
}
