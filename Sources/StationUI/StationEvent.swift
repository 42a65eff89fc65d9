package import EnrolmentCore
package import EnrolmentFlow
package import TerminalKit

/// What the screens are told: a key, or that something they show has changed.
package enum StationEvent: Sendable {
    case key(Key)
    /// The time, and how far local time is ahead of UTC.
    case clock(Timestamp, offset: Duration)
    case kit(KitState)
    /// Today's visits, with what came of each case.
    case visits([VisitMachine])
    case queue(QueueList)
    case seals(SealState)
    case sync(SyncState)
    case day(DaySummary)
    /// Today has been closed and signed.
    case dayClosed(DayClosure)
    /// The open enrolment, after each of its events; nil when none is open any more.
    case enrolment(EnrolmentMachine?)
    /// The open delivery, after each of its events; nil when none is open any more.
    case delivery(DeliveryMachine?)
    /// The answer to `StationEffect.wantPINs`: as many as were asked for, empty.
    case pinEntries([SecretBytes])
    /// What the running capture shows.
    case progress(CaptureProgress)
    /// The writing surface, before a signature is taken.
    case pad(PadGeometry)
    /// A photo of the open enrolment as pixels, since the screens read no JPEG.
    case picture(PictureSlot, RGBImage?)
    /// Something failed outside of an enrolment.
    case failure(FailureReport)
    /// Blank the screen as the lock key does: nobody touched the kit for a while, or the lid closes.
    case lock
    /// What an unlocking has come to, and what the card reader sees.
    case login(LoginNews)
}

/// A photo on the screen.
package enum PictureSlot: Hashable, Sendable, CaseIterable {
    case card, portrait
}
