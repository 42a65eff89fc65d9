package import EnrolmentCore
package import EnrolmentFlow

/// What the officer asks for by the keys; the app does it and answers with events.
package enum StationEffect: Hashable, Sendable {
    case openCase(VisitID, CaseID)
    /// Back to the list; the draft stays.
    case leaveCase
    case enrolment(EnrolmentEvent)
    case delivery(DeliveryEvent)
    /// Memory for so many PINs to be typed into; answer with `StationEvent.pinEntries`.
    case wantPINs(Int)
    /// Take the picture of the running capture now.
    case shutter
    /// Take the finger that lies on the glass now.
    case triggerFinger
    /// The citizen has signed.
    case finishSignature
    case startSync
    case cancelSync
    /// Answer with `StationEvent.day`.
    case showDay
    /// The screen went blank. Nothing has to be done; captures go on.
    case locked
    /// The first so many packets of the queue, now and from now on; answer with `StationEvent.queue`.
    case showPackets(Int)
    /// Bring a packet that was put aside back into the queue; answer with the lists or a failure.
    case retryPacket(PacketID)
    /// Close today and sign it; with a reason where work is left. Answer with `StationEvent.dayClosed` or a failure.
    case closeDay(DayCloseReason?)
    /// Answered by `StationEvent.login`, step by step.
    case login(LoginWish)
    case quit
}
