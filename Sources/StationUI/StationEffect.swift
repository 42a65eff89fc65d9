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
    /// Answer with `StationEvent.unlocked`.
    case unlock(Passphrase)
    /// Answered by `StationEvent.login`, step by step.
    case login(LoginWish)
    case quit
}

/// What was typed to unlock. It never describes itself.
package struct Passphrase: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let text: String

    package init(_ text: String) { self.text = text }
    package var description: String { "Passphrase" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
